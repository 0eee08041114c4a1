package org.yuzui.plugin.his;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A hospital's side of the line, as plain as can be. */
final class MllpSender implements AutoCloseable {

    private final Socket socket;

    MllpSender(int port) throws IOException {
        this(new Socket("127.0.0.1", port));
    }

    MllpSender(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
    }

    String send(String message) throws IOException {
        return send(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    String send(byte[] message, Charset answerIn) throws IOException {
        raw(framed(message));
        byte[] answer = answer();
        return answer == null ? null : new String(answer, answerIn);
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next answer without its frame; null when the line was closed. */
    byte[] answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == 0x1C) {
                    in.read();
                    return answer.toByteArray();
                }
                if (b != 0x0B) {
                    answer.write(b);
                }
            }
        } catch (java.net.SocketException reset) {
            return null;
        }
        return null;
    }

    static byte[] framed(byte[] message) {
        byte[] framed = new byte[message.length + 3];
        framed[0] = 0x0B;
        System.arraycopy(message, 0, framed, 1, message.length);
        framed[message.length + 1] = 0x1C;
        framed[message.length + 2] = 0x0D;
        return framed;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
