package org.yuzui.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.records.Patience.await;
import static org.yuzui.records.RecordsRig.LONG;

/** What had stopped goes on, once, in its order, and the ledger tells it all. */
class ReplaysTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static RecordsRig hub;
    private static Ledger ledger;
    private static Records records;

    private final MendableSink sink = new MendableSink(() -> new IllegalStateException("the sink is down"));
    /** What the door does with a message; it is mended by a test. */
    private volatile boolean doorMended = true;
    private final Gate door = new Gate();
    private String subscription;
    private Replays replays;

    @BeforeAll
    static void open(@TempDir Path folder) {
        hub = new RecordsRig(folder);
        ledger = hub.ledger;
        records = hub.records;
    }

    @AfterAll
    static void shut() {
        hub.close();
    }

    @BeforeEach
    void begin() {
        subscription = "test/" + NUMBER.incrementAndGet();
        replays = replays();
    }

    @AfterEach
    void end() {
        replays.close();
        records.store().versions(Pipeline.CONTRACT, "none"); // what is still on its way would be the next test's
        hub.drained();
        hub.store.jdbi().useHandle(h -> h.execute("TRUNCATE ledger.hop, ledger.flow, ledger.message, ledger.file, records.replay, records.replay_item"));
    }

    private Replays replays() {
        Replays opened = records.replays(this::enter);
        opened.goOn();
        return opened;
    }

    /** What the route of a plugin does: takes what begins with "good", and refuses the rest. */
    private void enter(Origin as, byte[] message) {
        door.pass();
        String text = new String(message, StandardCharsets.UTF_8);
        Origin origin = new Origin(as.plugin(), "1.0.1", as.route(), as.source(), as.sourceType(), null, null, as.parent(), Message.of(message));
        if (as.route().equals("gone")) {
            throw new ProblemException(org.yuzui.kernel.Problem.of("route-not-there", "gone"));
        }
        if (!doorMended || !text.startsWith("good")) {
            RefusedException refusal = new RefusedException("charset", null, "still not readable");
            records.refuse(origin, Pipeline.CONTRACT, refusal);
            throw refusal;
        }
        records.publish(new Draft(Pipeline.CONTRACT, Pipeline.reading("510104", text, 1, 5), origin));
    }

    @Test
    void dead_letters_go_to_the_subscription_that_gave_them_up_in_their_order() throws Exception {
        try (var reading = records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(publish("A", i, 10 + i));
            }
            ids.add(publish("B", 0, 99));
            hub.awaitDead(subscription, ids);
            sink.mended = true;

            ReplayPreview preview = replays.preview(ReplayRequest.sendOn(FlowFilter.ALL, null));
            Replay replay = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"));

            assertThat(preview).isEqualTo(new ReplayPreview(6, 0, 0));
            assertThat(replay.done()).isEqualTo(6);
            await().atMost(LONG).until(() -> sink.delivered.size() == 6);
            assertThat(sink.delivered).filteredOn(d -> d.startsWith("A")).containsExactly("A 10", "A 11", "A 12", "A 13", "A 14");
            hub.drained();
            assertThat(ids).extracting(hub::status).containsOnly(FlowStatus.DELIVERED);
            assertThat(ledger.hops(ids.get(0))).extracting(Hop::kind).containsSubsequence(HopKind.DEAD, HopKind.REPLAYED, HopKind.DELIVERED);
            Hop hop = ledger.hops(ids.get(0)).stream().filter(h -> h.kind() == HopKind.REPLAYED).findFirst().orElseThrow();
            assertThat(hop.source()).isEqualTo("replay/" + replay.id());
            assertThat(hop.sourceId()).isEqualTo("admin");
            assertThat(dead()).isZero();
        }
    }

    @Test
    void only_the_chosen_leave_the_dead_letters() throws Exception {
        try (var reading = records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                ids.add(publish("M" + i, 0, i));
            }
            hub.awaitDead(subscription, ids);
            sink.mended = true;

            Replay replay = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, Set.of(ids.get(2), ids.get(5))), "admin"));

            assertThat(replay.total()).isEqualTo(2);
            await().atMost(LONG).until(() -> sink.delivered.size() == 2);
            assertThat(sink.delivered).containsExactly("M2 2", "M5 5");
            assertThat(dead()).isEqualTo(5);
        }
    }

    @Test
    void a_refused_message_goes_in_by_its_route_and_is_settled() {
        UUID good = hub.refused("good one");
        UUID bad = hub.refused("bad one");
        UUID gone = refuse(new Origin("meters", "1.0.0", "gone", "mbus 7", "reading", null, null, null, Message.of(bytes("good but gone"))));
        UUID lost = refuse(new Origin("meters", "1.0.0", "read-meter", "mbus 7", "reading", null, null, null, null));
        hub.drained();

        assertThat(replays.preview(ReplayRequest.sendOn(FlowFilter.ALL, null))).isEqualTo(new ReplayPreview(3, 0, 1));
        Replay replay = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"));

        assertThat(replay.total()).isEqualTo(4);
        assertThat(replay.done()).isEqualTo(1);
        assertThat(replay.failed()).isEqualTo(3);
        assertThat(replays.failures(replay.id(), 10)).as("one has no message, and was never tried").extracting(ReplayFailure::flow).containsExactly(bad, gone);
        assertThat(replays.failures(replay.id(), 10)).allMatch(f -> f.cause() != null);
        assertThat(replays.failures(replay.id(), 1)).hasSize(1);
        hub.drained();
        assertThat(hub.status(good)).isEqualTo(FlowStatus.SETTLED);
        assertThat(List.of(bad, gone, lost)).extracting(hub::status).containsOnly(FlowStatus.REFUSED);
        Flow made = hub.flows().stream().filter(f -> "510104|good one".equals(f.key())).findFirst().orElseThrow();
        assertThat(ledger.hops(made.id()).get(0).parent()).as("linked to where it comes from").isEqualTo(good);
        assertThat(ledger.hops(good)).extracting(Hop::kind).as("the refusal stays").containsExactly(HopKind.REFUSED, HopKind.REPLAYED);
    }

    @Test
    void what_is_settled_or_delivered_is_not_done_again() throws Exception {
        for (int i = 0; i < 10; i++) {
            hub.refused("good again " + i);
        }
        hub.drained();
        done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"));
        hub.drained();
        long before = hub.flows().size();

        ReplayPreview preview = replays.preview(ReplayRequest.sendOn(FlowFilter.ALL, null));
        Replay replay = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"));

        assertThat(preview.fresh()).isZero();
        assertThat(preview.applied()).isEqualTo(20);
        assertThat(replay.skipped()).isEqualTo(20);
        assertThat(replay.done()).isZero();
        hub.drained();
        assertThat(hub.flows()).hasSize((int) before).allMatch(f -> f.arrivals() == 1);
    }

    @Test
    void content_that_a_route_made_is_published_anew() throws Exception {
        JsonNode body = Pipeline.reading("510104", "C", 1, -5);
        Origin site = Origin.of("site", "1", "copy");
        assertThatThrownBy(() -> records.publish(new Draft(Pipeline.CONTRACT, body, site))).isInstanceOf(RefusedException.class);
        hub.drained();
        UUID refused = hub.flows().get(0).id();

        byte[] mended = JSON.writeValueAsBytes(Pipeline.reading("510104", "C", 1, 5));
        replays.mend(refused, mended, "admin", "the sign was wrong");

        hub.drained();
        assertThat(hub.status(refused)).isEqualTo(FlowStatus.SETTLED);
        Hop hop = ledger.hops(refused).stream().filter(h -> h.kind() == HopKind.MENDED).findFirst().orElseThrow();
        assertThat(hop.sourceId()).isEqualTo("admin");
        assertThat(hop.cause()).isEqualTo("the sign was wrong");
        assertThat(ledger.payload(refused)).as("the original stays").hasValueSatisfying(p -> assertThat(new String(p.bytes(), StandardCharsets.UTF_8)).contains("-5"));
        assertThat(hub.flows()).anySatisfy(f -> assertThat(f.key()).isEqualTo("510104|C"));
    }

    @Test
    void a_mended_message_that_is_refused_again_leaves_the_first_as_it_was() throws Exception {
        UUID refused = hub.refused("bad to mend");
        hub.drained();

        assertThatThrownBy(() -> replays.mend(refused, bytes("still bad"), "admin", null)).isInstanceOf(RefusedException.class);

        hub.drained();
        assertThat(hub.status(refused)).isEqualTo(FlowStatus.REFUSED);
        assertThat(hub.flows()).hasSize(2);
        replays.mend(refused, bytes("good at last"), "admin", null);
        hub.drained();
        assertThat(hub.flows()).as("the try that failed waits for nobody").hasSize(3).filteredOn(f -> f.status() == FlowStatus.SETTLED).hasSize(2);
        assertThatThrownBy(() -> replays.mend(UUID.randomUUID(), bytes("x"), "admin", null)).isInstanceOf(ProblemException.class);
    }

    @Test
    void dismissing_needs_a_reason_and_empties_the_dead_letters() throws Exception {
        try (var reading = records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            UUID dead = publish("D", 0, 1);
            UUID refused = hub.refused("bad for ever");
            hub.awaitDead(subscription, List.of(dead));
            hub.drained();
            assertThatThrownBy(() -> replays.start(new ReplayRequest(ReplayRequest.Action.DISMISS, FlowFilter.ALL, null, null, 0, " "), "admin"))
                    .isInstanceOf(ProblemException.class);

            Replay replay = done(replays.start(new ReplayRequest(ReplayRequest.Action.DISMISS, FlowFilter.ALL, null, null, 0,
                    "a test system sent it"), "admin"));

            assertThat(replay.done()).isEqualTo(2);
            assertThat(dead()).isZero();
            hub.drained();
            assertThat(List.of(dead, refused)).extracting(hub::status).containsOnly(FlowStatus.SETTLED);
            assertThat(ledger.hops(dead)).last().satisfies(h -> assertThat(h.cause()).isEqualTo("a test system sent it"));
            assertThat(sink.delivered).isEmpty();
        }
    }

    @Test
    void a_subscription_can_have_what_it_had_before() throws Exception {
        sink.mended = true;
        try (var reading = records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            UUID id = publish("E", 0, 7);
            await().atMost(LONG).until(() -> sink.delivered.size() == 1);
            await().atMost(LONG).until(() -> records.store().byId(id).isPresent());
            hub.drained();

            Replay replay = done(replays.start(new ReplayRequest(ReplayRequest.Action.SEND_ON, FlowFilter.ALL, null, subscription, 0, "the file was lost"),
                    "admin"));

            assertThat(replay.done()).isEqualTo(1);
            await().atMost(LONG).until(() -> sink.delivered.size() == 2);
            hub.drained();
            assertThat(hub.status(id)).isEqualTo(FlowStatus.DELIVERED);
            assertThatThrownBy(() -> replays.start(new ReplayRequest(ReplayRequest.Action.SEND_ON, FlowFilter.ALL, null, "no/such", 0, null), "admin"))
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void a_replay_that_the_hub_s_end_cut_off_goes_on_and_does_nothing_twice() throws Exception {
        for (int i = 0; i < 60; i++) {
            hub.refused("good slow " + i);
        }
        hub.drained();
        door.holdThe(7);
        Replay begun = replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin");
        door.awaitHeld();
        Thread closing = new Thread(replays::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING); // for what is under way
        door.letGo();
        closing.join();
        assertThat(replays.find(begun.id()).orElseThrow()).satisfies(r -> {
            assertThat(r.state()).isEqualTo(Replay.State.RUNNING);
            assertThat(r.done()).isEqualTo(7);
        });

        replays = replays();

        Replay replay = done(begun);
        assertThat(replay.done()).isEqualTo(60);
        hub.drained();
        List<Flow> made = hub.flows().stream().filter(f -> f.key() != null).toList();
        assertThat(made).hasSize(60).allMatch(f -> f.arrivals() == 1);
    }

    @Test
    void a_replay_can_be_paused_gone_on_with_and_stopped() throws Exception {
        for (int i = 0; i < 40; i++) {
            hub.refused("good paced " + i);
        }
        hub.drained();
        door.holdThe(5);
        Replay replay = replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin");
        door.awaitHeld();
        replays.pause(replay.id());
        door.letGo();
        await().until(() -> replays.find(replay.id()).orElseThrow().done() == 5); // what was under way
        assertThat(replays.find(replay.id()).orElseThrow().state()).isEqualTo(Replay.State.PAUSED);

        door.holdThe(15);
        replays.resume(replay.id());
        door.awaitHeld();
        assertThat(replays.find(replay.id()).orElseThrow().done()).isEqualTo(14);
        replays.stop(replay.id());
        door.letGo();

        Replay stopped = done(replay);
        assertThat(stopped.state()).isEqualTo(Replay.State.STOPPED);
        assertThat(stopped.endedAt()).isNotNull();
        await().until(() -> replays.find(replay.id()).orElseThrow().done() == 15);
        assertThat(replays.recent(10)).extracting(Replay::id).containsExactly(replay.id());
    }

    /** Each test has meters of its own: a record's content is its identity, also across tests. */
    private UUID publish(String meter, int minute, int value) {
        return records.publish(new Draft(Pipeline.CONTRACT, ((com.fasterxml.jackson.databind.node.ObjectNode) Pipeline.reading("510104", meter,
                minute, value)).put("state", subscription), Pipeline.METER)).record().id();
    }

    private static UUID refuse(Origin origin) {
        return records.refuse(origin, Pipeline.CONTRACT, new RefusedException("charset", null, "not readable"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private long dead() {
        return hub.dead(subscription);
    }

    private Replay done(Replay replay) {
        return hub.done(replays, replay);
    }
}
