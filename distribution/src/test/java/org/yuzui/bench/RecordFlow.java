package org.yuzui.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.PluginState;
import org.yuzui.launcher.Hub;
import org.yuzui.launcher.HubConfig;
import org.yuzui.ledger.Message;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.RecordQuery;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.routing.RouteStatus;

/**
 * A hub with a small plugin in this process, driven by lines of commands and answering in lines of JSON:
 * {@code threads <n> <seconds>} publishes from threads, {@code capture on|off <n> <seconds>} the same with messages that are kept or not, {@code batches <n>} lets a route publish, {@code check} counts what
 * came of it all. It ends with its input.
 */
public final class RecordFlow implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(4);
    private static final String PASS_ON = "pass-on";

    private final Hub hub;
    private final Path routes;
    private final BenchRecords records = new BenchRecords();
    private final LongAdder published = new LongAdder();
    private final LongAdder passedOn = new LongAdder();

    private RecordFlow(Path home) throws Exception {
        BenchRecords.site(home);
        routes = home.resolve("routes");
        hub = Hub.start(HubConfig.load(home));
        try {
            prepare();
        } catch (Exception e) {
            hub.close();
            throw e;
        }
    }

    private void prepare() throws Exception {
        hub.plugins().list().stream().filter(p -> p.state() != PluginState.RUNNING).findAny().ifPresent(p -> {
            throw new IllegalStateException(p.id() + " does not run: " + p.problem());
        });
        // From now on there is a queue that keeps what comes while the route is away.
        route(true);
        route(false);
    }

    /** @param args the home to make */
    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        ObjectMapper json = new ObjectMapper();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (RecordFlow flow = new RecordFlow(Path.of(args[0]))) {
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                System.out.println(json.writeValueAsString(flow.answer(command.split(" "))));
            }
        }
        System.exit(0); // the broker's client threads would stay a minute
    }

    private Map<String, Object> answer(String[] words) {
        try {
            return switch (words[0]) {
                case "threads" -> threads(Integer.parseInt(words[1]), Double.parseDouble(words[2]));
                case "capture" -> capture(words[1].equals("on"), Integer.parseInt(words[2]), Double.parseDouble(words[3]));
                case "batches" -> batches(Integer.parseInt(words[1]));
                case "check" -> check();
                default -> throw new IllegalArgumentException("an unknown command: " + words[0]);
            };
        } catch (Exception e) {
            return Map.of("error", e.toString());
        }
    }

    private Map<String, Object> threads(int threads, double seconds) throws Exception {
        Measurement measurement = new Measurement();
        Parallel.Done done = Parallel.run(threads, seconds, (thread, end) -> {
            long pieces = 0;
            while (System.nanoTime() < end) {
                publish(BenchRecords.READING);
                pieces++;
            }
            return pieces;
        });
        published.add(done.pieces());
        measurement.published();
        awaitEverything();
        return measurement.through(done.pieces());
    }

    private Map<String, Object> capture(boolean on, int threads, double seconds) throws Exception {
        Measurement measurement = new Measurement();
        AtomicReference<UUID> last = new AtomicReference<>();
        Parallel.Done done = Parallel.run(threads, seconds, (thread, end) -> {
            long pieces = 0;
            while (System.nanoTime() < end) {
                Origin origin = new Origin("bench", "1.0.0", "bench", "mllp 127.0.0.1", "ORU^R01", null, null, null, Message.of(records.message()));
                last.set(hub.records().publish(new Draft(on ? BenchRecords.CAPTURED : BenchRecords.FORGOTTEN, records.next(), origin)).record().id());
                pieces++;
            }
            return pieces;
        });
        measurement.published();
        awaitEverything();
        Map<String, Object> answer = measurement.through(done.pieces());
        if (hub.ledger().beside(hub.ledger().hops(last.get())).isEmpty() == on) {
            throw new IllegalStateException("of " + last + " is kept what should not be, or not what should");
        }
        return answer;
    }

    /** Records that wait for a route when it comes; it publishes another one for each, in the transactions that take them. */
    private Map<String, Object> batches(int count) throws Exception {
        int threads = 32;
        Parallel.run(threads, PATIENCE.toSeconds(), (thread, end) -> {
            for (int i = thread; i < count; i += threads) {
                publish(BenchRecords.ORDER);
            }
            return 0;
        });
        Waiting.until("the ledger has taken what waits", PATIENCE, LOOK, () -> hub.ledger().lag() == 0);
        route(true);
        Measurement measurement = new Measurement();
        Waiting.until("the route has taken all", PATIENCE, LOOK, () -> waiting(PASS_ON) == 0);
        measurement.published();
        awaitEverything();
        passedOn.add(count);
        Map<String, Object> answer = measurement.through(count);
        route(false);
        return answer;
    }

    private void publish(String contract) {
        hub.records().publish(new Draft(contract, records.next(), Origin.of("bench", "1.0.0", "bench")));
    }

    /** Puts the route into the site's folder, or takes it away, and waits until the hub has followed. */
    private void route(boolean there) throws Exception {
        Path file = routes.resolve(PASS_ON + ".camel.yaml");
        if (there) {
            Path part = routes.resolveSibling(PASS_ON + ".part");
            Files.writeString(part, BenchRecords.PASS_ON);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.delete(file);
        }
        Waiting.until("the route is " + (there ? "there" : "gone"), PATIENCE, Duration.ofMillis(1), () ->
                there == hub.routing().routes().stream().anyMatch(r -> r.id().equals(PASS_ON) && r.state().equals("Started")));
    }

    private long waiting(String subscription) {
        return hub.records().subscriptions().stream().filter(s -> s.name().endsWith(subscription))
                .mapToLong(SubscriptionStatus::waiting).sum();
    }

    private void awaitEverything() throws Exception {
        Waiting.until("all is delivered, stored and in the ledger", PATIENCE, LOOK, () -> hub.ledger().lag() == 0
                && hub.records().subscriptions().stream().allMatch(s -> s.waiting() == 0 && s.retrying() == 0));
    }

    /** That nothing was fast because it was not done. */
    private Map<String, Object> check() {
        LongAdder stored = new LongAdder();
        for (String contract : List.of(BenchRecords.READING, BenchRecords.PASSED)) {
            hub.records().store().each(RecordQuery.byDay(contract, BenchRecords.DAY), r -> stored.increment());
        }
        long expected = published.sum() + passedOn.sum();
        long delivered = hub.routing().routes().stream().filter(r -> r.owner().equals("bench")).mapToLong(RouteStatus::done).sum();
        if (stored.sum() != expected || delivered != expected) {
            throw new IllegalStateException(expected + " records were published, " + stored + " are stored, "
                    + delivered + " were delivered");
        }
        return Map.of("records", stored.sum());
    }

    /** The times of one measurement, and the processor time that it took. */
    private final class Measurement {
        private final long began = System.nanoTime();
        private final Duration cpu = Usage.cpu(List.of(ProcessHandle.current()));
        private final Duration database = Usage.cpu(Processes.database(hub.config().home()));
        private long publishedAt;

        void published() {
            publishedAt = System.nanoTime();
        }

        Map<String, Object> through(long count) throws IOException {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("through", (System.nanoTime() - began) / 1e9);
            answer.put("published", (publishedAt - began) / 1e9);
            answer.put("records", count);
            answer.put("bytes", records.bytes());
            answer.put("cpuSeconds", seconds(Usage.cpu(List.of(ProcessHandle.current())).minus(cpu)));
            answer.put("databaseCpuSeconds", seconds(Usage.cpu(Processes.database(hub.config().home())).minus(database)));
            return answer;
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1000.0;
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}
