package org.yuzui.ledger;

import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.BrokerSettings;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/** A real database and a real broker, empty. */
final class Rig implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(2);
    /** From so many bytes on a message lies in a file. */
    static final int LARGE = 20_000;

    final Path folder;
    final Store store;
    final Broker broker;

    Rig(Path folder) {
        this.folder = folder;
        this.store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
        this.broker = Broker.open(BrokerSettings.embedded(folder.resolve("artemis"), Ledger.TRAIL), Clock.systemUTC());
    }

    Ledger ledger() {
        return ledger(broker);
    }

    Ledger ledger(Broker through) {
        return Ledger.open(store, through, settings());
    }

    LedgerSettings settings() {
        return new LedgerSettings("node-1", folder.resolve("keys/payload.key"), Duration.ofMillis(1))
                .withFiles(folder.resolve("payloads"), LARGE);
    }

    /** One commit whose trail is these hops. */
    void commit(Ledger ledger, Hop... hops) {
        try (BrokerSession session = broker.session()) {
            for (Hop hop : hops) {
                session.trail(ledger.encode(hop));
            }
            session.commit();
        }
    }

    static Hop.Builder hop(UUID flow, HopKind kind, String at) {
        return Hop.of(flow, kind, Instant.parse(at)).in("his", "1.0.0", "receive-visit").record("his.visit.v1", "K-" + flow, "510104-H01");
    }

    /** Removes everything that the ledger holds. */
    void empty() {
        store.jdbi().useHandle(h -> h.execute("TRUNCATE ledger.hop, ledger.flow, ledger.message, ledger.file"));
        if (Files.exists(folder.resolve("payloads"))) {
            try (Stream<Path> files = Files.walk(folder.resolve("payloads"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        broker.close();
        store.close();
    }
}
