package org.yuzui.plugin.his.hl7;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MSH-18 and what it means. A message is decoded strictly: bytes that its charset doesn't have refuse it, and so do bytes
 * that decode but are plainly of another charset, for a mangled name is worse than a refused message.
 */
public final class Charsets {

    private static final String CURE = ". Declare the charset that is sent in MSH-18, or set charset and ignoreDeclared for this facility.";
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Map<String, Charset> NAMES = new HashMap<>();

    static {
        name(StandardCharsets.UTF_8, "UNICODE UTF-8", "UTF-8");
        // Senders that write GB2312 or GBK use characters beyond them; GB 18030 contains both.
        name(GB18030, "GB 18030-2000", "GB 18030-2005", "GB 18030-2022", "GB 18030", "GBK", "CP936", "MS936", "GB 2312",
                "GB 2312-80", "EUC-CN");
        name(StandardCharsets.US_ASCII, "ASCII", "US-ASCII", "ISO IR6");
        name(StandardCharsets.ISO_8859_1, "8859/1", "ISO 8859-1", "LATIN1");
        for (int part : new int[] {2, 5, 7, 9, 15}) {
            name(Charset.forName("ISO-8859-" + part), "8859/" + part, "ISO 8859-" + part);
        }
        name(Charset.forName("Big5"), "BIG-5");
    }

    private Charsets() {
    }

    /** The charset of that name as MSH-18 or a setting writes it; empty for one that MLLP can't carry or nobody knows. */
    public static Optional<Charset> named(String name) {
        return Optional.ofNullable(NAMES.get(plain(name)));
    }

    /**
     * A decoded message.
     *
     * @param charset in which the answer is written
     */
    public record Decoded(String text, Charset charset) {
    }

    /**
     * Decodes a message.
     *
     * @param declared  MSH-18, may be empty
     * @param otherwise what is meant when it is empty
     * @throws Refusal {@code charset}, saying where the bytes stop making sense
     */
    public static Decoded decode(byte[] bytes, String declared, Charset otherwise) {
        if (isAscii(bytes)) {
            Charset charset = declared.isEmpty() ? otherwise : named(declared).orElse(otherwise);
            return new Decoded(new String(bytes, StandardCharsets.US_ASCII), charset);
        }
        if (declared.isEmpty()) {
            return strictly(bytes, otherwise, "MSH-18 is empty or not counted, so " + otherwise.name() + " is expected");
        }
        if (plain(declared).equals("UNICODE")) { // says nothing about the encoding
            try {
                return strictly(bytes, otherwise, "");
            } catch (Refusal notTheDefault) {
                return strictly(bytes, StandardCharsets.UTF_8, "MSH-18 declares " + declared);
            }
        }
        Charset charset = named(declared).orElseThrow(() -> new Refusal(Refusal.Reason.CHARSET, "MSH-18",
                "The charset '" + declared + "' is not known. Use UNICODE UTF-8 or GB 18030-2000."));
        return strictly(bytes, charset, "MSH-18 declares " + declared);
    }

    /**
     * In which charset a header with other than ASCII can be read when it hasn't said so yet. Well-formed UTF-8 isn't
     * proof: {@code 医院} in GB 18030 is. ISO-8859-1, which reads all, if nothing else does.
     */
    static Charset guess(byte[] header) {
        if (looksLikeUtf8(header)) {
            return StandardCharsets.UTF_8;
        }
        return Stream.of(GB18030, StandardCharsets.UTF_8).filter(c -> reads(c, header)).findFirst()
                .orElse(StandardCharsets.ISO_8859_1);
    }

    static boolean reads(Charset charset, byte[] bytes) {
        try {
            decoder(charset).decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Decoded strictly(byte[] bytes, Charset charset, String because) {
        CharsetDecoder decoder = decoder(charset);
        CharBuffer out = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(in, out, true);
        if (!result.isError()) {
            result = decoder.flush(out);
        }
        if (result.isError()) {
            throw new Refusal(Refusal.Reason.CHARSET, "MSH-18", because + ", but byte " + (in.position() + 1)
                    + " (segment " + segmentAt(bytes, in.position()) + ") is not " + charset.name()
                    + CURE);
        }
        if (charset != StandardCharsets.UTF_8 && looksLikeUtf8(bytes)) {
            throw new Refusal(Refusal.Reason.CHARSET, "MSH-18", because + ", but the bytes are UTF-8" + CURE);
        }
        return new Decoded(out.flip().toString(), charset);
    }

    /**
     * Whether the bytes can only be meant as UTF-8: they are well-formed and have a character of three or more bytes, as
     * every Chinese one has. Text in GB 18030 happens to be well-formed UTF-8 for a word or two, but not with those.
     */
    private static boolean looksLikeUtf8(byte[] bytes) {
        try {
            return decoder(StandardCharsets.UTF_8).decode(ByteBuffer.wrap(bytes)).chars().anyMatch(c -> c >= 0x0800);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String segmentAt(byte[] bytes, int position) {
        int start = position;
        while (start > 0 && bytes[start - 1] != '\r' && bytes[start - 1] != '\n') {
            start--;
        }
        String id = new String(bytes, start, Math.min(3, bytes.length - start), StandardCharsets.ISO_8859_1);
        return id.matches("[A-Z][A-Z0-9]{2}") ? id : "?";
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static void name(Charset charset, String... names) {
        for (String name : names) {
            NAMES.put(plain(name), charset);
        }
    }

    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (" _-/".indexOf(c) < 0) {
                plain.append(Character.toUpperCase(c));
            }
        }
        return plain.toString();
    }
}
