package org.yuzui.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.store.Patience.await;

/** An index that a migration wanted comes while the table is used. */
class LateIndexesTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private final Store store = SharedStore.get();

    @BeforeEach
    void aTableOfDays() {
        run("""
                CREATE SCHEMA late;
                CREATE TABLE late.step (id int, at date, kind text) PARTITION BY LIST (kind);
                CREATE TABLE late.step_a PARTITION OF late.step FOR VALUES IN ('a') PARTITION BY RANGE (at);
                CREATE TABLE late.step_a_1 PARTITION OF late.step_a FOR VALUES FROM ('2026-11-01') TO ('2026-11-02');
                CREATE TABLE late.step_a_2 PARTITION OF late.step_a FOR VALUES FROM ('2026-11-02') TO ('2026-11-03');
                INSERT INTO late.step SELECT n, date '2026-11-01' + n % 2, 'a' FROM generate_series(1, 1000) n;
                CREATE TABLE late.plain (id int);
                """);
    }

    @AfterEach
    void gone() {
        run("DROP SCHEMA late CASCADE; DELETE FROM store.late_index");
    }

    @Test
    void it_is_made_of_every_table_and_used() {
        want("step_id", "late.step", "USING hash (id)");
        want("plain_id", "late.plain", "(id)");

        try (LateIndexes indexes = LateIndexes.make(store)) {
            await().atMost(LONG).until(() -> left() == 0);
        }

        assertThat(valid("step_id")).isTrue();
        assertThat(valid("plain_id")).isTrue();
        run("CREATE TABLE late.step_a_3 PARTITION OF late.step_a FOR VALUES FROM ('2026-11-03') TO ('2026-11-04')");
        assertThat(one("SELECT count(*) FROM pg_indexes WHERE schemaname = 'late' AND tablename = 'step_a_3'")).isEqualTo("1");
    }

    /** CREATE INDEX CONCURRENTLY waits for who reads; nobody waits for it, and what was added meanwhile has it too. */
    @Test
    void readers_and_writers_go_on_while_it_waits_for_one_of_them() throws SQLException {
        want("step_id", "late.step", "(id)");
        try (Connection reading = store.connection(); Statement read = reading.createStatement()) {
            read.executeQuery("SELECT count(*) FROM late.step");
            try (LateIndexes indexes = LateIndexes.make(store)) {
                await().atMost(LONG).until(() -> indexes.progress().isPresent());
                assertThat(indexes.progress()).get().asString().startsWith("late.step_id: ").endsWith(" of 2 tables");
                run("INSERT INTO late.step VALUES (7, '2026-11-02', 'a')");
                run("SET lock_timeout = '5s'; SELECT count(*) FROM late.step");
                reading.rollback();

                await().atMost(LONG).until(() -> left() == 0);
                assertThat(indexes.progress()).isEmpty();
            }
        }
        assertThat(valid("step_id")).isTrue();
    }

    /** The hub was killed in the midst of it. */
    @Test
    void what_was_cut_off_is_made_anew() throws SQLException {
        want("step_id", "late.step", "(id)");
        run("CREATE INDEX step_id ON ONLY late.step (id)");
        try (Connection reading = store.connection(); Statement read = reading.createStatement()) {
            read.executeQuery("SELECT count(*) FROM late.step");
            LateIndexes cut = LateIndexes.make(store);
            await().atMost(LONG).until(() -> one("SELECT count(*) FROM pg_index WHERE NOT indisvalid AND indexrelid::regclass::text LIKE '%step_a_2%'"
                    + " OR indrelid = 'late.step_a_2'::regclass").equals("1"));
            cut.close();
            reading.rollback();
        }
        assertThat(left()).isEqualTo(1);

        try (LateIndexes indexes = LateIndexes.make(store)) {
            await().atMost(LONG).until(() -> left() == 0);
        }

        assertThat(valid("step_id")).isTrue();
        assertThat(one("SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relname LIKE 'step%' AND NOT indisvalid")).isEqualTo("0");
    }

    @Test
    void what_is_wanted_of_a_table_that_is_gone_is_wanted_no_more() {
        want("gone_id", "late.gone", "(id)");

        try (LateIndexes indexes = LateIndexes.make(store)) {
            await().atMost(LONG).until(() -> left() == 0);
        }
    }

    private void want(String name, String table, String definition) {
        store.jdbi().useHandle(h -> h.execute("INSERT INTO store.late_index VALUES (?, ?, ?)", name, table, definition));
    }

    private long left() {
        return Long.parseLong(one("SELECT count(*) FROM store.late_index"));
    }

    private boolean valid(String index) {
        return one("SELECT indisvalid FROM pg_index WHERE indexrelid = 'late." + index + "'::regclass").equals("t");
    }

    private String one(String sql) {
        return store.jdbi().withHandle(h -> h.createQuery(sql).mapTo(String.class).one());
    }

    private void run(String sql) {
        store.jdbi().useHandle(h -> h.createScript(sql).execute());
    }
}
