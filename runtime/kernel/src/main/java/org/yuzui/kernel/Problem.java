package org.yuzui.kernel;

import java.util.Objects;

/**
 * Something that is wrong, said so that a person can mend it.
 *
 * @param code    stable, kebab-case: {@code unknown-key}, {@code port-in-use}
 * @param place   file, line and key ({@code config/hub.yaml:12 broker.ulr}), or a pointer; null when there is none
 * @param message one sentence: what is wrong
 * @param cure    one sentence: what to do; null when the message says it already
 */
public record Problem(String code, String place, String message, String cure) {

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    public static Problem of(String code, String message) {
        return new Problem(code, null, message, null);
    }

    public Problem at(String newPlace) {
        return new Problem(code, newPlace, message, cure);
    }

    public Problem cure(String newCure) {
        return new Problem(code, place, message, newCure);
    }

    /** {@code place: message cure}, on one line. */
    public String sentence() {
        StringBuilder s = new StringBuilder();
        if (place != null) {
            s.append(place).append(": ");
        }
        s.append(message);
        if (cure != null) {
            s.append(' ').append(cure);
        }
        return s.toString();
    }
}
