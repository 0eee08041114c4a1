package org.yuzui.records.internal;

import org.yuzui.contracts.CheckedRecord;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A record as it travels through the broker: what readers and the store need of it, then its canonical bytes. One block
 * of bytes instead of a dozen message properties, because the broker pays for each property of each queue's copy.
 */
public record Envelope(UUID id, String contract, String key, String unit, LocalDate day, String order, Instant arrivedAt,
                Map<String, String> index, byte[] body) {

    private static final byte FORMAT = 1;
    /** Format, id, day, arrival, number of fields. */
    private static final int FIXED = 1 + 2 * Long.BYTES + Long.BYTES + Long.BYTES + Integer.BYTES + Short.BYTES;

    static Envelope of(CheckedRecord record, Instant arrivedAt) {
        return new Envelope(record.id(), record.contract(), record.key(), record.unit(), record.day(), record.order(),
                arrivedAt, record.index(), record.bytes());
    }

    byte[] bytes() {
        byte[][] texts = new byte[4 + 2 * index.size()][];
        texts[0] = utf8(contract);
        texts[1] = utf8(key);
        texts[2] = utf8(unit);
        texts[3] = utf8(order);
        int i = 4;
        for (Map.Entry<String, String> e : index.entrySet()) {
            texts[i++] = utf8(e.getKey());
            texts[i++] = utf8(e.getValue());
        }
        int length = FIXED + body.length;
        for (byte[] text : texts) {
            length += Integer.BYTES + (text == null ? 0 : text.length);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(FORMAT).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        text(out, texts[0]);
        text(out, texts[1]);
        text(out, texts[2]);
        out.putLong(day == null ? Long.MIN_VALUE : day.toEpochDay());
        text(out, texts[3]);
        out.putLong(arrivedAt.getEpochSecond()).putInt(arrivedAt.getNano()).putShort((short) index.size());
        for (i = 4; i < texts.length; i++) {
            text(out, texts[i]);
        }
        return out.put(body).array();
    }

    /** @throws IllegalArgumentException when it isn't what {@link #bytes} makes */
    static Envelope read(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte format = in.get();
            if (format != FORMAT) {
                throw new IllegalArgumentException("A record in format " + format + " is newer than this hub.");
            }
            UUID id = new UUID(in.getLong(), in.getLong());
            String contract = text(in);
            String key = text(in);
            String unit = text(in);
            long day = in.getLong();
            String order = text(in);
            Instant arrivedAt = Instant.ofEpochSecond(in.getLong(), in.getInt());
            int fields = Short.toUnsignedInt(in.getShort());
            Map<String, String> index = fields == 0 ? Map.of() : new LinkedHashMap<>();
            for (int i = 0; i < fields; i++) {
                index.put(text(in), text(in));
            }
            byte[] body = Arrays.copyOfRange(bytes, in.position(), bytes.length);
            return new Envelope(id, contract, key, unit, day == Long.MIN_VALUE ? null : LocalDate.ofEpochDay(day), order,
                    arrivedAt, index, body);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("Not a record: " + bytes.length + " bytes end too early.", e);
        }
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void text(ByteBuffer out, byte[] utf8) {
        out.putInt(utf8 == null ? -1 : utf8.length);
        if (utf8 != null) {
            out.put(utf8);
        }
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        if (length > in.remaining()) {
            throw new IllegalArgumentException("Not a record: a text of " + length + " bytes does not fit.");
        }
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Envelope e && id.equals(e.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Without the content. */
    @Override
    public String toString() {
        return contract + " " + key + " " + id;
    }
}
