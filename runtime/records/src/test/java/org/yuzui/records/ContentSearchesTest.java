package org.yuzui.records;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Message;
import org.yuzui.records.ContentSearch.State;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.records.Patience.await;
import static org.yuzui.records.RecordsRig.LONG;

/** 1,200 records; the value 4711 stands in those of which the number ends with 00. */
class ContentSearchesTest {

    private static final int RECORDS = 1_200;
    private static RecordsRig hub;
    private static ContentSearches searches;
    private static final List<UUID> IDS = new ArrayList<>();

    @BeforeAll
    static void open(@TempDir Path folder) {
        hub = new RecordsRig(folder);
        hub.records.publishAll(IntStream.range(0, RECORDS).mapToObj(i -> new Draft(Pipeline.CONTRACT,
                Pipeline.reading("510104", "M" + i, 1, i % 100 == 0 ? 4711 : 1), Pipeline.METER)).toList())
                .forEach(p -> IDS.add(p.record().id()));
        await().atMost(LONG).until(() -> hub.records.store().byId(IDS.get(RECORDS - 1)).isPresent());
        hub.records.store().versions(Pipeline.CONTRACT, "510104|M1"); // waits until all of them are there
        hub.drained();
        searches = ContentSearches.open(hub.ledger, hub.records.store(), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        searches.close();
        hub.close();
    }

    private static ContentSearch ended(long id) {
        await().atMost(LONG).until(() -> searches.find(id).orElseThrow().endedAt() != null);
        return searches.find(id).orElseThrow();
    }

    @Test
    void it_says_what_it_costs_and_looks_only_when_it_is_told_to() {
        List<ContentSearch> told = new CopyOnWriteArrayList<>();
        Registration listening = searches.listen(told::add);

        ContentSearch asked = searches.ask(FlowFilter.where().contract(Pipeline.CONTRACT).build(), "4711", "admin");

        assertThat(asked.state()).isEqualTo(State.ASKED);
        assertThat(asked.estimate().flows()).isEqualTo(RECORDS);
        assertThat(asked.estimate().bytes()).isGreaterThan(100L * RECORDS);
        assertThat(asked.estimate().seconds()).isPositive();
        assertThat(told).isEmpty();

        searches.start(asked.id());
        searches.start(asked.id());
        ContentSearch done = ended(asked.id());

        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.looked()).isEqualTo(RECORDS);
        assertThat(done.found()).isEqualTo(12);
        assertThat(done.hits()).extracting(Flow::id).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 12).mapToObj(i -> IDS.get(i * 100)).toList());
        assertThat(told).extracting(ContentSearch::looked).contains(500L, 1_000L);
        listening.close();
    }

    @Test
    void it_can_be_stopped_and_keeps_what_it_found() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (ContentSearches slow = ContentSearches.open(hub.ledger, hub.records.store(), (flow, text) -> {
            first.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        }, Clock.systemUTC())) {
            ContentSearch asked = slow.ask(FlowFilter.ALL, "nowhere", "admin");
            ContentSearch never = slow.ask(FlowFilter.ALL, "nowhere", "admin");
            slow.start(asked.id());
            await().until(() -> first.getCount() == 0);
            slow.stop(asked.id());
            slow.stop(never.id());
            go.countDown();
            slow.start(never.id());

            assertThat(slow.find(asked.id()).orElseThrow().state()).isEqualTo(State.STOPPED);
            assertThat(slow.find(asked.id()).orElseThrow().looked()).isZero();
            assertThat(slow.find(never.id()).orElseThrow().state()).as("it was stopped before it began").isEqualTo(State.STOPPED);
        }
    }

    @Test
    void what_was_kept_is_looked_into_by_who_may() {
        UUID refused = hub.records.refuse(new Origin("meters", "1", "r", "mbus", null, null, null, null, Message.of("secret words".getBytes(StandardCharsets.UTF_8))),
                null, new org.yuzui.spi.RefusedException("no", null, "no"));
        hub.drained();
        FlowFilter filter = FlowFilter.of(FlowStatus.REFUSED);
        try (ContentSearches allowed = ContentSearches.open(hub.ledger, hub.records.store(), (flow, text) -> hub.ledger.payload(flow.id())
                .filter(kept -> new String(kept.bytes(), java.nio.charset.StandardCharsets.UTF_8).contains(text)).isPresent(), Clock.systemUTC())) {
            long id = allowed.ask(filter, "secret", "admin").id();
            allowed.start(id);
            await().atMost(LONG).until(() -> allowed.find(id).orElseThrow().endedAt() != null);
            assertThat(allowed.find(id).orElseThrow().hits()).extracting(Flow::id).containsExactly(refused);
        }
        long id = searches.ask(filter, "secret", "admin").id();
        searches.start(id);
        assertThat(ended(id).found()).as("nobody else").isZero();
    }

    @Test
    void the_oldest_are_forgotten_and_running_ones_are_not() {
        long first = searches.ask(FlowFilter.ALL, "first", "admin").id();
        for (int i = 0; i < 40; i++) {
            searches.ask(FlowFilter.ALL, "more", "admin");
        }

        assertThat(searches.find(first)).isEmpty();
        assertThat(searches.find(first + 40)).isPresent();
    }
}
