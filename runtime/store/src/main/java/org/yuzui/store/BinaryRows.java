package org.yuzui.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Rows for {@link Store#copy} in PostgreSQL's binary format, {@code COPY … FROM STDIN (FORMAT binary)} (its documentation, "COPY", "Binary
 * Format"): nothing to escape, nothing to parse. A row is begun by {@link #row}, and has its columns in the order of the statement; null stands
 * for none. Of one thread.
 */
public final class BinaryRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    /** PostgreSQL counts time from 2000-01-01. */
    private static final long EPOCH_SECONDS = 946_684_800L;
    private static final int EPOCH_DAYS = 10_957;
    private static final int FLUSH = 60_000;
    /** The number of the type in every PostgreSQL. */
    private static final int INT8 = 20;
    private static final byte JSONB_VERSION = 1;

    private final OutputStream out;
    private ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

    public BinaryRows(OutputStream out) {
        this.out = out;
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    public BinaryRows row(int columns) throws IOException {
        if (buffer.position() > FLUSH) {
            flush();
        }
        room(Short.BYTES).putShort((short) columns);
        return this;
    }

    public BinaryRows uuid(UUID value) {
        if (value == null) {
            return nothing();
        }
        room(20).putInt(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    public BinaryRows instant(Instant value) {
        return value == null ? nothing()
                : int8(Math.addExact(Math.multiplyExact(value.getEpochSecond() - EPOCH_SECONDS, 1_000_000L), value.getNano() / 1_000));
    }

    public BinaryRows day(LocalDate value) {
        return value == null ? nothing() : int4(Math.toIntExact(value.toEpochDay() - EPOCH_DAYS));
    }

    public BinaryRows int8(long value) {
        room(12).putInt(8).putLong(value);
        return this;
    }

    public BinaryRows int8(Long value) {
        return value == null ? nothing() : int8(value.longValue());
    }

    public BinaryRows int4(int value) {
        room(8).putInt(4).putInt(value);
        return this;
    }

    public BinaryRows int2(int value) {
        room(6).putInt(2).putShort((short) value);
        return this;
    }

    /** As {@code bigint[]}; nothing when there are none. */
    public BinaryRows int8s(long[] values) {
        if (values.length == 0) {
            return nothing();
        }
        ByteBuffer array = room(24 + 12 * values.length).putInt(20 + 12 * values.length)
                .putInt(1).putInt(0).putInt(INT8).putInt(values.length).putInt(1); // dimensions, no nulls, type, length, first index
        for (long value : values) {
            array.putInt(Long.BYTES).putLong(value);
        }
        return this;
    }

    public BinaryRows bool(boolean value) {
        room(5).putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    /** True or nothing. */
    public BinaryRows mark(boolean value) {
        return value ? bool(true) : nothing();
    }

    /** With a NUL in it PostgreSQL refuses the row. */
    public BinaryRows text(String value) {
        return value == null ? nothing() : bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Cut to {@code most} characters; without NUL, which PostgreSQL does not take. */
    public BinaryRows text(String value, int most) {
        if (value == null) {
            return nothing();
        }
        String kept = value.length() <= most ? value : value.substring(0, most - 1) + '…';
        return bytes((kept.indexOf('\0') < 0 ? kept : kept.replace('\0', '\uFFFD')).getBytes(StandardCharsets.UTF_8));
    }

    /** As {@code bytea}, or {@code text} or {@code json} in UTF-8. */
    public BinaryRows bytes(byte[] value) {
        if (value == null) {
            return nothing();
        }
        room(4 + value.length).putInt(value.length).put(value);
        return this;
    }

    /** As {@code jsonb}. */
    public BinaryRows jsonb(byte[] utf8) {
        if (utf8 == null) {
            return nothing();
        }
        room(5 + utf8.length).putInt(1 + utf8.length).put(JSONB_VERSION).put(utf8);
        return this;
    }

    /** After the last row: without it PostgreSQL takes none of them. */
    public void end() throws IOException {
        room(Short.BYTES).putShort((short) -1);
        flush();
    }

    private BinaryRows nothing() {
        room(4).putInt(-1);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
            larger.put(buffer.flip());
            buffer = larger;
        }
        return buffer;
    }

    private void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
