package org.yuzui.records;

import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.broker.BrokerException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;
import org.yuzui.spi.RefusedException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.records.Patience.await;
import static org.yuzui.records.RecordsRig.LONG;

/** Replays while the broker, the database, the ledger or a file is away: they wait, tell the truth, and do nothing twice. */
class ReplayTroubleTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Watched WATCHED = new Watched();
    private static RecordsRig hub;

    private final MendableSink sink = new MendableSink(() -> new RefusedException("closed", null, "the sink is closed"));
    private final AtomicInteger entered = new AtomicInteger();
    /** How often the door meets a broker that is away. */
    private final AtomicInteger brokerAway = new AtomicInteger();
    private final Gate door = new Gate();
    private String subscription;
    private Replays replays;

    @BeforeAll
    static void open(@TempDir Path folder) {
        hub = new RecordsRig(folder, WATCHED::over);
    }

    @AfterAll
    static void shut() {
        hub.close();
    }

    @BeforeEach
    void begin() {
        subscription = "trouble/" + NUMBER.incrementAndGet();
        replays = replays();
    }

    @AfterEach
    void end() {
        WATCHED.calm();
        replays.close();
        hub.drained();
        hub.empty();
    }

    private Replays replays() {
        Replays opened = hub.records.replays(this::enter);
        opened.goOn();
        return opened;
    }

    private void enter(Origin as, byte[] message) {
        entered.incrementAndGet();
        door.pass();
        if (brokerAway.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IllegalStateException("a route wraps it", new BrokerException("the journal is away", null));
        }
        String text = new String(message, StandardCharsets.UTF_8);
        if (text.startsWith("odd")) {
            throw text.endsWith("1") ? new IllegalStateException("unexpected '\0'") : new RefusedException("odd\0code", null, "unexpected '\0'");
        }
        if (text.startsWith("deep")) {
            throw new StackOverflowError();
        }
        Origin origin = new Origin(as.plugin(), "1.0.1", as.route(), as.source(), as.sourceType(), null, null, as.parent(), Message.of(message));
        hub.records.publish(new Draft(Pipeline.CONTRACT, Pipeline.reading("510104", text, 1, 5), origin));
    }

    @Test
    void a_broker_that_is_away_for_a_while_fails_nothing() {
        hub.refused("broker 1");
        hub.refused("broker 2");
        hub.drained();
        brokerAway.set(2);

        Replay replay = all();

        assertThat(replay.state()).isEqualTo(Replay.State.DONE);
        assertThat(replay.done()).isEqualTo(2);
        assertThat(replay.failed()).isZero();
        assertThat(replay.problem()).as("it does not wait any more").isNull();
    }

    @Test
    void a_database_that_is_away_for_a_while_ends_no_replay() {
        hub.refused("database 1");
        hub.drained();
        WATCHED.connectionsBreak.set(3);

        Replay replay = all();

        assertThat(WATCHED.connectionsBreak).hasValue(0);
        assertThat(replay.state()).isEqualTo(Replay.State.DONE);
        assertThat(replay.done()).isEqualTo(1);
    }

    /** What comes in again is kept again; it is no fault of the message that there is no room. */
    @Test
    void a_disk_that_is_full_for_a_while_fails_nothing() {
        hub.refused("disk 1");
        hub.refused("disk 2");
        hub.drained();
        WATCHED.diskFull.set(2);

        Replay replay = all();

        assertThat(WATCHED.diskFull).hasValue(0);
        assertThat(replay.done()).isEqualTo(2);
        assertThat(replay.failed()).isZero();
        assertThat(hub.flows()).filteredOn(f -> f.key() != null).hasSize(2).allMatch(f -> f.arrivals() == 1);
    }

    /** The hub was killed after the broker's commit and before the replay noted it; and the ledger is far behind at the next start. */
    @Test
    void what_only_the_trail_knows_is_not_sent_twice() {
        sink.mended = true;
        try (var reading = hub.records.subscribe(Pipeline.CONTRACT, RecordsRig.impatient(subscription), sink)) {
            UUID id = hub.publish("T", 1, 7);
            await().atMost(LONG).until(() -> sink.delivered.size() == 1 && hub.records.store().byId(id).isPresent());
            hub.drained();
            Replay replay = done(replays.start(toSubscription(), "admin"));
            await().atMost(LONG).until(() -> sink.delivered.size() == 2);
            hub.drained();
            replays.close();
            hub.store.jdbi().useHandle(h -> {
                h.execute("UPDATE records.replay SET state = 'RUNNING', ended_at = NULL, done = 0");
                h.execute("UPDATE records.replay_item SET outcome = 'PENDING'");
            });
            WATCHED.behind = true;
            int asked = WATCHED.asked.get();

            replays = replays();
            await().atMost(LONG).until(() -> WATCHED.asked.get() > asked);
            assertThat(replays.find(replay.id()).orElseThrow().done()).isZero();
            WATCHED.behind = false;

            assertThat(done(replay).done()).isEqualTo(1);
            assertThat(replays.find(replay.id()).orElseThrow().skipped()).isZero();
            assertThat(sink.delivered).hasSize(2);
        }
    }

    @Test
    void a_replay_that_another_node_runs_is_left_to_it() throws Exception {
        for (int i = 0; i < 30; i++) {
            hub.refused("node " + i);
        }
        hub.drained();
        door.holdThe(3);
        Replay begun = replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin");
        door.awaitHeld();

        try (Replays other = replays()) {
            assertThat(other.find(begun.id()).orElseThrow().state()).isEqualTo(Replay.State.RUNNING);
            door.letGo();
            assertThat(done(begun).done()).isEqualTo(30);
        }
        assertThat(entered).hasValue(30);
    }

    @Test
    void whatever_a_route_says_or_dies_of_is_about_its_message() {
        for (String message : List.of("odd 1", "odd 2", "deep", "good after them")) {
            hub.refused(message);
        }
        hub.drained();

        Replay replay = all();

        assertThat(replay.state()).isEqualTo(Replay.State.DONE);
        assertThat(replay.failed()).isEqualTo(3);
        assertThat(replay.done()).isEqualTo(1);
        assertThat(replay.problem()).contains("1 × oddcode", "1 × StackOverflowError");
    }

    @Test
    void two_who_ask_for_the_same_at_once_have_it_done_once() {
        for (int i = 0; i < 20; i++) {
            hub.refused("twice " + i);
        }
        hub.drained();

        List<Replay> both = java.util.stream.Stream.of("li", "wang").parallel().map(who -> replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), who)).toList();
        List<Replay> ended = both.stream().map(this::done).toList();

        assertThat(ended.stream().mapToLong(Replay::done).sum()).isEqualTo(20);
        assertThat(ended.stream().mapToLong(Replay::failed).sum()).isZero();
        assertThat(entered).hasValue(20);
    }

    @Test
    void one_that_is_stopped_while_the_hub_begins_again_stays_stopped() {
        hub.refused("stopped");
        hub.drained();
        replays.close();
        replays = hub.records.replays(this::enter);
        Replay asked = replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin");

        replays.stop(asked.id());
        replays.goOn();

        assertThat(all().done()).as("the next one has its turn").isEqualTo(1);
        assertThat(replays.find(asked.id()).orElseThrow().state()).isEqualTo(Replay.State.STOPPED);
        assertThat(entered).hasValue(1);
    }

    /** What the filter matches by then is another replay's. */
    @Test
    void what_a_replay_makes_is_not_chosen_by_it() {
        for (int i = 0; i < 5; i++) {
            hub.refused("grows " + i);
        }
        hub.drained();

        Replay replay = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null).again(), "admin"));

        assertThat(replay.total()).isEqualTo(5);
        assertThat(entered).hasValue(5);
        assertThat(hub.flows()).hasSize(10);
    }

    @Test
    void who_has_the_message_can_mend_it_though_the_kept_one_is_lost() throws Exception {
        UUID refused = hub.refused("lost file");
        hub.drained();
        WATCHED.filesGone = true;

        assertThatThrownBy(() -> replays.rehearse(refused, "found again".getBytes(StandardCharsets.UTF_8), ReplayRequest.Version.CURRENT))
                .as("it comes to the door, which tries nothing here").isInstanceOfSatisfying(ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("route-not-there"));
        replays.mend(refused, "found again".getBytes(StandardCharsets.UTF_8), "admin", "from the sender's copy");

        hub.drained();
        assertThat(hub.status(refused)).isEqualTo(FlowStatus.SETTLED);
        assertThat(hub.flows()).anySatisfy(f -> assertThat(f.key()).isEqualTo("510104|found again"));
    }

    @Test
    void a_kept_message_that_can_not_be_opened_fails_alone() {
        UUID refused = hub.refused("lost for good");
        hub.drained();
        WATCHED.filesGone = true;

        Replay replay = all();

        assertThat(replay.failed()).isEqualTo(1);
        assertThat(replay.state()).isEqualTo(Replay.State.DONE);
        assertThat(hub.status(refused)).isEqualTo(FlowStatus.REFUSED);
    }

    private ReplayRequest toSubscription() {
        return new ReplayRequest(ReplayRequest.Action.SEND_ON, FlowFilter.ALL, null, subscription, 0, null);
    }

    private Replay all() {
        return done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"));
    }

    private Replay done(Replay replay) {
        return hub.done(replays, replay);
    }

    /** The real ledger, seen through trouble. */
    private static final class Watched {

        private final AtomicInteger connectionsBreak = new AtomicInteger();
        private final AtomicInteger diskFull = new AtomicInteger();
        private final AtomicInteger asked = new AtomicInteger();
        /** What replays did is not in it yet. */
        private volatile boolean behind;
        private volatile boolean filesGone;

        void calm() {
            connectionsBreak.set(0);
            diskFull.set(0);
            behind = false;
            filesGone = false;
        }

        Ledger over(Ledger real) {
            return (Ledger) Proxy.newProxyInstance(Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "awaitDrained" -> {
                        asked.incrementAndGet();
                        if (behind) {
                            return false;
                        }
                    }
                    case "passed" -> {
                        if (behind) {
                            return false;
                        }
                    }
                    case "flow" -> {
                        if (connectionsBreak.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                            throw new ConnectionException(new SQLException("the server ended it", "57P01"));
                        }
                    }
                    case "encode" -> {
                        if (diskFull.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                            throw new ProblemException(Problem.of("payload-not-kept", "The disk is full."));
                        }
                    }
                    case "payload" -> {
                        if (filesGone) {
                            throw new ProblemException(Problem.of("payload-file-missing", "The file is not there."));
                        }
                    }
                    default -> {
                        // as it is
                    }
                }
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }
    }
}
