package org.yuzui.plugin.vehicle.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Writes big-endian fields one after the other. */
public final class ByteWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    public ByteWriter u8(int value) {
        out.write(value);
        return this;
    }

    public ByteWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    public ByteWriter u32(long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    public ByteWriter u64(long value) {
        return u32(value >> 32).u32(value);
    }

    public ByteWriter bytes(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    public ByteWriter text(String text) {
        return bytes(text.getBytes(ByteReader.TEXT));
    }

    /** Text of a fixed width, filled up with NUL. */
    public ByteWriter text(String text, int width) {
        return bytes(Arrays.copyOf(text.getBytes(ByteReader.TEXT), width));
    }

    /** Hexadecimal digits, two in a byte. */
    public ByteWriter bcd(String digits) {
        for (int i = 0; i < digits.length(); i += 2) {
            u8(Character.digit(digits.charAt(i), 16) << 4 | Character.digit(digits.charAt(i + 1), 16));
        }
        return this;
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
