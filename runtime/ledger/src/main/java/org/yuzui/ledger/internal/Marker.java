package org.yuzui.ledger.internal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** A trail entry that is no hop: whoever sent it wants to know when the drain has come so far. */
final class Marker {

    private static final byte VERSION = 0;
    private static final int LENGTH = 1 + 2 * Long.BYTES;

    private Marker() {
    }

    static byte[] write(UUID id) {
        return ByteBuffer.allocate(LENGTH).put(VERSION)
                .putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array();
    }

    static Optional<UUID> read(byte[] entry) {
        if (entry.length != LENGTH || entry[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(entry, 1, LENGTH - 1);
        return Optional.of(new UUID(in.getLong(), in.getLong()));
    }
}
