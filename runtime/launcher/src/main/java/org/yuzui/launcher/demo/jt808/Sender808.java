package org.yuzui.launcher.demo.jt808;

import org.yuzui.launcher.demo.Latencies;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Thousands of terminals in one thread. Each sends its next message when the last one was answered. */
public final class Sender808 {

    private static final int CONNECTING_AT_ONCE = 200;
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(20);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);
    private static final int SELECT_MILLIS = 5;

    private final InetSocketAddress hub;
    private final List<Line> lines = new ArrayList<>();
    private final Source source;
    private final double messagesPerSecond;
    private final long forNanos;
    private final Deque<Line> idle = new ArrayDeque<>();
    private int next;
    private int connecting;
    private int open;
    private int authenticated;
    private int turnedAway;
    private long messages;
    private long positions;
    private long acknowledged;
    private long refused;
    private long repeats;
    private long bytes;
    private long underWay;
    private int[] latencies = new int[4096];
    private int answers;

    private Sender808(String host, int port, List<String> terminals, Source source, double messagesPerSecond, Duration length) {
        this.hub = new InetSocketAddress(host, port);
        this.source = source;
        this.messagesPerSecond = messagesPerSecond;
        this.forNanos = length.toNanos();
        for (int i = 0; i < terminals.size(); i++) {
            lines.add(new Line(i, "0".repeat(12 - terminals.get(i).length()) + terminals.get(i)));
        }
    }

    /**
     * Connects terminals of invented numbers and drives them for a while.
     *
     * @param positionsPerSecond of all together; 0 for as many as are answered
     * @param batch              positions in a message
     */
    public static Report808 load(String host, int port, int terminals, double positionsPerSecond, int batch, Duration length,
                                 LocalDateTime begin) throws IOException {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < terminals; i++) {
            numbers.add(String.valueOf(10_800_000_000L + i));
        }
        int step = positionsPerSecond == 0 ? 1 : Math.max(1, (int) Math.round(terminals / positionsPerSecond));
        return new Sender808(host, port, numbers, new EndlessDrive(terminals, batch, step, begin), positionsPerSecond / batch,
                length).run();
    }

    /** Sends a day of vehicles, as fast as it is answered. */
    public static Report808 day(String host, int port, List<Vehicle> vehicles, LocalDate day, long seed) throws IOException {
        return new Sender808(host, port, vehicles.stream().map(Vehicle::terminal).toList(),
                new DayOfVehicles(vehicles, day, seed), 0, Duration.ZERO).run();
    }

    private Report808 run() throws IOException {
        long end;
        long began;
        try (Selector selector = Selector.open()) {
            connectAll(selector);
            began = System.nanoTime();
            drive(selector, began);
            end = System.nanoTime();
        } finally {
            lines.forEach(Line::close);
        }
        return new Report808(lines.size(), authenticated, turnedAway, messages, positions, acknowledged, refused, repeats, bytes,
                Duration.ofNanos(end - began), Latencies.of(Arrays.stream(latencies, 0, answers)));
    }

    /** All are connected and let in before the first position is sent. */
    private void connectAll(Selector selector) throws IOException {
        long heard = System.nanoTime();
        int before = 0;
        while (authenticated + turnedAway < lines.size()) {
            while (next < lines.size() && connecting < CONNECTING_AT_ONCE) {
                lines.get(next++).connect(selector);
            }
            turn(selector);
            if (authenticated + turnedAway > before) {
                before = authenticated + turnedAway;
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > GIVE_UP_AFTER.toNanos()) {
                turnedAway = lines.size() - authenticated;
            }
        }
        if (authenticated == 0) {
            throw new IOException("no terminal was let in");
        }
    }

    private void drive(Selector selector, long began) throws IOException {
        long sent = 0;
        long heard = began;
        long last = acknowledged + refused;
        while (true) {
            long now = System.nanoTime();
            boolean over = forNanos > 0 && now - began >= forNanos;
            while (!over && !idle.isEmpty()
                    && (messagesPerSecond == 0 || sent < (now - began) / 1e9 * messagesPerSecond)) {
                if (idle.poll().say()) {
                    sent++;
                }
            }
            turn(selector);
            if (acknowledged + refused > last || underWay == 0) {
                last = acknowledged + refused;
                heard = now;
            }
            repeat(now);
            boolean nothingLeft = forNanos == 0 && idle.isEmpty();
            if (underWay == 0 && (over || nothingLeft) || open == 0 || now - heard > GIVE_UP_AFTER.toNanos()) {
                return;
            }
        }
    }

    private long repeatedAt;

    private void repeat(long now) throws IOException {
        if (now - repeatedAt < Duration.ofSeconds(1).toNanos()) {
            return;
        }
        repeatedAt = now;
        for (Line line : lines) {
            if (line.waiting != null && now - line.sentAt > REPEAT_AFTER.toNanos()) {
                repeats++;
                line.sentAt = now;
                line.send(line.waitingFrame);
            }
        }
    }

    private void turn(Selector selector) throws IOException {
        selector.select(key -> {
            Line line = (Line) key.attachment();
            try {
                line.ready(key);
            } catch (IOException e) {
                line.broke();
            }
        }, SELECT_MILLIS);
    }

    private void answered(long nanos) {
        if (answers == latencies.length) {
            latencies = Arrays.copyOf(latencies, answers * 2);
        }
        latencies[answers++] = (int) Math.min(Integer.MAX_VALUE, nanos / 1000);
    }

    private final class Line {
        private final int number;
        private final String phone;
        private final ByteBuffer in = ByteBuffer.allocate(256);
        private ByteBuffer out = ByteBuffer.allocate(0);
        private SocketChannel channel;
        private SelectionKey key;
        private boolean isIn;
        private int seq;
        private Source.Said waiting;
        private byte[] waitingFrame;
        private long sentAt;

        Line(int number, String phone) {
            this.number = number;
            this.phone = phone;
        }

        void connect(Selector selector) throws IOException {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = channel.register(selector, SelectionKey.OP_CONNECT, this);
            connecting++;
            open++;
            try {
                if (channel.connect(hub)) {
                    connected();
                }
            } catch (IOException e) {
                broke();
            }
        }

        void ready(SelectionKey ready) throws IOException {
            if (ready.isConnectable() && channel.finishConnect()) {
                connected();
            }
            if (ready.isValid() && ready.isWritable()) {
                flush();
            }
            if (ready.isValid() && ready.isReadable()) {
                if (channel.read(in) < 0) {
                    broke();
                    return;
                }
                in.flip();
                for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
                    take(frame);
                }
                in.compact();
            }
        }

        private void connected() throws IOException {
            ByteBuffer body = ByteBuffer.allocate(37);
            body.putShort((short) 51).putShort((short) 100).put("DEMO0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            send(new Frame(Frame.REGISTER, seq++, body.array()).bytes(phone));
        }

        private void take(Frame frame) throws IOException {
            ByteBuffer body = ByteBuffer.wrap(frame.body());
            if (frame.id() == Frame.REGISTERED) {
                body.getShort();
                if (body.get() != 0) {
                    broke();
                    return;
                }
                byte[] code = new byte[body.remaining()];
                body.get(code);
                send(new Frame(Frame.AUTHENTICATE, seq++, code).bytes(phone));
            } else if (frame.id() == Frame.REPLY) {
                int answered = body.getShort() & 0xFFFF;
                int id = body.getShort() & 0xFFFF;
                reply(answered, id, body.get());
            }
        }

        private void reply(int answeredSeq, int id, int result) {
            if (id == Frame.AUTHENTICATE) {
                if (result != 0) {
                    broke();
                    return;
                }
                isIn = true;
                connecting--;
                authenticated++;
                idle.add(this);
            } else if (waiting != null && answeredSeq == (seq - 1 & 0xFFFF)) {
                answered(System.nanoTime() - sentAt);
                underWay--;
                if (result == 0) {
                    acknowledged += waiting.positions();
                } else {
                    refused++;
                }
                waiting = null;
                idle.add(this);
            }
        }

        /** Sends its next message; false when it has none. */
        boolean say() throws IOException {
            if (!channel.isOpen()) {
                return false;
            }
            waiting = source.next(number);
            if (waiting == null) {
                return false;
            }
            waitingFrame = new Frame(waiting.id(), seq++ & 0xFFFF, waiting.body()).bytes(phone);
            sentAt = System.nanoTime();
            messages++;
            bytes += waitingFrame.length;
            positions += waiting.positions();
            underWay++;
            send(waitingFrame);
            return true;
        }

        void send(byte[] frame) throws IOException {
            if (!channel.isOpen()) {
                return;
            }
            ByteBuffer more = ByteBuffer.allocate(out.remaining() + frame.length).put(out).put(frame);
            more.flip();
            out = more;
            flush();
        }

        private void flush() throws IOException {
            channel.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        private void broke() {
            if (!channel.isOpen()) {
                return;
            }
            close();
            open--;
            if (isIn) {
                idle.remove(this);
                if (waiting != null) {
                    underWay--;
                    waiting = null;
                }
            } else {
                connecting--;
                turnedAway++;
            }
        }

        void close() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // nothing to be done about it
            }
        }
    }
}
