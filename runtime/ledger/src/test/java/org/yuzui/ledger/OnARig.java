package org.yuzui.ledger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.ledger.Rig.LONG;

/** A ledger that drains, on a database and a broker of the test's own; each test begins with nothing in it. */
abstract class OnARig {

    static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    static Path folder;
    static Rig rig;

    Ledger ledger;

    @BeforeAll
    static void openRig() {
        rig = new Rig(folder);
    }

    @AfterAll
    static void closeRig() {
        rig.close();
    }

    @BeforeEach
    void openLedger() {
        ledger = rig.ledger();
        ledger.start();
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
        rig.empty();
    }

    /** An arrival that speaks of a message. */
    static Hop.Builder received(Message message, Instant at) {
        return Hop.of(UUID.randomUUID(), HopKind.RECEIVED, at).in("his", "1.0.0", "receive-visit").record("his.visit.v1", "K", null)
                .message(message.id());
    }

    /** Returns when it is in the database. */
    void commit(List<byte[]> entries) {
        try (var session = rig.broker.session()) {
            entries.forEach(session::trail);
            session.commit();
        }
        assertThat(ledger.awaitDrained(LONG)).isTrue();
    }

    /** What the hop speaks of. */
    byte[] opened(Hop hop) {
        Map<UUID, Keepsake> beside = ledger.beside(ledger.hops(hop.flow()));
        try (InputStream in = ledger.open(beside.get(hop.message())).orElseThrow()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long count(String table) {
        return rig.store.jdbi().withHandle(h -> h.createQuery("SELECT count(*) FROM ledger." + table).mapTo(Long.class).one());
    }

    /** Of messages. */
    static List<Path> files() {
        try (Stream<Path> all = Files.walk(folder.resolve("payloads"))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
