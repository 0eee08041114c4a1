package org.yuzui.plugin.his.hl7;

import ca.uhn.hl7v2.parser.PipeParser;

import java.util.ArrayList;
import java.util.List;

/**
 * A segment; fields, components and subcomponents count from 1 as the standard does. What isn't there is the empty text,
 * and so is HL7's explicit null ({@code ""}). Texts come unescaped and without surrounding white space.
 */
public final class Segment {

    private static final Segment NONE = new Segment("", "", Delimiters.usual());

    private final String id;
    private final String text;
    private final Delimiters delimiters;
    private String[] fields;

    Segment(String id, String text, Delimiters delimiters) {
        this.id = id;
        this.text = text;
        this.delimiters = delimiters;
    }

    /** A segment that isn't there: every field is empty. */
    public static Segment none() {
        return NONE;
    }

    public String id() {
        return id;
    }

    public boolean isPresent() {
        return !id.isEmpty();
    }

    /** The first component of the field's first repetition. */
    public String text(int field) {
        return text(field, 1);
    }

    /** The first subcomponent of a component of the field's first repetition. */
    public String text(int field, int component) {
        return text(field, component, 1);
    }

    public String text(int field, int component, int subcomponent) {
        return part(firstRepetition(raw(field)), component, subcomponent);
    }

    /** Each repetition of the field that isn't empty. */
    public List<Repetition> repetitions(int field) {
        String raw = raw(field);
        List<Repetition> found = new ArrayList<>(2);
        for (int from = 0; from <= raw.length(); ) {
            int to = raw.indexOf(delimiters.repetition(), from);
            if (to < 0) {
                to = raw.length();
            }
            if (to > from) {
                found.add(new Repetition(this, raw.substring(from, to)));
            }
            from = to + 1;
        }
        return found;
    }

    Delimiters delimiters() {
        return delimiters;
    }

    /** The field as it stands, with its delimiters and escapes. */
    String raw(int field) {
        if (fields == null) {
            fields = PipeParser.split(text, delimiters.fieldSeparator());
        }
        // MSH-1 is the separator itself: the fields of MSH stand one place further to the left.
        int index = id.equals("MSH") ? field - 1 : field;
        return index < fields.length && fields[index] != null ? fields[index] : "";
    }

    private String firstRepetition(String raw) {
        int end = raw.indexOf(delimiters.repetition());
        return end < 0 ? raw : raw.substring(0, end);
    }

    private String part(String repetition, int component, int subcomponent) {
        String part = nth(nth(repetition, delimiters.component(), component), delimiters.subcomponent(), subcomponent);
        return part.equals("\"\"") ? "" : delimiters.unescape(part).strip();
    }

    private static String nth(String text, char separator, int n) {
        int from = 0;
        for (int i = 1; i < n; i++) {
            from = text.indexOf(separator, from) + 1;
            if (from == 0) {
                return "";
            }
        }
        int to = text.indexOf(separator, from);
        return to < 0 ? text.substring(from) : text.substring(from, to);
    }

    /** One repetition of a field. */
    public record Repetition(Segment segment, String raw) {

        public String text(int component) {
            return segment.part(raw, component, 1);
        }

        public String text(int component, int subcomponent) {
            return segment.part(raw, component, subcomponent);
        }
    }
}
