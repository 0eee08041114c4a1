package org.yuzui.ledger;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.ledger.Patience.await;
import static org.yuzui.ledger.Rig.LONG;

/** The tables of a day that begins. */
class NewDayTest extends OnARig {

    private static final byte[] MESSAGE = "MSH|".getBytes(StandardCharsets.UTF_8);

    /** A search through contents, an export, a backup: each reads for as long as it likes. */
    @Test
    void a_new_day_waits_for_nobody_who_reads() throws SQLException {
        commit(refused(Instant.parse("2026-04-01T08:00:00Z"), 183));
        try (Connection reading = rig.store.connection(); Statement read = reading.createStatement()) {
            read.executeQuery("SELECT count(*) FROM ledger.flow, ledger.hop, ledger.message, ledger.file");

            Hop nextDay = refused(Instant.parse("2026-04-02T08:00:00Z"), 183);
            Hop nextMonthOfAnotherContract = refused(Instant.parse("2026-05-02T08:00:00Z"), 31);
            commit(nextDay, nextMonthOfAnotherContract);

            assertThat(ledger.payload(nextDay.flow())).isPresent();
            assertThat(ledger.flow(nextMonthOfAnotherContract.flow())).isPresent();
            reading.rollback();
        }
    }

    @Test
    void a_new_table_has_all_that_the_others_have() {
        commit(refused(Instant.parse("2026-06-01T08:00:00Z"), 30));

        assertThat(indexesOf("flow_k30_20260601")).isEqualTo(indexesOf("flow")).isGreaterThan(5);
        assertThat(indexesOf("hop_k30_20260601")).isEqualTo(indexesOf("hop")).isPositive();
        assertThat(one("SELECT attstorage FROM pg_attribute WHERE attrelid = 'ledger.message_k30_20260601'::regclass AND attname = 'sealed'"))
                .as("sealed bytes are not pressed again").isEqualTo("e");
        assertThat(one("SELECT attgenerated FROM pg_attribute WHERE attrelid = 'ledger.flow_k30_20260601'::regclass AND attname = 'attention'"))
                .isEqualTo("s");
        assertThat(one("SELECT reloptions::text FROM pg_class WHERE oid = 'ledger.flow_k30_20260601'::regclass")).isEqualTo("{fillfactor=75}");
    }

    @Test
    void the_days_to_come_have_their_tables_before_they_begin() {
        Instant now = Clock.systemUTC().instant();

        commit(refused(now, 30));

        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        await().atMost(LONG).untilAsserted(() -> {
            for (LocalDate day : List.of(today.plusDays(1), today.plusDays(2))) {
                assertThat(one("SELECT to_regclass('ledger.hop_k30_" + day.format(DateTimeFormatter.BASIC_ISO_DATE) + "')")).isNotNull();
            }
        });
    }

    /** Who has the whole table for himself keeps a new day waiting; its hops wait in the broker, and nobody waits behind them. */
    @Test
    void a_day_that_finds_the_ledger_locked_begins_when_it_is_free() throws SQLException {
        commit(refused(Instant.parse("2026-04-01T08:00:00Z"), 183));
        Hop nextDay = refused(Instant.parse("2026-04-03T08:00:00Z"), 183);
        try (Connection locking = rig.store.connection(); Statement lock = locking.createStatement()) {
            lock.execute("LOCK TABLE ledger.hop IN SHARE UPDATE EXCLUSIVE MODE"); // as ANALYZE has it
            rig.commit(ledger, nextDay);

            assertThat(ledger.awaitDrained(Duration.ofSeconds(2))).isFalse();
            assertThat(ledger.find(new FlowQuery(FlowFilter.ALL, null, 10)).flows()).as("who reads is not kept waiting").isNotEmpty();
            locking.rollback();
        }

        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(ledger.flow(nextDay.flow())).isPresent();
    }

    private static Hop refused(Instant at, int keep) {
        return Hop.of(UUID.randomUUID(), HopKind.REFUSED, at).cause("bad", "bad").payload(MESSAGE).keep(keep).build();
    }

    private void commit(Hop... hops) {
        rig.commit(ledger, hops);
        assertThat(ledger.awaitDrained(LONG)).isTrue();
    }

    private static long indexesOf(String table) {
        return rig.store.jdbi().withHandle(h -> h.createQuery(
                "SELECT count(*) FROM pg_index WHERE indrelid = CAST('ledger." + table + "' AS regclass) AND indisvalid").mapTo(Long.class).one());
    }

    private static String one(String sql) {
        return rig.store.jdbi().withHandle(h -> h.createQuery(sql).mapTo(String.class).one());
    }
}
