package org.yuzui.records.internal;

import org.yuzui.contracts.CheckedRecord;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A record as it travels through the broker: what readers and the store need of it, then its canonical bytes. One block
 * of bytes instead of a dozen message properties, because the broker pays for each property of each queue's copy.
 */
record Envelope(UUID id, String contract, String key, String unit, LocalDate day, String order, Instant arrivedAt,
                Map<String, String> index, byte[] body) {

    private static final int FORMAT = 1;

    static Envelope of(CheckedRecord record, Instant arrivedAt) {
        return new Envelope(record.id(), record.contract(), record.key(), record.unit(), record.day(), record.order(),
                arrivedAt, record.index(), record.bytes());
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
            text(out, contract);
            text(out, key);
            text(out, unit);
            out.writeLong(day == null ? Long.MIN_VALUE : day.toEpochDay());
            text(out, order);
            out.writeLong(arrivedAt.getEpochSecond());
            out.writeInt(arrivedAt.getNano());
            out.writeShort(index.size());
            for (Map.Entry<String, String> e : index.entrySet()) {
                text(out, e.getKey());
                text(out, e.getValue());
            }
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    static Envelope read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("A record in format " + format + " is newer than this hub.");
            }
            UUID id = new UUID(in.readLong(), in.readLong());
            String contract = text(in);
            String key = text(in);
            String unit = text(in);
            long day = in.readLong();
            String order = text(in);
            Instant arrivedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
            int fields = in.readUnsignedShort();
            Map<String, String> index = new LinkedHashMap<>();
            for (int i = 0; i < fields; i++) {
                index.put(text(in), text(in));
            }
            return new Envelope(id, contract, key, unit, day == Long.MIN_VALUE ? null : LocalDate.ofEpochDay(day), order,
                    arrivedAt, index, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a record: " + e.getMessage(), e);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        if (length > in.available()) {
            throw new IOException("a text of " + length + " bytes does not fit");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
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
