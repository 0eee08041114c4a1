package org.yuzui.scheduling;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.scheduling.Patience.await;

/** Somebody has a schedule stand still for a while. */
class PauseTest extends SchedulerScene {

    @Test
    void whatBecomesDueDuringAPauseIsSkippedAndTheNextOneRuns() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(scheduler.handle(id(), seen::add));

        Pause pause = scheduler.pause(id(), "li", "The bureau moves house");
        assertThat(scheduler.pause(id(), "wang", null)).as("whoever came first").isEqualTo(pause);
        clock.set(at("2026-11-23T02:00:01"));

        await().untilAsserted(() -> assertThat(state(scheduler, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.SKIPPED));
        assertThat(rows(scheduler)).filteredOn(o -> o.state() == OccurrenceState.SKIPPED).singleElement()
                .satisfies(o -> assertThat(o.cause()).isEqualTo("The schedule was paused by li: The bureau moves house"));
        assertThat(scheduler.pauses().get(id())).isEqualTo(pause);

        clock.set(at("2026-11-24T01:00:00"));
        assertThat(scheduler.resume(id())).isTrue();
        assertThat(scheduler.resume(id())).isFalse();
        clock.set(at("2026-11-24T02:00:01"));

        await().untilAsserted(() -> assertThat(state(scheduler, "2026-11-24T02:00:00")).isEqualTo(OccurrenceState.DONE));
        assertThat(seen).extracting(Occurrence::dueAt).containsExactly(at("2026-11-24T02:00:00"));
    }

    @Test
    void theEndOfAPauseLetsNothingSlipThroughThatBecameDueInIt() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(scheduler.handle(id(), seen::add));
        scheduler.pause(id(), "li", null);
        clock.set(at("2026-11-23T02:00:01"));

        scheduler.resume(id()); // before anybody looked

        assertThat(state(scheduler, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.SKIPPED);
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run-once", "run-all", "skip"})
    void aPauseOutlastsARestartAndGoesBeforeTheMisfirePolicy(String policy) {
        String yaml = NIGHTLY + "misfire: " + policy + "\n";
        Scheduler before = started("n1", clock);
        deploy(before, yaml);
        before.pause(id(), "li", null);
        before.close();
        clock.set(at("2026-11-26T12:00:00"));

        Scheduler after = open("n1", clock);
        deploy(after, yaml);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(after.handle(id(), seen::add));
        after.start();

        await().untilAsserted(() -> assertThat(rows(after)).filteredOn(o -> o.state() == OccurrenceState.SKIPPED)
                .extracting(o -> o.dueAt().atZone(ZONE).getDayOfMonth()).containsExactly(26, 25, 24, 23));
        assertThat(after.pauses()).containsKey(id());
        assertThat(seen).isEmpty();
    }

    @Test
    void whatWasDueBeforeThePauseWaitsForItsEnd() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        clock.set(at("2026-11-23T02:30:00")); // nobody handles it yet
        scheduler.pause(id(), "li", null);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(scheduler.handle(id(), seen::add));
        assertThat(scheduler.run(id(), null, "li").state()).as("somebody asked for it").isEqualTo(OccurrenceState.DONE);
        assertThat(seen).singleElement().satisfies(o -> {
            assertThat(o.kind()).isEqualTo(OccurrenceKind.RUN_NOW);
            assertThat(o.askedBy()).isEqualTo("li");
        });

        scheduler.resume(id());

        await().untilAsserted(() -> assertThat(state(scheduler, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.DONE));
    }

    @Test
    void aPauseHoldsOnAllNodes() {
        Scheduler one = started("n1", clock);
        Scheduler two = started("n2", clock);
        deploy(one, NIGHTLY);
        deploy(two, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(two.handle(id(), seen::add));
        one.pause(id(), "li", null);
        clock.set(at("2026-11-23T02:00:01"));

        await().untilAsserted(() -> assertThat(state(two, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.SKIPPED));
        assertThat(two.pauses()).containsKey(id());
        assertThat(seen).isEmpty();
    }

    @Test
    void aScheduleThatIsNotThereCantBePaused() {
        Scheduler scheduler = started("n1", clock);
        assertThatThrownBy(() -> scheduler.pause("his/dayly", "li", null)).hasMessageContaining("There is no schedule 'his/dayly'");
    }
}
