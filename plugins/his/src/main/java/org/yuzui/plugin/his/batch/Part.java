package org.yuzui.plugin.his.batch;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a file of messages consists of.
 *
 * @param bytes as they stand; of an oversized part only {@link BatchReader#KEPT}
 * @param size  how many there were
 */
public record Part(Kind kind, byte[] bytes, long size) {

    /** By the segment that a part begins with. */
    public enum Kind {
        FILE_HEADER("FHS"), BATCH_HEADER("BHS"), MESSAGE("MSH"), BATCH_TRAILER("BTS"), FILE_TRAILER("FTS"),
        /** Bytes before the first segment that anything can begin with. */
        NONE("");

        private final String segment;

        Kind(String segment) {
            this.segment = segment;
        }

        static Kind of(String segment) {
            for (Kind kind : values()) {
                if (kind.segment.equals(segment)) {
                    return kind;
                }
            }
            return NONE;
        }
    }

    /** Whether only its beginning was kept. */
    public boolean isCut() {
        return size > bytes.length;
    }

    /** A field of an envelope's segment, counted as HL7 does; what isn't there is the empty text. */
    public String field(int number, char separator) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = 0;
        while (end < text.length() && text.charAt(end) >= ' ') {
            end++;
        }
        String[] fields = text.substring(0, end).split(Pattern.quote(String.valueOf(separator)), -1);
        // In a header the first separator is itself field 1.
        int index = kind == Kind.FILE_HEADER || kind == Kind.BATCH_HEADER ? number - 1 : number;
        return index > 0 && index < fields.length ? fields[index].strip() : "";
    }

    /** What a header says separates its fields; the usual sign for a trailer. */
    public char separator() {
        boolean header = kind == Kind.FILE_HEADER || kind == Kind.BATCH_HEADER;
        return header && bytes.length > 3 && bytes[3] > ' ' ? (char) bytes[3] : '|';
    }
}
