package org.yuzui.records;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.Message;
import org.yuzui.records.Replay.State;
import org.yuzui.records.ReplayOfFlow.Outcome;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.records.Patience.await;
import static org.yuzui.records.RecordsRig.LONG;

/** Whoever listens hears how replays go on, and a flow knows the replays that it was in. */
class ReplayNewsTest {

    private static RecordsRig hub;

    private final List<Replay> heard = new CopyOnWriteArrayList<>();
    private Replays replays;
    private Registration listening;

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
        replays = hub.records.replays(this::enter);
        replays.goOn();
        listening = replays.listen(heard::add);
    }

    @AfterEach
    void end() {
        listening.close();
        replays.close();
        hub.drained();
        hub.empty();
    }

    private void enter(Origin as, byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        if (text.startsWith("bad")) {
            RefusedException refusal = new RefusedException("charset", null, "still not readable");
            hub.records.refuse(origin(as, message), Pipeline.CONTRACT, refusal);
            throw refusal;
        }
        hub.records.publish(new Draft(Pipeline.CONTRACT, Pipeline.reading("510104", text, 1, 5), origin(as, message)));
    }

    private static Origin origin(Origin as, byte[] message) {
        return new Origin(as.plugin(), "1.0.1", as.route(), as.source(), as.sourceType(), null, null, as.parent(), Message.of(message));
    }

    @Test
    void its_last_state_is_always_told_and_a_thousand_steps_are_few_news() {
        for (int i = 0; i < 300; i++) {
            refused("quick " + i);
        }
        hub.drained();
        long began = System.nanoTime();

        Replay replay = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"));

        await().atMost(LONG).until(() -> !heard.isEmpty() && last().state() == State.DONE);
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(last()).isEqualTo(replay);
        assertThat(heard.size()).isLessThanOrEqualTo((int) (seconds * 4) + 2);
        assertThat(heard).extracting(Replay::done).isSorted();
    }

    @Test
    void what_somebody_turns_is_told() {
        for (int i = 0; i < 300; i++) { // a minute's work: a machine that stands still does not end it
            refused("turned " + i);
        }
        hub.drained();
        Replay replay = replays.start(new ReplayRequest(ReplayRequest.Action.SEND_ON, FlowFilter.ALL, null, null, 5, null), "admin");

        replays.pause(replay.id());
        await().atMost(LONG).until(() -> !heard.isEmpty() && last().state() == State.PAUSED);
        replays.resume(replay.id());
        await().atMost(LONG).until(() -> last().state() == State.RUNNING);
        replays.stop(replay.id());

        await().atMost(LONG).until(() -> last().state() == State.STOPPED);
        assertThat(last().endedAt()).isNotNull();
    }

    /** One that fails is no reason for the others to hear nothing, nor for the replay to stop. */
    @Test
    void a_listener_that_fails_harms_nobody() {
        refused("harmless");
        hub.drained();
        try (Registration bad = replays.listen(r -> {
            throw new IllegalStateException("a listener");
        })) {
            assertThat(done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin")).done()).isEqualTo(1);
            await().atMost(LONG).until(() -> !heard.isEmpty() && last().state() == State.DONE);
        }
    }

    @Test
    void a_flow_names_every_replay_that_it_was_in_and_how_each_ended() {
        UUID bad = refused("bad from the start");
        UUID good = refused("good after it");
        hub.drained();

        Replay first = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "li"));
        Replay second = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, Set.of(bad)), "wang"));

        assertThat(replays.of(bad, 10)).containsExactly(
                new ReplayOfFlow(second, Outcome.FAILED, "charset"), new ReplayOfFlow(first, Outcome.FAILED, "charset"));
        assertThat(replays.of(good, 10)).containsExactly(new ReplayOfFlow(first, Outcome.DONE, null));
        assertThat(replays.of(bad, 1)).extracting(r -> r.replay().who()).containsExactly("wang");
        assertThat(replays.of(UUID.randomUUID(), 10)).isEmpty();
        assertThat(replays.failures(first.id(), 10)).extracting(ReplayFailure::flow).containsExactly(bad);
    }

    private static UUID refused(String message) {
        return hub.records.refuse(new Origin("meters", "1.0.0", "read-meter", "mbus 7", "reading", null, null, null,
                Message.of(message.getBytes(StandardCharsets.UTF_8))), Pipeline.CONTRACT, new RefusedException("charset", null, "not readable"));
    }

    private Replay last() {
        return heard.get(heard.size() - 1);
    }

    private Replay done(Replay replay) {
        return hub.done(replays, replay);
    }
}
