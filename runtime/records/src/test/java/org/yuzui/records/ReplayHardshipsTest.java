package org.yuzui.records;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.records.ReplayRequest.Action;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.records.Patience.await;
import static org.yuzui.records.RecordsRig.LONG;

/** What a replay meets on its way: sinks that fail now and then, contracts side by side, plugins and records that are gone. */
class ReplayHardshipsTest {

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
        subscription = "hard/" + NUMBER.incrementAndGet();
        replays = hub.records.replays((origin, message) -> hub.records.publish(new Draft(Pipeline.CONTRACT,
                Pipeline.reading("510104", new String(message, StandardCharsets.UTF_8), 1, 5), origin)));
        replays.goOn();
    }

    @AfterEach
    void end() {
        replays.close();
        hub.drained();
        hub.empty();
    }

    /** The sink fails at every third try, also at those of the retries. */
    @Test
    void the_order_of_a_key_outlives_retries_in_the_midst_of_a_replay() throws Exception {
        List<Integer> taken = new CopyOnWriteArrayList<>();
        AtomicInteger tries = new AtomicInteger();
        Reader moody = (records, batch) -> {
            if (!sink.mended) {
                throw new RefusedException("closed", null, "the sink is closed");
            }
            if (tries.incrementAndGet() % 3 == 0) {
                throw new IllegalStateException("not now");
            }
            records.forEach(r -> taken.add(r.body().path("value").asInt()));
        };
        SubscriptionSettings patient = Pipeline.subscription(subscription);
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, patient, moody)) {
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                ids.add(hub.publish("moody", 1, i));
            }
            hub.awaitDead(subscription, ids);
            sink.mended = true;

            assertThat(all().done()).isEqualTo(30);

            await().atMost(LONG).until(() -> taken.size() == 30);
            assertThat(taken).isSorted();
        }
    }

    @Test
    void one_choice_of_two_contracts_goes_to_the_subscriptions_of_both() throws Exception {
        List<String> pulses = new CopyOnWriteArrayList<>();
        Reader pulseSink = (records, batch) -> {
            if (!sink.mended) {
                throw new RefusedException("closed", null, "the sink is closed");
            }
            records.forEach(r -> pulses.add(r.body().path("day").asText()));
        };
        try (var meters = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink);
             var others = hub.records.subscribe(Pipeline.PULSE, RecordsRig.impatient(subscription + "-pulse"), pulseSink)) {
            List<UUID> ids = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                ids.add(hub.publish("both", i, i));
                ids.add(hub.records.publish(new Draft(Pipeline.PULSE, new ObjectMapper().valueToTree(Map.of("meter", "both", "day", "2026-11-0" + i)),
                        Pipeline.METER)).record().id());
            }
            hub.awaitDead(subscription, List.of(ids.get(0), ids.get(2), ids.get(4)));
            hub.awaitDead(subscription + "-pulse", List.of(ids.get(1), ids.get(3), ids.get(5)));
            ids.add(hub.refused("both refused"));
            hub.drained();
            sink.mended = true;

            ReplayRequest chosen = ReplayRequest.sendOn(FlowFilter.ALL, Set.copyOf(ids));
            ReplayPreview preview = replays.preview(chosen);
            Replay replay = done(replays.start(chosen, "admin"));

            assertThat(preview).isEqualTo(new ReplayPreview(7, 0, 0));
            assertThat(replay.done()).as("as it was counted before").isEqualTo(preview.fresh());
            await().atMost(LONG).until(() -> pulses.size() == 3 && sink.delivered.size() == 4);
            assertThat(sink.delivered).contains("both refused 5").containsSubsequence("both 1", "both 2", "both 3");
            assertThat(pulses).containsExactly("2026-11-01", "2026-11-02", "2026-11-03");
        }
    }

    /** Its queue is there still; what was put into it would lie there unseen, and count as done. */
    @Test
    void nothing_is_sent_to_a_subscription_whose_plugin_is_gone() throws Exception {
        UUID id;
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            id = hub.publish("gone", 1, 1);
            hub.awaitDead(subscription, List.of(id));
        }

        assertThatThrownBy(() -> replays.start(new ReplayRequest(Action.SEND_ON, FlowFilter.ALL, null, subscription, 0, null), "admin"))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("subscription-not-read"));
        Replay replay = all();

        assertThat(replay.failed()).isEqualTo(1);
        assertThat(replay.problem()).isEqualTo("1 × subscription-not-read");
        assertThat(hub.status(id)).as("it stays in sight").isEqualTo(FlowStatus.DEAD);
        assertThat(replays.of(id, 10)).extracting(ReplayOfFlow::cause).containsExactly("subscription-not-read");
        assertThat(done(replays.start(new ReplayRequest(Action.DISMISS, FlowFilter.ALL, null, null, 0, "the plugin is gone"), "admin")).done()).isEqualTo(1);
    }

    @Test
    void a_plugin_that_is_replaced_in_the_midst_of_it_is_waited_for() throws Exception {
        UUID id;
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            id = hub.publish("replaced", 1, 1);
            hub.awaitDead(subscription, List.of(id));
        }
        sink.mended = true;
        Replay replay = replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin");
        await().atMost(LONG).until(() -> replays.find(replay.id()).orElseThrow().state() == Replay.State.RUNNING);

        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            assertThat(done(replay).done()).isEqualTo(1);
            await().atMost(LONG).until(() -> sink.delivered.size() == 1);
            hub.drained();
            assertThat(hub.status(id)).isEqualTo(FlowStatus.DELIVERED);
        }
    }

    @Test
    void what_retention_has_forgotten_meanwhile_is_passed_over() {
        for (int i = 0; i < 300; i++) {
            hub.refused("forgotten " + i);
        }
        hub.drained();
        Replay replay = replays.start(new ReplayRequest(Action.SEND_ON, FlowFilter.ALL, null, null, 10, null), "admin");
        await().atMost(LONG).until(() -> replays.find(replay.id()).orElseThrow().done() > 2);
        replays.pause(replay.id());
        hub.drained();

        hub.store.jdbi().useHandle(h -> h.execute("TRUNCATE ledger.hop, ledger.flow, ledger.message, ledger.file"));
        replays.resume(replay.id());

        Replay ended = done(replay);
        assertThat(ended.state()).isEqualTo(Replay.State.DONE);
        assertThat(ended.failed()).isZero();
        assertThat(ended.done() + ended.skipped()).isEqualTo(300);
        assertThat(ended.skipped()).isGreaterThan(10);
    }

    private Replay all() {
        return done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"));
    }

    private Replay done(Replay replay) {
        return hub.done(replays, replay);
    }
}
