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
        return welcome.getAsBoolean();
    }

    void begin() {
        out.setWriteListener(this);
    }

    synchronized void send(byte[] event) {
        if (end.isDone()) {
            return;
        }
        if (queue.size() >= MOST_WAITING) {
            close();
            return;
        }
        queue.add(event);
        if (!blocked) {
            write();
        }
    }

    @Override
    public synchronized void onWritePossible() {
        blocked = false;
        write();
    }

    @Override
    public void onError(Throwable t) {
        close();
    }

    void close() {
        end.complete(null);
    }

    private void write() {
        try {
            while (!end.isDone()) {
                if (!out.isReady()) {
                    blocked = true;
                    return;
                }
                byte[] next = queue.poll();
                if (next != null) {
                    out.write(next);
                    flushed = false;
                } else if (!flushed) {
                    out.flush();
                    flushed = true;
                } else {
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            close(); // the listener has gone
        }
    }
}
