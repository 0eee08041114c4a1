package org.yuzui.plugin.his.batch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Cuts a stream into {@link Part}s, one at a time: a part begins where a segment named FHS, BHS, MSH, BTS or FTS does. Segments
 * may end in CR, LF or both; MLLP's start and end blocks, white space between messages and a byte order mark do no harm.
 * Memory is bounded by the largest message that is allowed.
 */
public final class BatchReader implements Iterator<Part>, Closeable {

    /** How much is kept of a part that is larger than a message may be, enough to read its header. */
    public static final int KEPT = 64 * 1024;

    private static final int START = 0x0B;
    private static final int END = 0x1C;
    private static final int NAME = 3;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[64 * 1024];
    private int next;
    private int limit;

    private byte[] part = new byte[4096];
    private int kept;
    private Part.Kind kind = Part.Kind.NONE;
    private long size;
    private final byte[] name = new byte[NAME];
    /** Bytes of this line so far, up to {@link #NAME}. */
    private int inLine;
    private Part ready;
    private boolean ended;

    /** @param in closed with this reader */
    public BatchReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean hasNext() {
        while (ready == null && !ended) {
            advance();
        }
        return ready != null;
    }

    @Override
    public Part next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Part now = ready;
        ready = null;
        return now;
    }

    private void advance() {
        int b = read();
        if (b < 0) {
            ended = true;
            line();
            finish(Part.Kind.NONE);
        } else if (endsLine(b)) {
            line();
            if (kind != Part.Kind.NONE && b != START && b != END) {
                append(new byte[] {(byte) b}, 0, 1);
            }
        } else if (inLine < NAME) {
            if (inLine > 0 || !isBlank(b)) {
                name[inLine++] = (byte) b;
            }
            if (inLine == NAME) {
                begin();
            }
        } else {
            int from = next - 1;
            while (next < limit && !endsLine(buffer[next])) {
                next++;
            }
            append(buffer, from, next - from);
        }
    }

    private static boolean endsLine(int b) {
        return b == '\r' || b == '\n' || b == START || b == END;
    }

    /** The first three bytes of a line are there: it goes on with the part, or begins one. */
    private void begin() {
        Part.Kind found = Part.Kind.of("" + (char) (name[0] & 0xFF) + (char) (name[1] & 0xFF) + (char) (name[2] & 0xFF));
        if (found != Part.Kind.NONE) {
            finish(found);
        }
        append(name, 0, NAME);
    }

    /** A line ends; one that was shorter than a name has not been taken yet. */
    private void line() {
        if (inLine < NAME) {
            append(name, 0, inLine);
        }
        inLine = 0;
    }

    private void append(byte[] bytes, int from, int count) {
        size += count;
        if (size > maxBytes) {
            if (part.length > KEPT) {
                part = Arrays.copyOf(part, KEPT);
            }
            kept = Math.min(kept, KEPT);
        }
        int room = (size > maxBytes ? Math.min(KEPT, maxBytes) : maxBytes) - kept;
        int taken = Math.min(count, Math.max(room, 0));
        if (kept + taken > part.length) {
            part = Arrays.copyOf(part, Math.max(kept + taken, Math.min(part.length * 2, maxBytes)));
        }
        System.arraycopy(bytes, from, part, kept, taken);
        kept += taken;
    }

    private void finish(Part.Kind following) {
        if (size > 0) {
            ready = new Part(kind, Arrays.copyOf(part, kept), size);
        }
        kept = 0;
        size = 0;
        kind = following;
    }

    /** Blank at the beginning of a line, or a part of a byte order mark there. */
    private boolean isBlank(int b) {
        return b == ' ' || b == '\t' || kind == Part.Kind.NONE && size == 0 && (b == 0xEF || b == 0xBB || b == 0xBF);
    }

    private int read() {
        try {
            if (next == limit) {
                limit = in.read(buffer);
                next = 0;
                if (limit <= 0) {
                    limit = 0;
                    return -1;
                }
            }
            return buffer[next++] & 0xFF;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
