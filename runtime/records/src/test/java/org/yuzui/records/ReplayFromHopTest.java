package org.yuzui.records;

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
import org.yuzui.ledger.Message;
import org.yuzui.records.ReplayRequest.Version;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.records.Patience.await;
import static org.yuzui.records.RecordsRig.LONG;

/** From the arrival, by the version that had it, and only tried. The door takes {@code good METER VALUE}, the VALUE doubled since 1.0.1. */
class ReplayFromHopTest {

    private static final Origin SENDER = new Origin("meters", "1.0.0", "read-meter", "mbus 7", "reading", null, null, null, null);
    private static RecordsRig hub;
    private Replays replays;
    private volatile String running;
    private volatile int entered;

    @BeforeAll
    static void open(@TempDir Path folder) {
        hub = new RecordsRig(folder);
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    @BeforeEach
    void begin() {
        entered = 0;
        running = "1.0.1";
        replays = hub.records.replays(new Door());
        replays.goOn();
    }

    @AfterEach
    void end() {
        replays.close();
        hub.drained();
        hub.empty();
    }

    private final class Door implements ArrivalDoor {

        @Override
        public void enter(Origin as, byte[] message) {
            entered++;
            Origin origin = arriving(as, message);
            try {
                hub.records.publish(draft(message, origin));
            } catch (RefusedException e) {
                hub.records.refuse(origin, Pipeline.CONTRACT, e);
                throw e;
            }
        }

        @Override
        public void rehearse(Origin as, byte[] message, Rehearsal rehearsal) {
            rehearsal.publish(draft(message, arriving(as, message)));
            rehearsal.leaveOut("to: file:archive");
        }

        @Override
        public Optional<String> version(String plugin) {
            return Optional.of(running);
        }

        private Origin arriving(Origin as, byte[] message) {
            return new Origin(as.plugin(), running, as.route(), as.source(), as.sourceType(), null, null, as.parent(), Message.of(message));
        }

        private Draft draft(byte[] message, Origin origin) {
            String[] words = new String(message, StandardCharsets.UTF_8).split(" ");
            if (!words[0].equals("good")) {
                throw new RefusedException("charset", null, "not readable");
            }
            int value = Integer.parseInt(words[2]) * (running.equals("1.0.1") ? 2 : 1);
            return new Draft(Pipeline.CONTRACT, Pipeline.reading("510104", words[1], 1, value), origin);
        }
    }

    private UUID refused(String message) {
        return hub.records.refuse(new Origin("meters", "1.0.0", "read-meter", "mbus 7", "reading", null, null, null,
                Message.of(message.getBytes(StandardCharsets.UTF_8))), Pipeline.CONTRACT, new RefusedException("charset", null, "not readable"));
    }

    private Replay done(Replay replay) {
        return hub.done(replays, replay);
    }

    private Replay all() {
        return done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"));
    }

    @Test
    void ten_thousand_that_were_applied_stay_as_they_are() {
        List<Draft> drafts = IntStream.range(0, 10_000).mapToObj(i -> new Draft(Pipeline.CONTRACT, Pipeline.reading("510104", "T" + i, 1, i), SENDER))
                .toList();
        for (int from = 0; from < drafts.size(); from += 1_000) {
            hub.records.publishAll(drafts.subList(from, from + 1_000));
        }
        await().atMost(LONG).until(() -> count("SELECT count(*) FROM records.record") == 10_000);
        hub.drained();
        await().atMost(LONG).until(() -> count("SELECT count(*) FROM ledger.flow WHERE status = 1") == 10_000);
        long hops = count("SELECT count(*) FROM ledger.hop");

        Replay stopped = all();
        Replay again = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null).again(), "admin"));

        assertThat(stopped.skipped()).isEqualTo(10_000);
        assertThat(stopped.done()).isZero();
        assertThat(again.done()).as("of none the message was kept").isZero();
        assertThat(count("SELECT count(*) FROM ledger.hop")).isEqualTo(hops);
        assertThat(count("SELECT count(*) FROM records.record")).isEqualTo(10_000);
    }

    private static long count(String sql) {
        return hub.store.jdbi().withHandle(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    @Test
    void nothing_is_sent_on_before_there_is_somebody_to_take_it() {
        UUID message = refused("good Z 5");
        hub.drained();
        replays.close();
        replays = hub.records.replays(new Door());
        Replay asked = replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin");
        replays.close();
        replays = hub.records.replays(new Door());
        assertThat(replays.find(asked.id()).orElseThrow().state()).isEqualTo(Replay.State.RUNNING);
        assertThat(replays.find(asked.id()).orElseThrow().done()).isZero();

        replays.goOn();

        assertThat(done(asked).done()).isEqualTo(1);
        assertThat(hub.status(message)).isEqualTo(FlowStatus.SETTLED);
    }

    @Test
    void it_goes_no_faster_than_it_may() {
        for (int i = 0; i < 16; i++) {
            refused("good P" + i + " " + i);
        }
        hub.drained();
        long began = System.nanoTime();

        Replay replay = done(replays.start(new ReplayRequest(ReplayRequest.Action.SEND_ON, FlowFilter.ALL, null, null, 10, null), "admin"));

        assertThat(replay.done()).isEqualTo(16);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as("15 tenths of a second lie between 16").isGreaterThan(Duration.ofMillis(1_450));
    }

    @Test
    void from_the_arrival_the_same_message_comes_to_the_same() {
        UUID message = refused("good A 5");
        hub.drained();
        all();
        Flow made = made();
        assertThat(hub.status(message)).isEqualTo(FlowStatus.SETTLED);

        ReplayPreview preview = replays.preview(ReplayRequest.sendOn(FlowFilter.ALL, Set.of(message)).again());
        Replay again = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, Set.of(message)).again(), "admin"));

        assertThat(preview).isEqualTo(new ReplayPreview(1, 0, 0));
        assertThat(again.done()).isEqualTo(1);
        assertThat(made()).satisfies(f -> {
            assertThat(f.id()).isEqualTo(made.id());
            assertThat(f.arrivals()).as("recognised").isEqualTo(2);
        });
        assertThat(hub.ledger.hops(message)).extracting(Hop::kind).containsExactly(HopKind.REFUSED, HopKind.REPLAYED, HopKind.REPLAYED);
        assertThat(hub.status(message)).isEqualTo(FlowStatus.SETTLED);
    }

    @Test
    void what_was_taken_goes_in_again_by_the_message_that_brought_it_once_for_all_of_it() {
        Origin batch = new Origin("meters", "1.0.0", "read-meter", "mbus 7", "reading", null, null, null,
                Message.of("good F 5".getBytes(StandardCharsets.UTF_8)));
        for (String meter : new String[] {"F", "G"}) {
            hub.records.publish(new Draft(Pipeline.CONTRACT, Pipeline.reading("510104", meter, 1, 5), batch));
        }
        await().atMost(LONG).until(() -> count("SELECT count(*) FROM records.record") == 2);
        hub.drained();
        Set<UUID> both = hub.flows().stream().map(Flow::id).collect(java.util.stream.Collectors.toSet());
        assertThat(replays.preview(ReplayRequest.sendOn(FlowFilter.ALL, both).again())).isEqualTo(new ReplayPreview(2, 0, 0));
        assertThat(replays.rehearse(hub.flows().get(0).id(), null, Version.CURRENT).wouldPublish()).as("by the route").hasSize(1);

        Replay again = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, both).again(), "admin"));

        assertThat(again.done()).isEqualTo(2);
        assertThat(entered).as("one message").isEqualTo(1);
        assertThat(both).allSatisfy(flow -> assertThat(hub.ledger.hops(flow)).extracting(Hop::kind).contains(HopKind.REPLAYED));
        await().atMost(LONG).untilAsserted(() -> assertThat(hub.records.store().versions(Pipeline.CONTRACT, "510104|F"))
                .extracting(r -> r.body().path("value").asInt()).as("by the version of now").contains(10));
    }

    private Flow made() {
        List<Flow> made = hub.flows().stream().filter(f -> f.key() != null).toList();
        assertThat(made).hasSize(1);
        return made.get(0);
    }

    @Test
    void only_the_version_that_had_it_may_have_it() {
        UUID message = refused("good B 5");
        UUID other = refused("good C 5");
        hub.drained();

        assertThatThrownBy(() -> replays.start(ReplayRequest.sendOn(FlowFilter.ALL, Set.of(message)).by(Version.ORIGINAL), "admin"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("version-not-running");
                    assertThat(e.problem().cure()).contains("yuzui plugin rollback meters 1.0.0");
                });
        Replay several = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, Set.of(message, other)).by(Version.ORIGINAL), "admin"));
        assertThat(several.failed()).isEqualTo(2);
        assertThat(hub.status(message)).isEqualTo(FlowStatus.REFUSED);

        running = "1.0.0";
        Replay replay = done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, Set.of(message)).by(Version.ORIGINAL), "admin"));
        assertThat(replay.done()).isEqualTo(1);
        assertThat(replay.about()).contains("original");
        await().atMost(LONG).untilAsserted(() -> assertThat(hub.records.store().versions(Pipeline.CONTRACT, "510104|B"))
                .extracting(r -> r.body().path("value").asInt()).containsExactly(5));
    }

    @Test
    void a_dry_run_shows_what_would_come_of_it_and_does_nothing() {
        hub.publish("D", 1, 10);
        UUID message = refused("good D 6");
        await().atMost(LONG).until(() -> count("SELECT count(*) FROM records.record") == 1);
        hub.drained();

        DryRun tried = replays.rehearse(message, null, Version.CURRENT);

        assertThat(tried.version()).isEqualTo("1.0.1");
        assertThat(tried.refused()).isNull();
        assertThat(tried.leftOut()).containsExactly("to: file:archive");
        assertThat(tried.wouldPublish()).extracting(DryRun.Outcome::outcome).containsExactly(DryRun.Kind.VERSION);
        assertThat(tried.before().path("value").asInt()).as("what its key has now").isEqualTo(10);
        assertThat(tried.after().path("value").asInt()).isEqualTo(12);
        assertThat(tried.diff()).extracting(d -> d.pointer() + " " + d.before() + " → " + d.after()).containsExactly("/value 10 → 12");
        assertThat(replays.rehearse(message, "good E 1".getBytes(StandardCharsets.UTF_8), Version.CURRENT).wouldPublish())
                .extracting(DryRun.Outcome::outcome).containsExactly(DryRun.Kind.NEW);
        assertThat(replays.rehearse(message, "good D 5".getBytes(StandardCharsets.UTF_8), Version.CURRENT).wouldPublish())
                .extracting(DryRun.Outcome::outcome).as("10, as it is there").containsExactly(DryRun.Kind.ALREADY);
        DryRun negative = replays.rehearse(message, "good D -5".getBytes(StandardCharsets.UTF_8), Version.CURRENT);
        assertThat(negative.refused().code()).isEqualTo("rule-violated");
        assertThat(negative.wouldPublish()).isEmpty();
        assertThat(replays.rehearse(message, "bad".getBytes(StandardCharsets.UTF_8), Version.CURRENT).refused().code()).isEqualTo("charset");
        assertThatThrownBy(() -> replays.rehearse(message, null, Version.ORIGINAL)).hasMessageContaining("1.0.0");
        assertThatThrownBy(() -> replays.rehearse(UUID.randomUUID(), null, Version.CURRENT)).isInstanceOf(ProblemException.class);
        hub.drained();
        assertThat(hub.flows()).hasSize(2).allMatch(f -> f.hops() <= 2);
        assertThat(hub.status(message)).isEqualTo(FlowStatus.REFUSED);
    }

    @Test
    void a_stored_content_is_tried_against_the_contract_that_runs() {
        UUID id = hub.publish("F", 1, 3);
        await().atMost(LONG).until(() -> hub.records.store().byId(id).isPresent());
        hub.drained();

        DryRun same = replays.rehearse(id, null, Version.CURRENT);
        DryRun edited = replays.rehearse(id, "{\"unit\": \"990000\"}".getBytes(StandardCharsets.UTF_8), Version.CURRENT);

        assertThat(same.wouldPublish()).extracting(DryRun.Outcome::outcome).containsExactly(DryRun.Kind.ALREADY);
        assertThat(same.diff()).isEmpty();
        assertThat(edited.refused().code()).isEqualTo("contract-violation");
        assertThat(edited.before()).isNotNull();
        assertThat(edited.after()).isNull();
    }
}
