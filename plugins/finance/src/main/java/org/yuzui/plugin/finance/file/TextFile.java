package org.yuzui.plugin.finance.file;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's text in the charset that it declares: the encoding of the XML prolog, a byte order mark, else UTF-8. A declaration
 * that the bytes belie is refused; nothing is replaced or guessed.
 */
public final class TextFile implements Closeable {

    /** What tells the format; white space before it and a byte order mark may be there. */
    public enum Format { XML, JSON }

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final int HEAD = 64 * 1024;
    private static final Pattern DECLARATION = Pattern.compile("^<\\?xml\\s[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private final InputStream in;
    private final Utf8Witness witness;
    private final Charset charset;
    private final Format format;
    private final Reader reader;

    private TextFile(InputStream in, Utf8Witness witness, Charset charset, Format format) {
        this.in = in;
        this.witness = witness;
        this.charset = charset;
        this.format = format;
        this.reader = new InputStreamReader(in, charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** @throws BadFile when it is empty, of another format, or not in the charset that it declares */
    public static TextFile open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            return open(raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** The same of bytes that come from elsewhere. */
    public static TextFile open(InputStream raw) throws IOException {
        Utf8Witness witness = new Utf8Witness(raw);
        InputStream in = new BufferedInputStream(witness, HEAD);
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        boolean marked = startsWith(head, 0xEF, 0xBB, 0xBF);
        if (startsWith(head, 0xFE, 0xFF) || startsWith(head, 0xFF, 0xFE) || head.length > 1 && (head[0] == 0 || head[1] == 0)) {
            throw charset("The file is in UTF-16 or UTF-32. Export it in UTF-8 or GB18030.");
        }
        if (marked) {
            in.skipNBytes(3);
            head = Arrays.copyOfRange(head, 3, head.length);
        }
        String ascii = new String(head, StandardCharsets.ISO_8859_1);
        Format format = format(ascii);
        return new TextFile(in, witness, charsetOf(ascii, format, marked, head), format);
    }

    private static Format format(String head) {
        String text = head.stripLeading();
        if (text.startsWith("<")) {
            return Format.XML;
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return Format.JSON;
        }
        throw new BadFile("unknown-format", head.isEmpty() ? 0 : 1, null, text.isEmpty() ? "The file is empty. Send it again."
                : "The file is neither XML nor JSON. Export it as GB/T 24589 XML or JSON, or as JSON of budget rows.");
    }

    private static Charset charsetOf(String ascii, Format format, boolean marked, byte[] head) {
        Matcher m = DECLARATION.matcher(ascii);
        String declared = format == Format.XML && m.find() ? m.group(1).toUpperCase(Locale.ROOT) : null;
        Charset charset = declared == null ? StandardCharsets.UTF_8 : switch (declared) {
            case "UTF-8", "UTF8", "US-ASCII", "ASCII" -> StandardCharsets.UTF_8;
            case "GB18030", "GBK", "GB2312", "GB_2312-80", "CP936", "GB-18030" -> GB18030; // each holds the ones before it
            default -> throw charset("The prolog declares the encoding " + declared + ". Export the file in UTF-8 or GB18030.");
        };
        if (charset == GB18030 && (marked || Utf8Witness.tells(head))) {
            throw belied(declared);
        }
        return charset;
    }

    public Format format() {
        return format;
    }

    Reader reader() {
        return reader;
    }

    /** To be called at the end: what reads as GB18030 may be UTF-8 all the same, and only the whole shows it. */
    void requireTrueCharset() {
        if (charset == GB18030 && witness.isUtf8()) {
            throw belied("GB18030");
        }
    }

    /** What to tell when bytes are found that the charset doesn't have. */
    BadFile undecodable(int line) {
        return new BadFile("charset", line, null, charset == GB18030
                ? "The prolog declares GB18030, and here are bytes that it doesn't have. Correct the declaration, or export again."
                : "The file counts as UTF-8, by its prolog or because it declares nothing, and here are other bytes. "
                        + "If it is GB18030, declare encoding=\"GB18030\" in the XML prolog.");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static BadFile belied(String declared) {
        return charset("The prolog declares " + declared + ", and the bytes are UTF-8. Declare encoding=\"UTF-8\", or export in "
                + declared + ".");
    }

    private static BadFile charset(String message) {
        return new BadFile("charset", 1, null, message);
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
