package org.yuzui.web.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What kind of message some bytes are, told by how they begin. */
enum PayloadFormat {

    HL7, XML, JSON, CSV, TEXT, BYTES;

    /** As answers write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a file that holds it. */
    String suffix() {
        return switch (this) {
            case HL7, XML, JSON, CSV -> word();
            case TEXT -> "txt";
            case BYTES -> "bin";
        };
    }

    static PayloadFormat of(byte[] beginning) {
        // HL7 is told by its first letters whatever its charset: the letters after them may be GB 18030.
        String head = new String(beginning, 0, Math.min(beginning.length, 8), StandardCharsets.ISO_8859_1).replaceFirst("^\u000B", "");
        if (head.matches("(?s)(MSH|FHS|BHS)[^A-Za-z0-9\\s].*")) {
            return HL7;
        }
        String text = text(beginning).orElse(null);
        if (text == null) {
            return head.matches("(?s)\\s*<[?!A-Za-z].*") ? XML : BYTES; // XML says its charset itself
        }
        String stripped = text.replaceFirst("^\uFEFF", "").stripLeading();
        if (stripped.startsWith("<")) {
            return XML;
        }
        if (stripped.startsWith("{") || stripped.startsWith("[")) {
            return JSON;
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')) {
            return BYTES;
        }
        return isTable(stripped) ? CSV : TEXT;
    }

    /** Several lines that are parted equally often. */
    private static boolean isTable(String text) {
        String[] lines = text.split("\\R", 6);
        if (lines.length < 2) {
            return false;
        }
        for (char separator : new char[] {',', ';', '\t', '|'}) {
            long parts = lines[0].chars().filter(c -> c == separator).count();
            if (parts > 0 && lines[1].chars().filter(c -> c == separator).count() == parts) {
                return true;
            }
        }
        return false;
    }

    /** The bytes as UTF-8; a letter that is cut off at the end is left out. Empty when they are not UTF-8: nothing is guessed. */
    static Optional<String> text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer out = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            CoderResult result = decoder.decode(in, out, false);
            if (result.isError()) {
                result.throwException();
            }
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        return in.remaining() > 3 ? Optional.empty() : Optional.of(out.flip().toString());
    }
}
