package org.yuzui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Other platforms in a process of their own: reads lines {@code <links> <positions in a message> <seconds>} and answers each with a
 * line of JSON. A link sends as fast as it is read, which it finds out by asking whether the other side is alive, and logs out
 * at the end: JT/T 809 has no answer to a position. It ends with its input.
 */
public final class PlatformLoad {

    /** Of each link. */
    static final int VEHICLES = 250;
    static final long FIRST_USER = 51_000_001;
    static final String PASSWORD = "bench809";
    static final int CENTRE = 51_010_001;
    private static final int ASK_EVERY = 50;
    private static final int MOST_OPEN = 4;
    private static final int ANSWER_MILLIS = 60_000;
    private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 3, 2, 8, 0);

    private PlatformLoad() {
    }

    static String plate(int link, int vehicle) {
        return "川AB%04d".formatted(link * VEHICLES + vehicle);
    }

    /** @param args the hub's JT/T 809 port */
    public static void main(String[] args) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        int days = 0;
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String[] words = command.split(" ");
            // A day of its own for each: every position is new to the hub.
            System.out.println(new ObjectMapper().writeValueAsString(send(Integer.parseInt(args[0]), Integer.parseInt(words[0]),
                    Integer.parseInt(words[1]), Double.parseDouble(words[2]), BEGIN.plusDays(days++))));
        }
    }

    private static Map<String, Object> send(int port, int links, int batch, double seconds, LocalDateTime begin) throws Exception {
        Duration before = CallLoad.cpu();
        List<Link> all = new ArrayList<>();
        for (int i = 0; i < links; i++) {
            all.add(new Link(i, port, batch, begin));
        }
        long began = System.nanoTime();
        for (Link link : all) {
            link.end = began + (long) (seconds * 1e9);
            link.writer.start();
            link.reader.start();
        }
        for (Link link : all) {
            link.writer.join();
            link.reader.join();
        }
        double took = (System.nanoTime() - began) / 1e9;
        for (Link link : all) {
            if (link.failure != null) {
                throw link.failure;
            }
        }
        long positions = all.stream().mapToLong(l -> l.positions).sum();
        int[] sorted = all.stream().flatMap(l -> l.micros.stream()).mapToInt(Integer::intValue).sorted().toArray();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("positions", positions);
        answer.put("bytes", all.stream().mapToLong(l -> l.bytes).sum());
        answer.put("seconds", took);
        answer.put("rate", positions / took);
        answer.put("aliveMillis", Map.of("p50", CallLoad.latency(sorted, 0.5), "p95", CallLoad.latency(sorted, 0.95),
                "p99", CallLoad.latency(sorted, 0.99)));
        answer.put("cpuSeconds", CallLoad.cpu().minus(before).toMillis() / 1000.0);
        return answer;
    }

    private static final class Link {
        private final int number;
        private final int batch;
        private final LocalDateTime begin;
        private final Socket socket;
        private final InputStream in;
        private final Queue<Long> asked = new ConcurrentLinkedQueue<>();
        private final Semaphore open = new Semaphore(MOST_OPEN);
        private final List<Integer> micros = new ArrayList<>();
        private final Thread writer = new Thread(this::write, "writer");
        private final Thread reader = new Thread(this::read, "reader");
        private long end;
        private int seq = 2;
        private long positions;
        private long bytes;
        private volatile Exception failure;

        Link(int number, int port, int batch, LocalDateTime begin) throws IOException {
            this.number = number;
            this.batch = batch;
            this.begin = begin;
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
            socket.getOutputStream().write(Frame809.logIn(FIRST_USER + number, PASSWORD, CENTRE));
            if (id(answer()) != Frame809.LOG_IN + 1) {
                throw new IOException("The log-in was not answered.");
            }
        }

        private void write() {
            try {
                OutputStream out = socket.getOutputStream();
                for (int n = 0; System.nanoTime() < end && failure == null; n++) {
                    int round = n / VEHICLES;
                    byte[] frame = Frame809.positions(seq++, CENTRE, plate(number, n % VEHICLES), begin.plusSeconds(10L * batch * round), batch,
                            104 + round * batch % 500 * 0.001, 30.5 + n % 100 * 0.001);
                    out.write(frame);
                    positions += batch;
                    bytes += frame.length;
                    if (n % ASK_EVERY == 0) {
                        if (!open.tryAcquire(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
                            throw new IOException("The link was not read for a minute.");
                        }
                        asked.add(System.nanoTime());
                        out.write(Frame809.of(Frame809.KEEP_ALIVE, seq++, CENTRE, new byte[0]));
                    }
                }
                out.write(Frame809.of(Frame809.LOG_OUT, seq++, CENTRE, new byte[0]));
            } catch (IOException | InterruptedException e) {
                failed(e);
            }
        }

        private void read() {
            try (socket) {
                for (int id = id(answer()); id != Frame809.LOG_OUT + 1; id = id(answer())) {
                    if (id == Frame809.KEEP_ALIVE + 1) {
                        micros.add((int) ((System.nanoTime() - asked.remove()) / 1000));
                        open.release();
                    }
                }
            } catch (IOException e) {
                failed(e);
            }
        }

        private synchronized void failed(Exception e) {
            failure = failure == null ? e : failure;
        }

        /** What stands between the flags, without escapes. */
        private byte[] answer() throws IOException {
            int b = in.read();
            while (b != Frame809.FIRST) {
                if (b < 0) {
                    throw new EOFException("The link was closed.");
                }
                b = in.read();
            }
            byte[] plain = new byte[256];
            int length = 0;
            for (b = in.read(); b != Frame809.LAST; b = in.read()) {
                if (b < 0) {
                    throw new EOFException("The link was closed.");
                }
                if (b == 0x5A || b == 0x5E) {
                    int second = in.read();
                    b = second == 2 ? b : b + (b == 0x5A ? 1 : -1);
                }
                plain[length++] = (byte) b;
            }
            return plain;
        }

        private static int id(byte[] plain) {
            return (plain[8] & 0xFF) << 8 | plain[9] & 0xFF;
        }
    }
}
