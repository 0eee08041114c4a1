package org.yuzui.plugin.his.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Writes a message with the usual delimiters; texts are escaped, fields count from 1 as the standard does. */
public final class MessageWriter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmssxx", Locale.ROOT);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuuMMddHHmmss.SSSxx", Locale.ROOT);

    private final StringBuilder out = new StringBuilder(512);
    private String id;
    private String[] fields = new String[0];

    /** @param charset UTF-8 or GB 18030 */
    public static String declared(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) ? "UNICODE UTF-8" : "GB 18030-2000";
    }

    /** Ends the segment before and begins one. */
    public MessageWriter segment(String name) {
        end();
        id = name;
        fields = new String[0];
        return this;
    }

    /** A field's components; empty ones at its end are left out. */
    public MessageWriter set(int field, String... components) {
        StringBuilder text = new StringBuilder();
        int last = components.length;
        while (last > 0 && components[last - 1].isEmpty()) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            text.append(i == 0 ? "" : "^").append(escaped(components[i]));
        }
        return raw(field, text.toString());
    }

    /** A component made of subcomponents, for {@link #raw}. */
    public static String sub(String first, String second) {
        return second.isEmpty() ? escaped(first) : escaped(first) + "&" + escaped(second);
    }

    /** No text can end a segment or a frame: delimiters are escaped, control characters written as {@code \\X0D\\}. */
    private static String escaped(String text) {
        String escaped = Delimiters.usual().escape(text);
        StringBuilder safe = null;
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c < ' ' && safe == null) {
                safe = new StringBuilder(escaped.length() + 8).append(escaped, 0, i);
            }
            if (safe != null) {
                safe.append(c < ' ' ? String.format("\\X%02X\\", (int) c) : String.valueOf(c));
            }
        }
        return safe == null ? escaped : safe.toString();
    }

    /** A field as it is to stand. */
    public MessageWriter raw(int field, String text) {
        if (field > fields.length) {
            fields = Arrays.copyOf(fields, field);
        }
        fields[field - 1] = text;
        return this;
    }

    /** HL7's form of a time in ISO 8601 with its offset; an empty text stays empty. */
    public static String time(String iso) {
        if (iso.isEmpty()) {
            return "";
        }
        OffsetDateTime time = OffsetDateTime.parse(iso);
        return (time.getNano() < 1_000_000 ? TIME : MILLIS).format(time);
    }

    public byte[] bytes(Charset charset) {
        end();
        id = null;
        return out.toString().getBytes(charset);
    }

    private void end() {
        if (id == null) {
            return;
        }
        out.append(id);
        // MSH-1 is the separator itself.
        for (int i = id.equals("MSH") ? 1 : 0; i < fields.length; i++) {
            out.append('|').append(fields[i] == null ? "" : fields[i]);
        }
        out.append('\r');
    }
}
