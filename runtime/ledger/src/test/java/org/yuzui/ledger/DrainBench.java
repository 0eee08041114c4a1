package org.yuzui.ledger;

import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.BrokerSettings;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * How many hops a second go from the embedded broker to the embedded database: {@code DrainBench [hops] [hops a commit]}.
 * The traffic is the usual one: a record is received, stored a little later, and delivered after that.
 */
public final class DrainBench {

    private static final int ROUNDS = 5;

    private DrainBench() {
    }

    public static void main(String[] arguments) throws Exception {
        int total = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 600_000;
        int commit = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 32;
        Path folder = Files.createTempDirectory("yuzui-drain-bench");
        try (Store store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
             Broker broker = Broker.open(BrokerSettings.embedded(folder.resolve("artemis"), Ledger.TRAIL), Clock.systemUTC())) {
            Traffic traffic = new Traffic();
            for (int round = 0; round < ROUNDS; round++) {
                try (Ledger ledger = Ledger.open(store, broker, LedgerSettings.of("bench", folder.resolve("payload.key")))) {
                    send(broker, ledger, traffic, total / ROUNDS, commit);
                    long messages = ledger.lag();
                    long began = System.nanoTime();
                    ledger.start();
                    if (!ledger.awaitDrained(Duration.ofMinutes(10))) {
                        throw new IllegalStateException("not drained");
                    }
                    double seconds = (System.nanoTime() - began) / 1e9;
                    System.out.printf("%,d hops in %,d trail messages drained in %.1f s: %,.0f hops/s%n", total / ROUNDS, messages,
                            seconds, total / ROUNDS / seconds);
                }
            }
        }
    }

    private static void send(Broker broker, Ledger ledger, Traffic traffic, int hops, int commit) {
        try (BrokerSession session = broker.session()) {
            for (int sent = 0; sent < hops; sent += commit) {
                traffic.next(commit).forEach(hop -> session.trail(ledger.encode(hop)));
                session.commit();
            }
        }
    }

    /** Records under way. */
    private static final class Traffic {

        private final Deque<UUID> toStore = new ArrayDeque<>();
        private final Deque<UUID> toDeliver = new ArrayDeque<>();
        private Instant at = Instant.parse("2026-11-22T08:00:00Z");
        private int number;

        List<Hop> next(int count) {
            List<Hop> hops = new ArrayList<>(count);
            while (hops.size() < count) {
                UUID id = UUID.randomUUID();
                number++;
                hops.add(Hop.of(id, HopKind.RECEIVED, now()).in("his", "1.0.0", "receive-visit")
                        .record("his.visit.v1", "510104-H01|V2026" + number, "5101%02d-H01".formatted(number % 24))
                        .from("mllp 10.20.30.40 SCSY", "ADT^A01", "MSG%08d".formatted(number)).took(850).size(900).build());
                toStore.add(id);
                if (toStore.size() > 300) {
                    UUID stored = toStore.remove();
                    hops.add(step(stored, HopKind.STORED, "store"));
                    toDeliver.add(stored);
                }
                if (toDeliver.size() > 300) {
                    hops.add(step(toDeliver.remove(), HopKind.DELIVERED, "site/visits-to-csv"));
                }
            }
            return hops;
        }

        private Hop step(UUID id, HopKind kind, String subscription) {
            return Hop.of(id, kind, now()).in("his", "1.0.0", "visits-to-csv").record("his.visit.v1", "510104-H01|V2026", "510104-H01")
                    .subscription(subscription).took(400).size(900).build();
        }

        private Instant now() {
            at = at.plusNanos(50_000);
            return at;
        }
    }
}
