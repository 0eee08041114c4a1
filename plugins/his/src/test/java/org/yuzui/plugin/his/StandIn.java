package org.yuzui.plugin.his;

import org.yuzui.plugin.his.hl7.Header;

import javax.net.ServerSocketFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another system's MLLP listener that behaves as it is told, message by message; when nothing is told it answers AA. */
final class StandIn implements AutoCloseable {

    /** What is done with a message. */
    enum Move { AA, AE, AR, TRY_AGAIN, OTHERS_ANSWER_FIRST, GARBAGE, BREAK, BREAK_AFTER_ANSWER, SILENCE }

    final List<String> received = new CopyOnWriteArrayList<>();
    final Queue<Move> plan = new ConcurrentLinkedQueue<>();
    /** Answers nothing for as long as this is so. */
    volatile boolean silent;
    private final ServerSocket server;
    private final Queue<Socket> open = new ArrayDeque<>();
    private volatile int connections;

    StandIn(int port) throws IOException {
        this(ServerSocketFactory.getDefault(), port);
    }

    StandIn(ServerSocketFactory factory, int port) throws IOException {
        server = factory.createServerSocket(port, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "stand-in");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections;
    }

    List<String> controlIds() {
        return received.stream().map(m -> Header.read(m.getBytes(StandardCharsets.UTF_8)).controlId()).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections++;
                synchronized (open) {
                    open.add(socket);
                }
                Thread thread = new Thread(() -> serve(socket), "stand-in line");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            while (true) {
                byte[] frame = frame(socket.getInputStream());
                if (frame == null) {
                    return;
                }
                String message = new String(frame, StandardCharsets.UTF_8);
                received.add(message);
                String id = Header.read(frame).controlId();
                Move move = silent ? Move.SILENCE : plan.isEmpty() ? Move.AA : plan.poll();
                switch (move) {
                    case BREAK -> {
                        return;
                    }
                    case SILENCE -> { }
                    case GARBAGE -> answer(socket, "hello\r");
                    case TRY_AGAIN -> answer(socket, ack("AE", id, "|try-again: not now"));
                    case AE -> answer(socket, ack("AE", id, "|missing-field: ORC-2"));
                    case AR -> answer(socket, ack("AR", id, ""));
                    case OTHERS_ANSWER_FIRST -> {
                        answer(socket, ack("AE", "SOMEBODY", ""));
                        answer(socket, ack("AA", id, ""));
                    }
                    default -> answer(socket, ack("AA", id, ""));
                }
                if (move == Move.BREAK_AFTER_ANSWER) {
                    return;
                }
            }
        } catch (IOException gone) {
            received.size(); // the other side went away; what was received stands
        }
    }

    private static String ack(String code, String id, String text) {
        return "MSH|^~\\&|THEM|||YUZUI|20260302||ACK|A1|P|2.4\rMSA|" + code + "|" + id + text + "\r";
    }

    private static void answer(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(MllpSender.framed(text.getBytes(StandardCharsets.UTF_8)));
        socket.getOutputStream().flush();
    }

    private static byte[] frame(InputStream in) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == 0x1C) {
                in.read();
                return frame.toByteArray();
            }
            if (b != 0x0B) {
                frame.write(b);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (open) {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}
