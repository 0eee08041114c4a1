package org.yuzui.plugin.his.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What MSH says of a message before the rest is decoded: who sent it, what it is, and in which charset. Read from the
 * bytes; names in it may be in any charset of the trade, the rest is ASCII.
 */
public final class Header {

    private static final int MAX_TEXT = 200;

    private final Segment msh;
    private final Charset charset;
    private final String trigger;

    private Header(Segment msh, Charset charset, String trigger) {
        this.msh = msh;
        this.charset = charset;
        this.trigger = trigger;
    }

    /** @throws Refusal {@code no-header} or {@code bad-header} */
    public static Header read(byte[] bytes) {
        int start = begin(bytes);
        int end = start;
        boolean ascii = true;
        while (end < bytes.length && bytes[end] != '\r' && bytes[end] != '\n') {
            ascii &= bytes[end] >= 0;
            end++;
        }
        byte[] header = Arrays.copyOfRange(bytes, start, end);
        // A GB 18030 character may hold a byte that looks like a delimiter, so it has to be decoded before it is split.
        Charset charset = ascii ? StandardCharsets.US_ASCII : Charsets.guess(header);
        Segment msh = segment(header, charset);
        if (!ascii) {
            Charset declared = Charsets.named(msh.text(18)).filter(c -> Charsets.reads(c, header)).orElse(charset);
            msh = declared.equals(charset) ? msh : segment(header, declared);
            charset = declared;
        }
        String trigger = msh.text(9, 2);
        return new Header(msh, charset, trigger.isEmpty() ? eventOfEvn(bytes, end, msh.delimiters()) : trigger);
    }

    private static Segment segment(byte[] header, Charset charset) {
        String text = new String(header, charset);
        return new Segment("MSH", text, Delimiters.of(text));
    }

    /** The same when it can be read, for an answer to a message that can't. */
    public static Optional<Header> tryRead(byte[] bytes) {
        try {
            return Optional.of(read(bytes));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** Versions before 2.3 leave the event to EVN-1. */
    private static String eventOfEvn(byte[] bytes, int from, Delimiters delimiters) {
        int end = Math.min(bytes.length, from + 64);
        String text = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).stripLeading();
        if (!text.startsWith("EVN" + delimiters.field())) {
            return "";
        }
        return new Segment("EVN", text.substring(0, endOfSegment(text, 0)), delimiters).text(1);
    }

    /** MSH-3. */
    public String application() {
        return clean(msh.text(3));
    }

    /** MSH-4, its first component. */
    public String facility() {
        return clean(msh.text(4));
    }

    /** MSH-7. */
    public String sentAt() {
        return msh.text(7);
    }

    /** MSH-9.1: {@code ADT}. */
    public String type() {
        return clean(msh.text(9, 1));
    }

    /** MSH-9.2, or EVN-1 when that is empty: {@code A01}. */
    public String trigger() {
        return clean(trigger);
    }

    /** {@code ADT^A01}, whatever the delimiters. */
    public String typeAndTrigger() {
        return trigger().isEmpty() ? type() : type() + "^" + trigger();
    }

    /** MSH-10. */
    public String controlId() {
        return clean(msh.text(10));
    }

    /** MSH-11.1. */
    public String processingId() {
        return clean(msh.text(11));
    }

    /** MSH-12.1. */
    public String version() {
        return clean(msh.text(12));
    }

    /** MSH-18, its first repetition; empty when there is none. */
    public String declaredCharset() {
        return clean(msh.text(18));
    }

    /** The charset in which the header itself was readable. */
    Charset charset() {
        return charset;
    }

    Delimiters delimiters() {
        return msh.delimiters();
    }

    /** A field as the sender wrote it, to be mirrored. */
    String raw(int field) {
        return msh.raw(field);
    }

    /** Where MSH begins: white space and a byte order mark before it are passed over. */
    static int begin(byte[] bytes) {
        int i = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF ? 3 : 0;
        while (i < bytes.length && (bytes[i] == '\r' || bytes[i] == '\n' || bytes[i] == ' ')) {
            i++;
        }
        if (i + 3 > bytes.length || bytes[i] != 'M' || bytes[i + 1] != 'S' || bytes[i + 2] != 'H') {
            throw noHeader();
        }
        return i;
    }

    static int begin(String text) {
        int i = text.indexOf("MSH");
        if (i < 0) {
            throw noHeader();
        }
        return i;
    }

    static int endOfSegment(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\r' && text.charAt(i) != '\n') {
            i++;
        }
        return i;
    }

    private static Refusal noHeader() {
        return new Refusal(Refusal.Reason.NO_HEADER, "MSH", "The message doesn't begin with an MSH segment.");
    }

    /** For logs and the ledger: one line, not endless. */
    private static String clean(String text) {
        String line = text;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                line = text.replaceAll("\\p{Cc}", "?");
                break;
            }
        }
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT);
    }
}
