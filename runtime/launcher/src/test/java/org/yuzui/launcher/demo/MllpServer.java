package org.yuzui.launcher.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The other side of an MLLP line: keeps what arrives and answers as it is told to. */
final class MllpServer implements AutoCloseable {

    /** Answers with a broken connection. */
    static final String HANG_UP = "hang up";

    final List<String> received = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Function<String, String> answers;

    MllpServer(Function<String, String> answers) throws IOException {
        this.answers = answers;
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "mllp-server");
        accepting.setDaemon(true);
        accepting.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** An acknowledgement of a message, naming its MSH-10. */
    static String acknowledge(String message, String code, String more) {
        return "MSH|^~\\&|HUB|Y|HIS|H|20261122||ACK|1|P|2.4\rMSA|" + code + "|" + message.split("\\|", -1)[9] + more + "\r";
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                Thread serving = new Thread(() -> serve(socket), "mllp-server-connection");
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException e) {
            open.forEach(MllpServer::close);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == 0x0b) {
                    message.reset();
                } else if (b == 0x1c && in.read() == '\r') {
                    String text = message.toString(StandardCharsets.ISO_8859_1);
                    received.add(text);
                    String answer = answers.apply(text);
                    if (answer.equals(HANG_UP)) {
                        return;
                    }
                    socket.getOutputStream().write(("\u000b" + answer + "\u001c\r").getBytes(StandardCharsets.UTF_8));
                } else {
                    message.write(b);
                }
            }
        } catch (IOException e) {
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(MllpServer::close);
    }
}
