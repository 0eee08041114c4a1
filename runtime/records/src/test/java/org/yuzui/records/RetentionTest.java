package org.yuzui.records;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract of {@link Pipeline} keeps its records for 90 days. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionTest {

    private Pipeline hub;
    private LocalDate today;

    @BeforeAll
    void open(@TempDir Path data) {
        hub = new Pipeline(data);
        today = LocalDate.now(hub.clock);
    }

    @AfterAll
    void close() {
        hub.close();
    }

    private String publish(String meter, int minute, LocalDate day) {
        ObjectNode reading = (ObjectNode) Pipeline.reading("510104", meter, minute, minute);
        if (day == null) {
            reading.remove("day");
        } else {
            reading.put("day", day.toString());
        }
        return hub.records.publish(new Draft(Pipeline.CONTRACT, reading, Pipeline.METER)).record().key();
    }

    private Retention.Removed runAfter(int days) throws InterruptedException {
        versions("a read waits for what was published");
        return new Retention(hub.store, hub.contracts, hub.ledger, Clock.offset(hub.clock, Duration.ofDays(days))).run();
    }

    private List<Integer> versions(String key) {
        return hub.records.store().versions(Pipeline.CONTRACT, key).stream().map(StoredRecord::version).toList();
    }

    @Test
    void aKeyGoesWithAllItsVersionsWhenItsNewestIsTooOldAndBeginsAnewWhenItComesAgain() throws Exception {
        String old = publish("old", 1, today.minusDays(90));
        publish("old", 2, today.minusDays(89));
        publish("old", 0, today); // late, and not the newest
        String corrected = publish("corrected", 1, today.minusDays(200));
        publish("corrected", 2, today);
        String future = publish("future", 1, today.plusYears(50));
        String dayless = publish("dayless", 1, null);

        assertThat(runAfter(0)).isEqualTo(new Retention.Removed(1, 0));
        assertThat(versions(old)).as("its newest is young enough").containsExactly(1, 2, 3);
        assertThat(versions(corrected)).as("only what is old of it").containsExactly(2);

        assertThat(runAfter(2)).as("the day, though it arrived now").isEqualTo(new Retention.Removed(3, 0));
        assertThat(versions(old)).isEmpty();
        publish("old", 5, today);
        publish("old", 6, today);
        assertThat(versions(old)).containsExactly(1, 2);
        assertThat(versions(future)).containsExactly(1);

        assertThat(runAfter(92)).as("arrival, whatever day it says").isEqualTo(new Retention.Removed(5, 0));
        assertThat(List.of(versions(future), versions(dayless), versions(corrected), versions(old)))
                .allMatch(List::isEmpty);
        assertThat(runAfter(92)).isEqualTo(new Retention.Removed(0, 0));
    }

    @Test
    void whatIsManyGoesInBatchesAndAnInterruptEndsTheRun() throws Exception {
        for (int i = 0; i < 2500; i++) {
            hub.store.jdbi().useHandle(h -> h.execute("""
                    INSERT INTO records.record (id, contract, key, version, latest, day, arrived_at, body)
                    VALUES (gen_random_uuid(), ?, gen_random_uuid()::text, 1, true, DATE '2001-01-01', now(), '{}')""",
                    Pipeline.CONTRACT));
        }
        Retention retention = new Retention(hub.store, hub.contracts, hub.ledger, hub.clock);
        Thread.currentThread().interrupt();
        assertThatThrownBy(retention::run).isInstanceOf(InterruptedException.class);
        assertThat(runAfter(0).records()).isGreaterThanOrEqualTo(2500);
    }
}
