package org.yuzui.plugin.assets.input;

/**
 * One thing that is wrong.
 *
 * @param place   {@code 处置!F5}, a JSON pointer such as {@code /3/dealPrice}, or null for the whole
 * @param field   what the sender calls it; may be null
 * @param value   what stands there, shortened; null when it is personal, missing or of no use. It is told to the sender beside the
 *                file, and goes into no log and no ledger
 * @param message a sentence with the cure; no personal data
 */
public record Finding(String code, String place, String field, String value, String message) {

    /** Without the value. */
    public String sentence() {
        return (place == null ? "" : place + (field == null || place.endsWith("/" + field) ? "" : " " + field) + ": ") + message;
    }

    @Override
    public String toString() {
        return (place == null ? "" : place + (field == null ? "" : " " + field) + (value == null ? "" : " = '" + value + "'") + ": ")
                + code + ": " + message;
    }
}
