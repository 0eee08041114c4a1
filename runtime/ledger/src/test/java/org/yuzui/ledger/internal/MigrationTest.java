package org.yuzui.ledger.internal;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.BrokerSettings;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.LedgerSettings;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** A ledger that an earlier hub filled, with what that hub left in the broker. */
class MigrationTest {

    private static final Instant AT = Instant.parse("2026-03-10T08:00:00Z");
    private static final byte[] MESSAGE = "MSH|^~\\&|HIS|测试一号".getBytes(StandardCharsets.UTF_8);

    private static final String USER = "before";
    private static final UUID HANGING = UUID.fromString("00000000-0000-0000-0000-000000000007");

    @TempDir
    Path folder;

    @Test
    void messages_that_were_refused_before_still_open() throws SQLException {
        LedgerSettings settings = new LedgerSettings("node-1", folder.resolve("keys/payload.key"), Duration.ofMillis(1));
        PayloadCipher cipher = PayloadCipher.open(settings.keyFile(), settings.cipher());
        UUID refused = UUID.randomUUID();
        UUID onItsWay = UUID.randomUUID();
        try (Store server = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
             Broker broker = Broker.open(BrokerSettings.embedded(folder.resolve("artemis"), Ledger.TRAIL), Clock.systemUTC())) {
            String url = server.jdbi().withHandle(h -> {
                h.getConnection().setAutoCommit(true);
                h.execute("CREATE ROLE " + USER + " LOGIN SUPERUSER PASSWORD '" + USER + "'");
                h.execute("CREATE DATABASE before OWNER " + USER);
                return h.getConnection().getMetaData().getURL();
            }).replaceFirst("/[^/?]+(\\?.*)?$", "/before");
            fill(url, refused, cipher.seal(refused, MESSAGE));

            try (Store store = Store.open(new StoreSettings(url, USER, USER, folder.resolve("unused"), 4));
                 Ledger ledger = Ledger.open(store, broker, settings)) {
                assertThat(ledger.payload(refused)).hasValueSatisfying(kept -> {
                    assertThat(kept.bytes()).isEqualTo(MESSAGE);
                    assertThat(kept.content()).isFalse();
                });
                assertThat(ledger.flow(refused)).hasValueSatisfying(f -> assertThat(f.status()).isEqualTo(FlowStatus.REFUSED));
                assertThat(ledger.beside(ledger.hops(refused)).get(refused).size()).isEqualTo(MESSAGE.length);

                // What was there before is found by what was made since.
                assertThat(found(ledger, FlowFilter.where().contract("his.visit.v1").build())).containsExactly(HANGING);
                assertThat(found(ledger, FlowFilter.of(FlowStatus.ACCEPTED))).containsExactly(HANGING);
                assertThat(found(ledger, FlowFilter.where().units(Set.of("510104-H01", "510104")).build()))
                        .containsExactly(HANGING);
                assertThat(found(ledger, FlowFilter.where().text("visit-7").build())).containsExactly(HANGING);
                assertThat(found(ledger, FlowFilter.where().text("急诊").build())).containsExactly(refused);
                assertThat(ledger.flow(HANGING)).isPresent();

                trailOfBefore(broker, onItsWay, cipher.seal(onItsWay, MESSAGE));
                ledger.start();
                assertThat(ledger.awaitDrained(Duration.ofSeconds(30))).isTrue();
                assertThat(ledger.payload(onItsWay)).hasValueSatisfying(kept -> assertThat(kept.bytes()).isEqualTo(MESSAGE));

                ledger.forget(AT.plusSeconds(86_400L * 220));
                assertThat(ledger.payload(refused)).as("they go in their time").isEmpty();
            }
        }
    }

    private static List<UUID> found(Ledger ledger, FlowFilter filter) {
        return ledger.find(new FlowQuery(filter, null, 50)).flows().stream().map(Flow::id).toList();
    }

    /** As the version 0203 of the schema has it. */
    private static void fill(String url, UUID flow, byte[] sealed) throws SQLException {
        Flyway.configure().dataSource(url, USER, USER).locations("classpath:db/migration").defaultSchema("store").createSchemas(true)
                .outOfOrder(true).target("0203").load().migrate();
        try (Connection c = DriverManager.getConnection(url, USER, USER); Statement s = c.createStatement()) {
            s.execute("SELECT ledger.open_slice(w, 183, '2026-03-10T00:00:00Z') FROM unnest(ARRAY['hop', 'flow', 'payload']) AS w");
            s.execute("""
                    INSERT INTO ledger.flow (id, keep, placed, status, marks, contract, key, unit, plugin, route, first_at, last_at, arrivals, hops, size)
                    SELECT '%s', 183, t, 0, 1, 'his.visit.v1', '510104-H01|visit-7', '510104-H01', 'his', 'receive', t, t, 1, 1, 1
                    FROM (SELECT TIMESTAMPTZ '%s' AS t)""".formatted(HANGING, AT));
            try (PreparedStatement hop = c.prepareStatement("""
                    INSERT INTO ledger.hop (flow, at, id, keep, kind, micros, size, cause_code) VALUES (?, ?, 1, 183, 1, 0, ?, 'bad')""");
                 PreparedStatement row = c.prepareStatement("""
                    INSERT INTO ledger.flow (id, keep, placed, status, marks, first_at, last_at, arrivals, hops, size, cause)
                    VALUES (?, 183, ?, 4, 4, ?, ?, 1, 1, ?, 'no such ward: 急诊科')""");
                 PreparedStatement payload = c.prepareStatement("""
                    INSERT INTO ledger.payload (flow, keep, placed, sealed) VALUES (?, 183, ?, ?)""")) {
                Object at = AT.atOffset(ZoneOffset.UTC);
                hop.setObject(1, flow);
                hop.setObject(2, at);
                hop.setInt(3, MESSAGE.length);
                hop.execute();
                row.setObject(1, flow);
                for (int i = 2; i <= 4; i++) {
                    row.setObject(i, at);
                }
                row.setInt(5, MESSAGE.length);
                row.execute();
                payload.setObject(1, flow);
                payload.setObject(2, at);
                payload.setBytes(3, sealed);
                payload.execute();
            }
        }
    }

    /** A hop that holds its payload itself. */
    private void trailOfBefore(Broker broker, UUID flow, byte[] sealed) {
        byte[] hop = new HopCodec("node-1", Terms.open(folder.resolve("index.key")))
                .encode(Hop.of(flow, HopKind.REFUSED, AT).size(MESSAGE.length).cause("bad", "bad").build());
        byte[] entry = Arrays.copyOf(hop, hop.length + sealed.length);
        System.arraycopy(sealed, 0, entry, hop.length, sealed.length);
        int present = 1 + 1 + 8 + 16 + 8;
        ByteBuffer.wrap(entry).putInt(present, ByteBuffer.wrap(entry).getInt(present) | 1 << 13);
        try (BrokerSession session = broker.session()) {
            session.trail(entry);
            session.commit();
        }
    }
}
