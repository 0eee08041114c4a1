package org.yuzui.plugin.vehicle.wire;

import org.yuzui.plugin.vehicle.wire.BadMessage.Reason;

import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Arrays;

/** Reads big-endian fields one after the other; one that reaches beyond the end is a {@link BadMessage}. */
public final class ByteReader {

    /** Contains GBK, in which both standards write texts. */
    public static final Charset TEXT = Charset.forName("GB18030");

    private final byte[] bytes;
    private final int end;
    private int at;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ByteReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    public int remaining() {
        return end - at;
    }

    public int u8(String field) {
        need(1, field);
        return bytes[at++] & 0xFF;
    }

    public int u16(String field) {
        need(2, field);
        return (bytes[at++] & 0xFF) << 8 | bytes[at++] & 0xFF;
    }

    public long u32(String field) {
        need(4, field);
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | bytes[at++] & 0xFF;
        }
        return value;
    }

    public long u64(String field) {
        return u32(field) << 32 | u32(field);
    }

    public byte[] bytes(int count, String field) {
        need(count, field);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    /** A reader of the next bytes, which are passed over. */
    public ByteReader part(int count, String field) {
        need(count, field);
        at += count;
        return new ByteReader(bytes, at - count, at);
    }

    public void skip(int count, String field) {
        need(count, field);
        at += count;
    }

    /** Digits, two in a byte; nibbles over 9 become letters, as they stand. */
    public String bcd(int count, String field) {
        need(count, field);
        char[] digits = new char[count * 2];
        for (int i = 0; i < count; i++) {
            int b = bytes[at++] & 0xFF;
            digits[2 * i] = Character.forDigit(b >> 4, 16);
            digits[2 * i + 1] = Character.forDigit(b & 0xF, 16);
        }
        return new String(digits);
    }

    /** {@code yyMMddHHmmss} in BCD; both standards mean GMT+8. */
    public LocalDateTime time(String field) {
        String digits = bcd(6, field);
        try {
            return LocalDateTime.of(2000 + two(digits, 0), two(digits, 2), two(digits, 4), two(digits, 6), two(digits, 8),
                    two(digits, 10));
        } catch (DateTimeException | NumberFormatException e) {
            throw new BadMessage(Reason.BAD_TIME, field, "The time " + digits + " does not exist.");
        }
    }

    /** Text of a fixed width; what fills it up (NUL, blanks) is cut off on both sides. */
    public String text(int count, String field) {
        return new String(bytes(count, field), TEXT).replace('\0', ' ').strip();
    }

    /** All that is left. */
    public byte[] rest() {
        return bytes(remaining(), "rest");
    }

    private static int two(String digits, int from) {
        return Integer.parseInt(digits, from, from + 2, 10);
    }

    private void need(int count, String field) {
        if (count < 0 || count > end - at) {
            throw new BadMessage(Reason.SHORT_BODY, field, "The body ends before " + field + " does: " + count
                    + " bytes are needed, " + (end - at) + " are left.");
        }
    }
}
