package org.yuzui.plugin.vehicle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** One connection of a terminal or a platform: sends frames and reads what comes back between the flags. */
final class TestLine implements AutoCloseable {

    private final Socket socket;
    private final int first;
    private final int last;

    TestLine(int port, int first, int last) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port), first, last);
    }

    TestLine(Socket socket, int first, int last) throws IOException {
        this.socket = socket;
        this.socket.setSoTimeout(60_000);
        this.first = first;
        this.last = last;
    }

    void send(byte[] frame) throws IOException {
        socket.getOutputStream().write(frame);
        socket.getOutputStream().flush();
    }

    /** The next frame without its flags; null when the line was closed. */
    byte[] receive() throws IOException {
        int b;
        do {
            b = socket.getInputStream().read();
            if (b < 0) {
                return null;
            }
        } while (b != first);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        while ((b = socket.getInputStream().read()) != last) {
            if (b < 0) {
                return null;
            }
            frame.write(b);
        }
        return frame.toByteArray();
    }

    /** Whether nothing comes within a moment. */
    boolean isSilent(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(60_000);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
