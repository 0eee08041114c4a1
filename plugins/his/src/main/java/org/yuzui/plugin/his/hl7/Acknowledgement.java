package org.yuzui.plugin.his.hl7;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes answers in HL7's original mode: AA, AE or AR. The header mirrors the message's: its delimiters, version,
 * charset, and sender and receiver changed over. From version 2.5 on the reason stands in ERR too; MSA-3 says it in every
 * version, kept to the 80 characters that the older ones allow.
 */
public final class Acknowledgement {

    private static final int MSA_TEXT = 80;
    private static final int ERR_TEXT = 250;

    private final Clock clock;
    private final AtomicLong sequence = new AtomicLong();

    /** @param clock whose zone is the hub's */
    public Acknowledgement(Clock clock) {
        this.clock = clock;
    }

    /** AA: the message is durable, or was durable before. */
    public byte[] accepted(Header header, Charset charset) {
        return write(header, charset, "AA", null, null, 0, null, null);
    }

    /** AE or AR, for good. */
    public byte[] refused(Optional<Header> header, Charset charset, Refusal refusal) {
        Refusal.Reason reason = refusal.reason();
        return write(header.orElse(null), charset, reason.ack().name(), refusal.code(), refusal.place(), reason.error(),
                reason.errorText(), refusal.getMessage());
    }

    /** AE with a refusal that was not decided here. */
    public byte[] refused(Optional<Header> header, Charset charset, String code, String place, String message) {
        return write(header.orElse(null), charset, "AE", code, place, 102, "Data type error", message);
    }

    /** AE because of passing trouble: nothing was kept, the sender has to send again. */
    public byte[] later(Optional<Header> header, Charset charset) {
        return write(header.orElse(null), charset, "AE", "try-again", null, 207, "Application internal error",
                "The message could not be stored now. Send it again.");
    }

    private byte[] write(Header header, Charset charset, String code, String reason, String place, int error,
                         String errorText, String text) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        Delimiters d = header == null ? Delimiters.usual() : header.delimiters();
        String f = d.fieldSeparator();
        char c = d.component();
        StringBuilder out = new StringBuilder(256).append("MSH").append(f).append(d.written()).append(f);
        if (header == null) {
            out.append("YUZUI").append(f).append(f).append(f);
        } else {
            out.append(header.raw(5)).append(f).append(header.raw(6)).append(f)
                    .append(header.raw(3)).append(f).append(header.raw(4));
        }
        String version = header == null || header.version().isEmpty() ? "2.4" : header.version();
        out.append(f).append(Times.stamp(now)).append(f).append(f).append(type(header, version, c)).append(f)
                .append("Y").append(Long.toString(now.toInstant().toEpochMilli(), 36)).append('-')
                .append(sequence.incrementAndGet()).append(f)
                .append(header == null ? "P" : header.raw(11)).append(f)
                .append(header == null || header.raw(12).isEmpty() ? "2.4" : header.raw(12));
        if (header != null && !header.raw(18).isEmpty()) {
            out.append(f.repeat(6)).append(header.raw(18));
        }
        out.append('\r').append("MSA").append(f).append(code).append(f).append(header == null ? "" : header.raw(10));
        if (reason != null) {
            out.append(f).append(d.escape(cut(reason + ": " + text, MSA_TEXT)));
        }
        out.append('\r');
        if (reason != null && atLeast25(version)) {
            out.append("ERR").append(f).append(f).append(location(place, c)).append(f)
                    .append(error).append(c).append(errorText).append(c).append("HL70357").append(f).append('E')
                    .append(f.repeat(3)).append(d.escape(reason)).append(f).append(d.escape(cut(text, ERR_TEXT)))
                    .append('\r');
        }
        return encode(out.toString(), header, charset);
    }

    private static String type(Header header, String version, char c) {
        if (header == null || header.trigger().isEmpty()) {
            return "ACK";
        }
        String type = "ACK" + c + header.delimiters().escape(header.trigger());
        return version.compareTo("2.3.1") < 0 ? type : type + c + "ACK";
    }

    /** {@code PV1-19 → PV1^1^19}. */
    private static String location(String place, char c) {
        if (place == null) {
            return "";
        }
        int dash = place.indexOf('-');
        return dash < 0 ? place : place.substring(0, dash) + c + '1' + c + place.substring(dash + 1);
    }

    private static byte[] encode(String text, Header header, Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        if (encoder.canEncode(text)) {
            return text.getBytes(charset);
        }
        Charset other = header == null ? StandardCharsets.UTF_8 : header.charset();
        return text.getBytes(other);
    }

    private static boolean atLeast25(String version) {
        return version.compareTo("2.5") >= 0;
    }

    private static String cut(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text : text.substring(0, text.offsetByCodePoints(0, length));
    }
}
