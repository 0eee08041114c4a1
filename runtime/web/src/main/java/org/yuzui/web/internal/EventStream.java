package org.yuzui.web.internal;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * One listener's connection. Bytes are written when the connection can take them, by whichever thread that makes possible;
 * nobody waits. A listener for whom too much piles up is dropped. Thread-safe.
 */
final class EventStream implements WriteListener {

    private static final int MOST_WAITING = 256;

    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final ServletOutputStream out;
    private final BooleanSupplier welcome;
    /** The stream asked for a call of {@link #onWritePossible()} and must be left alone until then. */
    private boolean blocked = true;
    private boolean flushed = true;

    EventStream(ServletOutputStream out, BooleanSupplier welcome) {
        this.out = out;
        this.welcome = welcome;
    }

    /** Ends when the listener has gone or was dropped. */
    CompletableFuture<Void> end() {
        return end;
    }

    boolean isWelcome() {
        try {
            return welcome.getAsBoolean();
        } catch (RuntimeException e) { // the call that it was opened by has ended meanwhile
            return false;
        }
    }

    void begin() {
        out.setWriteListener(this);
    }

    void send(byte[] event) {
        boolean open;
        synchronized (this) {
            open = queue.size() < MOST_WAITING && queue.add(event) && (blocked || write());
        }
        if (!open) {
            close();
        }
    }

    @Override
    public void onWritePossible() {
        boolean open;
        synchronized (this) {
            blocked = false;
            open = write();
        }
        if (!open) {
            close();
        }
    }

    @Override
    public void onError(Throwable t) {
        close();
    }

    /** Not to be called with the lock held: the container's own end of the call runs inside. */
    void close() {
        end.complete(null);
    }

    /** Writes what waits; false when the listener has gone. */
    private boolean write() {
        try {
            while (!end.isDone()) {
                if (!out.isReady()) {
                    blocked = true;
                    return true;
                }
                byte[] next = queue.poll();
                if (next != null) {
                    out.write(next);
                    flushed = false;
                } else if (!flushed) {
                    out.flush();
                    flushed = true;
                } else {
                    return true;
                }
            }
            return false;
        } catch (IOException | RuntimeException e) { // whatever the container says of a line that has gone, it is this line's end only
            return false;
        }
    }
}
