package org.yuzui.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.BrokerSettings;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.LedgerSettings;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

/**
 * The ledger with half a year in it: how long searches take, how many hops a second it takes in, and what a flow weighs on the disk.
 * {@code YUZUI_BENCH_KEEP} names a folder in which the filled ledger is left, and found again; {@code YUZUI_BENCH_LEDGER} says what
 * of it is measured: {@code searches}, {@code drain}, or a regular expression of the searches' names; else all.
 */
final class LedgerScenario implements Scenario {

    static final String NAME = "ledger";
    private static final int COMMIT = 32;

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        String keep = System.getenv("YUZUI_BENCH_KEEP");
        Path home = keep == null ? setting.work().resolve(NAME) : Path.of(keep);
        Path data = home.resolve("data");
        Processes.workingOn(home);
        Path filled = home.resolve("filled");
        String only = System.getenv().getOrDefault("YUZUI_BENCH_LEDGER", "");
        try {
            LedgerFill fill = null;
            boolean fresh = Files.notExists(filled);
            if (fresh) {
                Folders.delete(data); // what was left half filled
            }
            try (Store store = Store.open(StoreSettings.embedded(data.resolve("postgres")));
                 Broker broker = Broker.open(BrokerSettings.embedded(data.resolve("artemis"), Ledger.TRAIL), Clock.systemUTC());
                 Ledger ledger = Ledger.open(store, broker, settings(data))) {
                fill = new LedgerFill(store, data.resolve("keys/index.key"), setting.count(10_000_000, 1_000_000));
                if (fresh) {
                    long began = System.nanoTime();
                    fill.fill();
                    Files.createFile(filled);
                    results.add(Figure.of(NAME, "filled by COPY, indexes made after", (System.nanoTime() - began) / 1e9, "s"));
                }
                weigh(store, results);
                ledger.awaitDrained(Duration.ofSeconds(1));
            }
            // The server begins anew: its own memory is cold, the system's is not.
            try (Store store = Store.open(StoreSettings.embedded(data.resolve("postgres")));
                 Broker broker = Broker.open(BrokerSettings.embedded(data.resolve("artemis"), Ledger.TRAIL), Clock.systemUTC());
                 Ledger ledger = Ledger.open(store, broker, settings(data))) {
                if (!fresh) {
                    fill.samples.clear();
                    fill = new LedgerFill(store, data.resolve("keys/index.key"), 1);
                    fill.sampleFrom(500);
                }
                if (!only.equals("drain")) {
                    LedgerSearches searches = new LedgerSearches(ledger, fill, only.isEmpty() || only.equals("searches") ? ".*" : only);
                    searches.measure("first, ", 1, results);
                    searches.measure("", setting.count(40, 20), results);
                    searches.measureOthers(setting.count(40, 20), results);
                }
                if (only.isEmpty() || only.equals("drain")) {
                    drain(broker, ledger, home, setting.count(300_000, 150_000), results);
                }
            }
        } finally {
            Processes.database(home).forEach(ProcessHandle::destroyForcibly);
            if (keep == null) {
                Folders.delete(home);
            }
        }
    }

    private static LedgerSettings settings(Path data) {
        return LedgerSettings.of("bench", data.resolve("keys/payload.key"));
    }

    private static void weigh(Store store, Results results) {
        store.jdbi().useHandle(h -> {
            long flows = h.createQuery("SELECT count(*) FROM ledger.flow").mapTo(Long.class).one();
            for (String what : new String[] {"flow", "hop"}) {
                long bytes = h.createQuery("SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree(CAST(:t AS regclass)) WHERE isleaf")
                        .bind("t", "ledger." + what).mapTo(Long.class).one();
                long indexes = h.createQuery("SELECT sum(pg_indexes_size(relid)) FROM pg_partition_tree(CAST(:t AS regclass)) WHERE isleaf")
                        .bind("t", "ledger." + what).mapTo(Long.class).one();
                results.add(Figure.of(NAME, "disk a flow: " + (what.equals("flow") ? "its line" : "its four hops"), (double) bytes / flows, "bytes")
                        .note("of these indexes", (double) indexes / flows).note("GB in all", bytes / 1e9));
            }
        });
    }

    /** First the trail alone, then what lies in it drained, then both at once: whether the ledger holds up who writes the trail. */
    private static void drain(Broker broker, Ledger ledger, Path home, int hops, Results results) {
        Traffic traffic = new Traffic();
        double alone = hops / send(broker, ledger, traffic, hops);
        long lag = ledger.lag();
        Duration cpu = Usage.cpu(List.of(ProcessHandle.current()));
        Duration databaseCpu = Usage.cpu(Processes.database(home));
        long began = System.nanoTime();
        ledger.start();
        awaitDrained(ledger);
        results.add(Figure.of(NAME, "drained into the full ledger", hops / ((System.nanoTime() - began) / 1e9), "hops/s")
                .note("from messages", lag)
                .note("CPU µs a hop: broker and drain", Usage.cpu(List.of(ProcessHandle.current())).minus(cpu).toNanos() / 1e3 / hops)
                .note("database", Usage.cpu(Processes.database(home)).minus(databaseCpu).toNanos() / 1e3 / hops));
        began = System.nanoTime();
        double beside = hops / send(broker, ledger, traffic, hops);
        lag = ledger.lag();
        awaitDrained(ledger);
        results.add(Figure.of(NAME, "hops committed by one session while the ledger drains", beside, "hops/s").note("while it does not", alone)
                .note("lag at the end, messages", lag).note("both, sent and drained, hops/s", hops / ((System.nanoTime() - began) / 1e9)));
    }

    /** @return seconds */
    private static double send(Broker broker, Ledger ledger, Traffic traffic, int hops) {
        long began = System.nanoTime();
        try (BrokerSession session = broker.session()) {
            for (int sent = 0; sent < hops; sent += COMMIT) {
                for (int i = 0; i < COMMIT; i++) {
                    session.trail(ledger.encode(traffic.next()));
                }
                session.commit();
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static void awaitDrained(Ledger ledger) {
        if (!ledger.awaitDrained(Duration.ofMinutes(10))) {
            throw new IllegalStateException("not drained");
        }
    }

    /** Each record arrives, is stored a little later and delivered after that. */
    private static final class Traffic {

        private final Deque<UUID> toStore = new ArrayDeque<>();
        private final Deque<UUID> toDeliver = new ArrayDeque<>();
        private Instant at = Instant.now(Clock.systemUTC());
        private int number;

        Hop next() {
            at = at.plusNanos(50_000);
            number++;
            if (toDeliver.size() > 300) {
                return step(toDeliver.remove(), HopKind.DELIVERED, "site/visits-to-csv");
            }
            if (toStore.size() > 300) {
                UUID id = toStore.remove();
                toDeliver.add(id);
                return step(id, HopKind.STORED, "store");
            }
            UUID id = UUID.randomUUID();
            toStore.add(id);
            return Hop.of(id, HopKind.RECEIVED, at).in("his", "1.0.0", "receive-visit")
                    .record("his.visit.v1", "510104-H01|W2026" + number, "5101%02d-H01".formatted(number % 10 + 1))
                    .from("mllp 10.20.30.40 SCSY", "ADT^A01", "NEW%08d".formatted(number)).took(850).size(900)
                    .fields(Map.of("visit", "W2026" + number, "asset", "A" + number % 20_000, "state", "s" + number % 5)).build();
        }

        private Hop step(UUID id, HopKind kind, String subscription) {
            return Hop.of(id, kind, at).in("his", "1.0.0", "visits-to-csv").record("his.visit.v1", "510104-H01|W2026", "510104-H01")
                    .subscription(subscription).took(400).size(900).build();
        }
    }
}
