package org.yuzui.broker;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How the trail entries of one commit travel in one message: each is preceded by its length, four bytes, big-endian.
 */
public final class Trail {

    private Trail() {
    }

    public static byte[] join(List<byte[]> entries) {
        int size = 0;
        for (byte[] entry : entries) {
            size = Math.addExact(size, Integer.BYTES + entry.length);
        }
        ByteBuffer joined = ByteBuffer.allocate(size);
        for (byte[] entry : entries) {
            joined.putInt(entry.length).put(entry);
        }
        return joined.array();
    }

    /**
     * The entries in the order in which they were joined.
     *
     * @throws IllegalArgumentException when it isn't what {@link #join} makes
     */
    public static List<byte[]> split(byte[] joined) {
        List<byte[]> entries = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(joined);
        while (rest.hasRemaining()) {
            int length = rest.remaining() < Integer.BYTES ? -1 : rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                throw new IllegalArgumentException("not a trail: an entry of " + length + " bytes where "
                        + rest.remaining() + " are left");
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        return entries;
    }
}
