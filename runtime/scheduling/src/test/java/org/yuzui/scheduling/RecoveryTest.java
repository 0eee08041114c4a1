package org.yuzui.scheduling;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Deployment;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.scheduling.Patience.await;

/** What becomes of occurrences when a node, a plugin or a handler is not there. */
class RecoveryTest extends SchedulerScene {

    @Test
    void whatAKilledProcessLeftRunsAgain() {
        Scheduler before = started("n1", clock);
        deploy(before, NIGHTLY);
        before.close();
        store.jdbi().useHandle(h -> h.createUpdate("""
                UPDATE scheduling.occurrence SET state = 'RUNNING', node = 'n1', attempts = 1,
                    lease_until = now() + interval '60 seconds'
                WHERE schedule = :id AND due_at = :due""").bind("id", id()).bind("due", at("2026-11-23T02:00:00")).execute());
        clock.set(at("2026-11-23T02:05:00"));

        Scheduler after = open("n1", clock);
        deploy(after, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(after.handle(id(), seen::add));
        after.start();

        await().untilAsserted(() -> assertThat(seen).singleElement().satisfies(o -> {
            assertThat(o.dueAt()).isEqualTo(at("2026-11-23T02:00:00"));
            assertThat(o.attempts()).isEqualTo(2);
        }));
    }

    @Test
    void whatRanOnANodeThatDiedRunsOnAnotherWhenItsLeaseIsOver() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        store.jdbi().useHandle(h -> h.createUpdate("""
                UPDATE scheduling.occurrence SET state = 'RUNNING', node = 'gone', attempts = 1,
                    lease_until = now() - interval '1 second'
                WHERE schedule = :id AND due_at = :due""").bind("id", id()).bind("due", at("2026-11-23T02:00:00")).execute());
        clock.set(at("2026-11-23T02:05:00"));
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(scheduler.handle(id(), seen::add));

        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(seen).singleElement()
                .satisfies(o -> assertThat(o.attempts()).isEqualTo(2)));
    }

    /** The hub is down from noon of the 22nd to noon of the 26th: two rows were planned, two times had none yet. */
    @ParameterizedTest
    @CsvSource({"run-once,26,23 24 25", "run-all,23 24 25 26,''", "skip,'',23 24 25 26"})
    void whatWasMissedGoesByThePolicy(String policy, String ran, String missed) {
        String yaml = NIGHTLY + "misfire: " + policy + "\n";
        Scheduler before = started("n1", clock);
        deploy(before, yaml);
        before.close();
        clock.set(at("2026-11-26T12:00:00"));

        Scheduler after = open("n1", clock);
        deploy(after, yaml);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        open.add(after.handle(id(), o -> seen.add(o.dueAt().atZone(ZONE).getDayOfMonth())));
        after.start();

        await().untilAsserted(() -> assertThat(seen).isEqualTo(numbers(ran)));
        await().untilAsserted(() -> assertThat(rows(after).stream().filter(o -> o.state() == OccurrenceState.DUE))
                .extracting(Occurrence::dueAt).containsExactly(at("2026-11-28T02:00:00"), at("2026-11-27T02:00:00")));
        List<Occurrence> notRun = rows(after).stream().filter(o -> o.state() == OccurrenceState.MISSED).toList();
        assertThat(notRun).extracting(o -> o.dueAt().atZone(ZONE).getDayOfMonth())
                .containsExactlyInAnyOrderElementsOf(numbers(missed));
        assertThat(notRun).allSatisfy(o -> assertThat(o.cause()).contains(policy));
    }

    @Test
    void replacingAPluginMissesNothing() {
        Scheduler scheduler = started("n1", clock);
        String yaml = NIGHTLY + "misfire: skip\n";
        clock.set(at("2026-11-23T01:59:59"));
        Deployment old = deploy(scheduler, yaml);
        old.close();
        assertThat(scheduler.find(id())).isEmpty();
        clock.set(at("2026-11-23T02:00:01"));

        deploy(scheduler, yaml);
        open.add(scheduler.handle(id(), o -> { }));

        await().untilAsserted(() -> assertThat(state(scheduler, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.DONE));
    }

    @Test
    void aStopCutsARunShortAndItRunsAgain() throws Exception {
        Scheduler before = started("n1", clock);
        deploy(before, NIGHTLY);
        CountDownLatch entered = new CountDownLatch(1);
        before.handle(id(), o -> {
            entered.countDown();
            new CountDownLatch(1).await();
        });
        CompletableFuture<Occurrence> asked = CompletableFuture.supplyAsync(() -> before.run(id(), null));
        assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();

        before.close();
        assertThat(asked).failsWithin(Duration.ofMinutes(1)).withThrowableThat().withMessageContaining("stops");

        Scheduler after = started("n1", clock);
        deploy(after, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(after.handle(id(), seen::add));
        await().untilAsserted(() -> assertThat(seen).singleElement()
                .satisfies(o -> assertThat(o.attempts()).isEqualTo(2)));
    }

    @Test
    void waitsForAHandler() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY.concat("misfire: skip\n"));
        clock.set(at("2026-11-23T05:00:00"));
        await().pollDelay(Duration.ofMillis(300)).until(() -> rows(scheduler).size() >= 2);
        assertThat(state(scheduler, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.DUE);

        open.add(scheduler.handle(id(), o -> { }));

        await().untilAsserted(() -> assertThat(state(scheduler, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.DONE));
    }

    private static List<Integer> numbers(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ")).stream().map(Integer::valueOf).toList();
    }
}
