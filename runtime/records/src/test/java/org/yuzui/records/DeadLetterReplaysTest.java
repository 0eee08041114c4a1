package org.yuzui.records;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.spi.RefusedException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.records.Patience.await;
import static org.yuzui.records.RecordsRig.LONG;

/** Dead letters that are chosen, and those beside them that are not. */
class DeadLetterReplaysTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static RecordsRig hub;

    private final MendableSink sink = new MendableSink(() -> new RefusedException("closed", null, "the sink is closed"));
    private String subscription;
    private Replays replays;

    @BeforeAll
    static void open(@TempDir Path folder) {
        hub = new RecordsRig(folder);
    }

    @AfterAll
    static void shut() {
        hub.close();
    }

    @BeforeEach
    void begin() {
        subscription = "letters/" + NUMBER.incrementAndGet();
        replays = hub.records.replays((origin, message) -> {
            throw new AssertionError("no message goes in here");
        });
        replays.goOn();
    }

    @AfterEach
    void end() {
        replays.close();
        hub.drained();
        hub.empty();
    }

    @Test
    void a_choice_among_many_dead_letters_leaves_the_others_in_their_order() throws Exception {
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            List<UUID> ids = dead("order", 700);

            assertThat(done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, Set.of(ids.get(10))), "admin")).done()).isEqualTo(1);
            await().atMost(LONG).until(() -> sink.delivered.size() == 1);
            sink.delivered.clear();
            assertThat(all().done()).isEqualTo(699);

            assertDeliveredInOrder("order", 699);
        }
    }

    @Test
    void a_replay_of_dead_letters_that_is_stopped_leaves_the_rest_in_their_order() throws Exception {
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            List<UUID> ids = dead("stop", 60);
            Set<UUID> odd = new HashSet<>();
            for (int i = 1; i < 60; i += 2) {
                odd.add(ids.get(i));
            }

            Replay slow = replays.start(new ReplayRequest(ReplayRequest.Action.SEND_ON, FlowFilter.ALL, odd, null, 5, null), "admin");
            await().atMost(LONG).until(() -> replays.find(slow.id()).orElseThrow().done() > 3);
            replays.stop(slow.id());
            long sent = done(slow).done();
            await().atMost(LONG).until(() -> sink.delivered.size() == sent);
            assertThat(all().done()).isEqualTo(60 - sent);

            assertDeliveredInOrder("stop", 60);
        }
    }

    /** One that was sent on alone and given up again lies behind those of its key that came after it. */
    @Test
    void a_replay_of_what_was_replayed_before_sends_the_earlier_one_first() throws Exception {
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            List<UUID> ids = dead("again", 12);
            sink.mended = false;
            assertThat(done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, Set.of(ids.get(0), ids.get(4), ids.get(5))), "admin")).done()).isEqualTo(3);
            hub.awaitDead(subscription, ids);
            sink.mended = true;

            Replay replay = all();

            assertThat(replay.done()).isEqualTo(12);
            assertDeliveredInOrder("again", 12);
        }
    }

    @Test
    void a_key_that_two_subscriptions_gave_up_keeps_no_one_waiting_for_what_lies_in_the_other() throws Exception {
        MendableSink other = new MendableSink(() -> new RefusedException("closed", null, "the sink is closed"));
        other.mended = true;
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink);
             var second = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription + "-b"), other)) {
            UUID first = hub.publish("two", 1, 1);
            await().atMost(LONG).until(() -> hub.dead(subscription) == 1 && other.delivered.size() == 1);
            other.mended = false;
            UUID next = hub.publish("two", 2, 2);
            hub.awaitDead(subscription, List.of(first, next));
            hub.awaitDead(subscription + "-b", List.of(next));
            sink.mended = true;
            other.mended = true;

            assertThat(all().done()).isEqualTo(2);

            await().atMost(LONG).until(() -> sink.delivered.size() == 2 && other.delivered.size() == 2);
            assertThat(sink.delivered).containsExactly("two 1", "two 2");
        }
    }

    @Test
    void a_replay_that_the_hub_s_end_cut_off_between_two_subscriptions_serves_both_once() throws Exception {
        MendableSink other = new MendableSink(() -> new RefusedException("closed", null, "the sink is closed"));
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink);
             var second = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription + "-b"), other)) {
            hub.awaitDead(subscription + "-b", dead("both", 12));
            other.mended = true;
            Replay slow = replays.start(new ReplayRequest(ReplayRequest.Action.SEND_ON, FlowFilter.ALL, null, null, 4, null), "admin");
            await().atMost(LONG).until(() -> sink.delivered.size() + other.delivered.size() > 5);
            replays.close();
            long done = replays.find(slow.id()).orElseThrow().done();
            // None is done that lies in the other one.
            await().atMost(LONG).until(() -> Math.min(sink.delivered.size(), other.delivered.size()) >= done);

            replays = hub.records.replays((origin, message) -> { });
            replays.goOn();

            assertThat(done(slow).done()).isEqualTo(12);
            assertDeliveredInOrder("both", 12);
            await().atMost(LONG).until(() -> other.delivered.size() == 12);
            assertThat(other.delivered).doesNotHaveDuplicates();
            assertThat(sink.delivered).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_letter_that_nobody_has_any_more_is_not_said_to_need_nothing() throws Exception {
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            UUID id = hub.publish("lost letter", 1, 3);
            hub.awaitDead(subscription, List.of(id));
            hub.broker.removeQueue("dead." + subscription);
            hub.broker.queue("dead." + subscription, "dead." + subscription);

            Replay replay = all();

            assertThat(replay.failed()).isEqualTo(1);
            assertThat(replay.skipped()).isZero();
            assertThat(replay.problem()).isEqualTo("1 × no-dead-letter");
            assertThat(hub.status(id)).isEqualTo(FlowStatus.DEAD);
        }
    }

    @Test
    void what_the_store_can_not_take_can_be_dismissed() {
        hub.store.jdbi().useHandle(h -> {
            h.execute("CREATE FUNCTION records.poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '22023'; END $$");
            h.execute("CREATE TRIGGER poison BEFORE INSERT ON records.record FOR EACH ROW WHEN (NEW.key LIKE '%poison') EXECUTE FUNCTION records.poison()");
        });
        try {
            UUID id = hub.publish("poison", 1, 3);
            await().atMost(LONG).until(() -> {
                hub.drained();
                return hub.status(id) == FlowStatus.DEAD;
            });

            assertThat(all().failed()).as("the database would refuse it again").isEqualTo(1);
            Replay dismissed = done(replays.start(new ReplayRequest(ReplayRequest.Action.DISMISS, FlowFilter.ALL, null, null, 0, "not a reading"), "admin"));

            assertThat(dismissed.done()).isEqualTo(1);
            hub.drained();
            assertThat(hub.status(id)).isEqualTo(FlowStatus.SETTLED);
        } finally {
            hub.store.jdbi().useHandle(h -> h.execute("DROP TRIGGER poison ON records.record; DROP FUNCTION records.poison()"));
        }
    }

    /** Of two keys by turns, given up; the sink takes them from then on. */
    private List<UUID> dead(String meter, int count) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drafts.add(new Draft(Pipeline.CONTRACT, Pipeline.reading("510104", meter + i % 2, 1, i), Pipeline.METER));
        }
        List<UUID> ids = hub.records.publishAll(drafts).stream().map(p -> p.record().id()).toList();
        hub.awaitDead(subscription, ids);
        sink.mended = true;
        return ids;
    }

    private void assertDeliveredInOrder(String meter, int count) {
        await().atMost(LONG).until(() -> sink.delivered.size() == count);
        for (String key : List.of(meter + "0 ", meter + "1 ")) {
            assertThat(sink.delivered.stream().filter(d -> d.startsWith(key)).map(d -> Integer.parseInt(d.substring(key.length()))).toList()).isSorted();
        }
    }

    private Replay all() {
        return done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"));
    }

    private Replay done(Replay replay) {
        return hub.done(replays, replay);
    }
}
