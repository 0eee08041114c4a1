package org.yuzui.launcher.demo.meters;

import org.yuzui.launcher.demo.meters.Answers.Question;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Serves all meters of a site, on the ports that its settings name, a thread a connection. */
public final class MeterStand implements AutoCloseable {

    /**
     * How some of the meters misbehave, by their names.
     *
     * @param silent        never answer
     * @param garbage       answer noise
     * @param wrongChecksum answer with a wrong sum; of Modbus over TCP with a wrong length
     * @param reset         counted from zero since this process began
     */
    public record Faults(Set<String> silent, Set<String> garbage, Set<String> wrongChecksum, Set<String> reset) {
        public static Faults none() {
            return new Faults(Set.of(), Set.of(), Set.of(), Set.of());
        }

        Set<String> all() {
            return java.util.stream.Stream.of(silent, garbage, wrongChecksum, reset).flatMap(Set::stream).collect(Collectors.toSet());
        }
    }

    private final List<Meter> meters;
    private final Faults faults;
    private final Clock clock;
    private final double speed;
    private final Instant begin;
    private final Map<Integer, ServerSocket> servers = new LinkedHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong answered = new AtomicLong();

    private MeterStand(List<Meter> meters, Faults faults, Clock clock, double speed) {
        this.meters = meters;
        this.faults = faults;
        this.clock = clock;
        this.speed = speed;
        this.begin = clock.instant();
    }

    /**
     * @param home  of the hub: its settings say which meters there are
     * @param speed how fast the meters' time goes by
     * @throws IOException when a port is taken
     */
    public static MeterStand open(Path home, Faults faults, Clock clock, double speed) throws IOException {
        MeterStand stand = new MeterStand(Meter.of(home), faults, clock, speed);
        try {
            for (Meter meter : stand.meters) {
                if (!stand.servers.containsKey(meter.port())) {
                    ServerSocket server = new ServerSocket(meter.port(), 50, InetAddress.getByName("127.0.0.1"));
                    stand.servers.put(meter.port(), server);
                    stand.thread("meters " + meter.port(), () -> stand.accept(server, meter.port()));
                }
            }
        } catch (IOException e) {
            stand.close();
            throw e;
        }
        return stand;
    }

    /** How many there are. */
    public int meters() {
        return meters.size();
    }

    public List<Integer> ports() {
        return new ArrayList<>(servers.keySet());
    }

    /** Answers given since the beginning. */
    public long answered() {
        return answered.get();
    }

    /** Names among the faults that no meter has. */
    public List<String> unknown() {
        Set<String> known = meters.stream().map(Meter::id).collect(Collectors.toSet());
        return faults.all().stream().filter(f -> !known.contains(f)).sorted().toList();
    }

    private void accept(ServerSocket server, int port) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                thread("meter line", () -> serve(socket, port));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket, int port) {
        byte[] buffer = new byte[256];
        try (socket; InputStream in = socket.getInputStream()) {
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                byte[] answer = answer(Arrays.copyOf(buffer, n), port);
                if (answer != null) {
                    socket.getOutputStream().write(answer);
                    answered.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // the other side has gone
        } finally {
            open.remove(socket);
        }
    }

    private byte[] answer(byte[] asked, int port) {
        String address = Answers.address(asked);
        if (address != null) {
            return meters.stream().filter(m -> m.port() == port && (address.equals(m.address()) || address.equals("AAAAAAAAAAAA"))).findFirst()
                    .map(m -> faulty(m, Answers.dlt645(asked, m.address(), digits(m)))).orElse(null);
        }
        Question question = Question.of(asked);
        if (question == null) {
            return null;
        }
        List<Meter> device = meters.stream().filter(m -> m.port() == port && m.address() == null && m.device() == question.device()).toList();
        if (device.isEmpty()) {
            return null;
        }
        return device.stream().filter(m -> m.register() == question.register() && question.function() == (m.table().equals("input") ? 4 : 3)).findFirst()
                .map(m -> faulty(m, Answers.modbus(asked, question, m, digits(m)))).orElseGet(() -> Answers.noSuchRegister(asked, question));
    }

    private byte[] faulty(Meter meter, byte[] answer) {
        if (faults.silent().contains(meter.id())) {
            return null;
        }
        if (faults.garbage().contains(meter.id())) {
            for (int i = 0; i < answer.length; i++) {
                answer[i] = (byte) (answer[i] * 31 + i * 17 + 1);
            }
        } else if (faults.wrongChecksum().contains(meter.id())) {
            answer[meter.protocol().equals("modbus-tcp") ? 5 : answer.length - 2]++;
        }
        return answer;
    }

    private BigInteger digits(Meter meter) {
        Instant now = begin.plusMillis((long) (Duration.between(begin, clock.instant()).toMillis() * speed));
        BigDecimal shown = Consumption.shown(meter, now);
        if (faults.reset().contains(meter.id())) {
            shown = shown.subtract(Consumption.shown(meter, begin));
        }
        return shown.unscaledValue();
    }

    private void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket server : servers.values()) {
            server.close();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }
}
