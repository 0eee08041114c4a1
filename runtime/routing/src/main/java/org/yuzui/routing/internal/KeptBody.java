package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.yuzui.ledger.Message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A large kept message as the body of an exchange: read as often as a route likes, a little in memory at a time. It lies nowhere unsealed. For one
 * thread at a time, as a body is.
 */
final class KeptBody extends InputStream implements StreamCache {

    private final Message message;
    private InputStream in;
    private boolean closed;
    private long position;

    KeptBody(Message message) {
        this.message = message;
    }

    /** To be kept once more it need not be read. */
    Message message() {
        return message;
    }

    private InputStream in() throws IOException {
        if (in == null && !closed) {
            in = message.open();
        }
        return in == null ? InputStream.nullInputStream() : in;
    }

    @Override
    public int read() throws IOException {
        int one = in().read();
        position += one < 0 ? 0 : 1;
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = in().read(into, offset, length);
        position += Math.max(0, count);
        return count;
    }

    /** From the beginning again. */
    @Override
    public void reset() {
        close();
        closed = false;
        position = 0;
    }

    /** A step that is through with it closes it; the next one begins anew. */
    @Override
    public void close() {
        InputStream open = in;
        in = null;
        closed = true;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        message.writeTo(out);
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        return new KeptBody(message);
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public long length() {
        return message.size();
    }

    @Override
    public long position() {
        return position;
    }
}
