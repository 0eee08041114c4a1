package org.yuzui.ledger.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A message or content on its way to where it is kept, beside the hops that speak of it.
 *
 * <p>Layout, big-endian: version (1 byte), whether it is content (1), id (16), placed (8, microseconds since 1970), days to keep (4), size (8),
 * whether it lies in a file (1), then that file's SHA-256 or the sealed bytes to the end.
 *
 * @param sha    of one that lies in a file; else null
 * @param sealed of one that does not; else null
 */
record KeptEntry(UUID id, Instant placed, int keep, boolean content, long size, byte[] sha, byte[] sealed) {

    private static final byte VERSION = 4;
    private static final int FIXED = 1 + 1 + 16 + 8 + 4 + 8 + 1;

    byte[] write() {
        byte[] rest = sha == null ? sealed : sha;
        ByteBuffer out = ByteBuffer.allocate(FIXED + rest.length);
        out.put(VERSION).put((byte) (content ? 1 : 0));
        HopCodec.put(out, id);
        return out.putLong(HopCodec.micros(placed)).putInt(keep).putLong(size).put((byte) (sha == null ? 0 : 1)).put(rest).array();
    }

    /** @throws IllegalArgumentException when it begins as one and isn't */
    static Optional<KeptEntry> read(byte[] entry) {
        if (entry.length == 0 || entry[0] != VERSION) {
            return Optional.empty();
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(entry, 1, entry.length - 1);
            boolean content = in.get() == 1;
            UUID id = HopCodec.uuid(in);
            Instant placed = HopCodec.instant(in.getLong());
            int keep = in.getInt();
            long size = in.getLong();
            boolean file = in.get() == 1;
            byte[] rest = new byte[in.remaining()];
            in.get(rest);
            if (keep < 1) {
                throw new IllegalArgumentException("a message to be kept for " + keep + " days");
            }
            return Optional.of(new KeptEntry(id, placed, keep, content, size, file ? rest : null, file ? null : rest));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a message of " + entry.length + " bytes ends too early", e);
        }
    }

    /** Without its bytes. */
    @Override
    public String toString() {
        return id + " of " + size + " bytes";
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
