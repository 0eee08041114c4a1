package org.yuzui.plugin.his.mllp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Cuts a stream of bytes into MLLP frames and loses none: what is no frame is handed over as {@link Frame.Broken}.
 *
 * <p>Reads leniently what does no harm: white space between frames, a missing 0x0D after 0x1C, frames sent without
 * waiting for the answer. One thread at a time.
 */
final class FrameReader {

    /** How much of a broken frame is kept, enough to read its header. */
    static final int KEPT = 64 * 1024;
    /** From here on a message counts as large. */
    static final int LARGE = 1024 * 1024;

    private static final int START = 0x0B;
    private static final int END = 0x1C;
    /** A message may take this many times the silence that is allowed within it. */
    private static final int PATIENCE = 12;
    /** What is read of an oversized message before the line is given up, as a multiple of the limit. */
    private static final int SKIPPED = 4;

    /** Where the bytes come from. */
    interface Line {

        /** @return how many bytes, -1 at the end of the stream, 0 when {@code patience} milliseconds passed in silence */
        int read(byte[] into, int patience) throws IOException;
    }

    /** Lets only few large messages be in memory at a time; held from the byte that makes a message large until it is answered. */
    interface Gate {

        void enter() throws InterruptedException;

        void leave();
    }

    private final Line line;
    private final Gate gate;
    private final LongSupplier nanoTime;
    private final int maxBytes;
    private final int idleMillis;
    private final int readMillis;

    private final byte[] in = new byte[8192];
    private int next;
    private int limit;
    private byte[] frame = new byte[4096];
    private int size;
    private long total;
    private boolean started;
    private boolean large;
    private ByteArrayOutputStream outside;
    private long outsideSize;

    FrameReader(Line line, Gate gate, LongSupplier nanoTime, int maxBytes, int idleMillis, int readMillis) {
        this.line = line;
        this.gate = gate;
        this.nanoTime = nanoTime;
        this.maxBytes = maxBytes;
        this.idleMillis = idleMillis;
        this.readMillis = readMillis;
    }

    /** The next frame. Forgets the one before. */
    Frame next() throws IOException, InterruptedException {
        if (!started) {
            Frame before = findStart();
            if (before != null) {
                return before;
            }
        }
        return readToEnd();
    }

    /** Gives back what a large message took. */
    void release() {
        if (large) {
            large = false;
            frame = new byte[4096];
            gate.leave();
        }
    }

    /** Null when a start block was found and nothing worth telling came before it. */
    private Frame findStart() throws IOException {
        while (true) {
            if (next == limit) {
                int got = fill(outsideSize > 0 ? readMillis : idleMillis);
                if (got <= 0) {
                    if (outsideSize > 0) {
                        return outside(false);
                    }
                    return got == 0 ? new Frame.Idle() : new Frame.End();
                }
            }
            byte b = in[next++];
            if (b == START) {
                begin();
                return outsideSize > 0 ? outside(true) : null;
            }
            if (outsideSize > 0 || !isSpace(b)) {
                keepOutside(b);
                if (outsideSize >= KEPT) {
                    return outside(false);
                }
            }
        }
    }

    private Frame readToEnd() throws IOException, InterruptedException {
        long deadline = nanoTime.getAsLong() + PATIENCE * readMillis * 1_000_000L;
        while (true) {
            if (next == limit) {
                int got = nanoTime.getAsLong() - deadline < 0 ? fill(readMillis) : 0;
                if (got <= 0) {
                    return broken(Fault.TRUNCATED, false);
                }
            }
            int from = next;
            while (next < limit && in[next] != END && in[next] != START) {
                next++;
            }
            append(from, next - from);
            if (total > (long) SKIPPED * maxBytes) {
                return broken(Fault.TOO_LARGE, false);
            }
            if (next == limit) {
                continue;
            }
            if (in[next++] == END) {
                return total > maxBytes ? broken(Fault.TOO_LARGE, true) : whole();
            }
            if (total > 0) { // a start block inside a frame: the sender gave the first one up
                Frame.Broken cut = broken(Fault.TRUNCATED, true);
                begin();
                return cut;
            }
        }
    }

    private void begin() {
        started = true;
        size = 0;
        total = 0;
    }

    private void append(int from, int count) throws InterruptedException {
        total += count;
        int room = (total > maxBytes ? Math.min(KEPT, maxBytes) : maxBytes) - size;
        if (total > maxBytes && size > KEPT) {
            size = KEPT;
            return;
        }
        int taken = Math.min(count, Math.max(room, 0));
        if (!large && (long) size + taken > LARGE) {
            gate.enter();
            large = true;
        }
        if (size + taken > frame.length) {
            frame = Arrays.copyOf(frame, (int) Math.min(Math.max(frame.length * 2L, size + taken), Math.max(maxBytes, size + taken)));
        }
        System.arraycopy(in, from, frame, size, taken);
        size += taken;
    }

    private Frame whole() {
        started = false;
        return new Frame.Whole(Arrays.copyOf(frame, size));
    }

    private Frame.Broken broken(Fault fault, boolean usable) {
        started = false;
        return new Frame.Broken(fault, Arrays.copyOf(frame, Math.min(size, KEPT)), total, usable);
    }

    private Frame outside(boolean usable) {
        Frame broken = new Frame.Broken(Fault.OUTSIDE_FRAME, outside.toByteArray(), outsideSize, usable);
        outside = null;
        outsideSize = 0;
        return broken;
    }

    private void keepOutside(byte b) {
        if (outside == null) {
            outside = new ByteArrayOutputStream();
        }
        outside.write(b);
        outsideSize++;
    }

    private int fill(int patience) throws IOException {
        int got = line.read(in, patience);
        next = 0;
        limit = Math.max(got, 0);
        return got;
    }

    private static boolean isSpace(byte b) {
        return b == '\r' || b == '\n' || b == ' ' || b == '\t' || b == END;
    }
}
