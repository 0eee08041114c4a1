package org.yuzui.ledger.internal;

import org.yuzui.broker.Trail;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Several entries of a trail that are one for whoever commits them: none of them goes without the others. */
final class Bundle {

    private static final byte VERSION = 3;

    private Bundle() {
    }

    static byte[] of(List<byte[]> entries) {
        if (entries.size() == 1) {
            return entries.get(0);
        }
        byte[] joined = Trail.join(entries);
        return ByteBuffer.allocate(1 + joined.length).put(VERSION).put(joined).array();
    }

    /** Those of a bundle, or the entry itself. */
    static List<byte[]> entries(byte[] entry) {
        return entry.length > 0 && entry[0] == VERSION ? Trail.split(Arrays.copyOfRange(entry, 1, entry.length)) : List.of(entry);
    }
}
