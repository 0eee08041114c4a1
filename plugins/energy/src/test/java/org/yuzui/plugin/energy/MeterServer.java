package org.yuzui.plugin.energy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A meter or gateway that answers as it is told. */
final class MeterServer implements AutoCloseable {

    /** What it does with a question. */
    interface Behaviour {
        void answer(byte[] question, OutputStream out) throws IOException;
    }

    final List<byte[]> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour;

    MeterServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread accept = new Thread(this::accept, "meter-server");
        accept.setDaemon(true);
        accept.start();
    }

    static MeterServer good() {
        return new MeterServer((question, out) -> out.write(Samples.answer(question)));
    }

    int port() {
        return server.getLocalPort();
    }

    void behave(Behaviour other) {
        behaviour = other;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                Thread thread = new Thread(() -> serve(socket), "meter");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        byte[] buffer = new byte[256];
        try (socket; InputStream in = socket.getInputStream()) {
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                byte[] question = Arrays.copyOf(buffer, n);
                asked.add(question);
                behaviour.answer(question, socket.getOutputStream());
            }
        } catch (IOException e) {
            // the other side has gone
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
