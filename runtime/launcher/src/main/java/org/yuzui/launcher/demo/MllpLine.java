package org.yuzui.launcher.demo;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** One MLLP connection: a message out, its answer back. Not thread-safe. */
final class MllpLine implements AutoCloseable {

    private static final int START = 0x0b;
    private static final int END = 0x1c;
    private static final int MAX_ANSWER = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[1024];

    MllpLine(String host, int port, Duration timeout) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) timeout.toMillis());
            socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            in = new BufferedInputStream(socket.getInputStream(), 4096);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends a frame and waits for the whole answer.
     *
     * @throws IOException when the connection breaks, or nothing comes in time: whether the message was taken is not known
     */
    Answer send(byte[] frame) throws IOException {
        socket.getOutputStream().write(frame);
        int next = in.read();
        while (next != START) {
            if (next < 0) {
                throw new EOFException("The other side closed the connection without an answer.");
            }
            next = in.read();
        }
        int length = 0;
        for (next = in.read(); next != END; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The other side closed the connection inside an answer.");
            }
            if (length == buffer.length) {
                if (length >= MAX_ANSWER) {
                    throw new IOException("The answer is longer than " + MAX_ANSWER + " bytes.");
                }
                buffer = Arrays.copyOf(buffer, length * 2);
            }
            buffer[length++] = (byte) next;
        }
        if (in.read() != '\r') {
            throw new IOException("The answer does not end as MLLP says.");
        }
        return Answer.read(new String(buffer, 0, length, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing can follow from a socket that doesn't close: it is not used again.
            return;
        }
    }
}
