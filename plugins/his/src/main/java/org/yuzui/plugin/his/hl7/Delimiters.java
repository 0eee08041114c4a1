package org.yuzui.plugin.his.hl7;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;

/**
 * MSH-1 and MSH-2: what separates fields, components, repetitions and subcomponents, and what escapes them. Immutable;
 * the usual ones are one instance.
 */
final class Delimiters {

    private static final String USUAL = "^~\\&";
    private static final Escaping ESCAPING = new DefaultEscaping();
    private static final Delimiters DEFAULT = new Delimiters('|', USUAL);

    private final EncodingCharacters characters;
    private final String written;
    private final String fieldSeparator;

    private Delimiters(char field, String written) {
        String complete = written.length() >= 4 ? written : written + USUAL.substring(written.length());
        this.characters = new EncodingCharacters(field, complete);
        this.written = written;
        this.fieldSeparator = String.valueOf(field);
    }

    static Delimiters usual() {
        return DEFAULT;
    }

    /**
     * Of a text that begins with {@code MSH}.
     *
     * @throws Refusal when they aren't distinct signs
     */
    static Delimiters of(String header) {
        if (header.length() < 5) {
            throw new Refusal(Refusal.Reason.BAD_HEADER, "MSH-1", "The header ends before its delimiters.");
        }
        char field = header.charAt(3);
        int end = 4;
        while (end < header.length() && header.charAt(end) != field && header.charAt(end) >= ' ') {
            end++;
        }
        String written = header.substring(4, end);
        if (field == '|' && written.equals(USUAL)) {
            return DEFAULT;
        }
        String all = field + written;
        boolean signs = all.chars().allMatch(c -> c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c));
        if (!signs || written.isEmpty() || written.length() > 5 || all.chars().distinct().count() != all.length()) {
            throw new Refusal(Refusal.Reason.BAD_HEADER, "MSH-2",
                    "MSH-1 and MSH-2 must be distinct signs, usually |^~\\&.");
        }
        Delimiters delimiters = new Delimiters(field, written);
        if ((field + delimiters.characters.toString()).substring(0, 5).chars().distinct().count() != 5) {
            throw new Refusal(Refusal.Reason.BAD_HEADER, "MSH-2",
                    "MSH-2 is shorter than four signs and what it leaves out is taken. Write all four, usually ^~\\&.");
        }
        return delimiters;
    }

    /** MSH-2 as the sender wrote it. */
    String written() {
        return written;
    }

    String fieldSeparator() {
        return fieldSeparator;
    }

    char field() {
        return characters.getFieldSeparator();
    }

    char component() {
        return characters.getComponentSeparator();
    }

    char repetition() {
        return characters.getRepetitionSeparator();
    }

    char subcomponent() {
        return characters.getSubcomponentSeparator();
    }

    String unescape(String text) {
        return text.indexOf(characters.getEscapeCharacter()) < 0 ? text : ESCAPING.unescape(text, characters);
    }

    String escape(String text) {
        return ESCAPING.escape(text, characters);
    }
}
