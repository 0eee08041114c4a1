package org.yuzui.scheduling;

import org.junit.jupiter.api.Test;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.scheduling.Patience.await;

class SchedulerTest extends SchedulerScene {

    @Test
    void anOccurrenceHasARowBeforeItFires() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);

        assertThat(rows(scheduler)).extracting(Occurrence::dueAt)
                .containsExactly(at("2026-11-24T02:00:00"), at("2026-11-23T02:00:00"));
        assertThat(rows(scheduler)).allSatisfy(o -> {
            assertThat(o.state()).isEqualTo(OccurrenceState.DUE);
            assertThat(o.kind()).isEqualTo(OccurrenceKind.PLANNED);
            assertThat(o.attempts()).isZero();
            assertThat(o.startedAt()).isNull();
        });
        assertThat(rows(scheduler).get(1).day()).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(scheduler.next(id(), clock.instant())).contains(at("2026-11-23T02:00:00"));
        assertThat(scheduler.find(id())).get().extracting(Schedule::timeout).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void firesByItselfAndOnlyOnceWithTwoNodesOnOneDatabase() {
        Clock real = Clock.systemUTC();
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        for (String node : List.of("n1", "n2")) {
            Scheduler scheduler = started(node, real);
            deploy(scheduler, "every: 1s\n");
            open.add(scheduler.handle(id(), seen::add));
        }

        await().atMost(Duration.ofMinutes(2)).until(() -> seen.size() >= 6);

        assertThat(seen.stream().collect(Collectors.groupingBy(Occurrence::id, Collectors.counting())).values())
                .containsOnly(1L);
        assertThat(seen).allSatisfy(o -> assertThat(o.attempts()).isEqualTo(1));
        assertThat(seen).extracting(Occurrence::dueAt).doesNotHaveDuplicates();
    }

    @Test
    void writesHowARunEnded() throws Exception {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        Registration good = scheduler.handle(id(), seen::add);

        Occurrence done = scheduler.run(id(), null);

        assertThat(done.state()).isEqualTo(OccurrenceState.DONE);
        assertThat(done.kind()).isEqualTo(OccurrenceKind.RUN_NOW);
        assertThat(done.day()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(done.node()).isEqualTo("n1");
        assertThat(done.startedAt()).isEqualTo(clock.instant());
        assertThat(done.endedAt()).isEqualTo(clock.instant());
        assertThat(seen).singleElement().satisfies(o -> assertThat(o.state()).isEqualTo(OccurrenceState.RUNNING));

        good.close();
        open.add(scheduler.handle(id(), o -> {
            throw new IllegalStateException("wrapped", new IllegalArgumentException("no beds known"));
        }));
        Occurrence failed = scheduler.run(id(), LocalDate.of(2026, 10, 1));

        assertThat(failed.state()).isEqualTo(OccurrenceState.FAILED);
        assertThat(failed.kind()).isEqualTo(OccurrenceKind.BACKFILL);
        assertThat(failed.day()).isEqualTo(LocalDate.of(2026, 10, 1));
        assertThat(failed.cause()).isEqualTo("IllegalArgumentException: no beds known");
        assertThat(scheduler.occurrences(id(), clock.instant(), clock.instant().plusSeconds(1))).hasSize(2);
    }

    @Test
    void refusesRunsThatCanNotBe() {
        Scheduler scheduler = open("n1", clock);
        deploy(scheduler, NIGHTLY);
        assertThatThrownBy(() -> scheduler.run(id(), null)).hasMessageContaining("not running");
        scheduler.start();

        assertThatThrownBy(() -> scheduler.run(id(), null)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().code()).isEqualTo("no-handler"));
        assertThatThrownBy(() -> scheduler.run(id() + "x", null)).hasMessageContaining("Did you mean '" + id() + "'?");
        assertThatThrownBy(() -> scheduler.handle(id() + "x", o -> { })).hasMessageContaining("Did you mean");
        assertThatThrownBy(() -> scheduler.next("none/at-all", clock.instant())).hasMessageContaining("no schedule");
        open.add(scheduler.handle(id(), o -> { }));
        assertThatThrownBy(() -> scheduler.run(id(), LocalDate.of(2026, 11, 23))).hasMessageContaining("not begun");
    }

    @Test
    void oneRunAtATime() throws Exception {
        Scheduler scheduler = started("n1", clock);
        Scheduler other = started("n2", clock);
        deploy(scheduler, NIGHTLY);
        deploy(other, NIGHTLY);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> log = new CopyOnWriteArrayList<>();
        OccurrenceHandler handler = o -> {
            log.add("in");
            entered.countDown();
            assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
            log.add("out");
        };
        open.add(scheduler.handle(id(), handler));
        open.add(other.handle(id(), handler));

        CompletableFuture<Occurrence> first = CompletableFuture.supplyAsync(() -> scheduler.run(id(), null));
        assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Occurrence> second = CompletableFuture.supplyAsync(() -> other.run(id(), null));
        await().until(() -> scheduler.occurrences(id(), clock.instant(), clock.instant().plusSeconds(1)).size() == 2);
        assertThat(log).containsExactly("in");
        release.countDown();

        assertThat(first.get(60, TimeUnit.SECONDS).state()).isEqualTo(OccurrenceState.DONE);
        assertThat(second.get(60, TimeUnit.SECONDS).state()).isEqualTo(OccurrenceState.DONE);
        assertThat(log).containsExactly("in", "out", "in", "out");
    }

    @Test
    void cancelsARunThatTakesTooLong() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY.concat("timeout: 1s\n"));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        open.add(scheduler.handle(id(), o -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        }));

        Occurrence occurrence = scheduler.run(id(), null);

        assertThat(occurrence.state()).isEqualTo(OccurrenceState.FAILED);
        assertThat(occurrence.cause()).contains("timeout of 1s");
        assertThat(interrupted).succeedsWithin(Duration.ofMinutes(1));
        Occurrence next = scheduler.run(id(), null);
        assertThat(next.state()).as("the thread is free again").isEqualTo(OccurrenceState.FAILED);
    }

    @Test
    void theNewerDeploymentCountsWhicheverIsClosedFirst() {
        Scheduler scheduler = started("n1", clock);
        Deployment old = deploy(scheduler, NIGHTLY);
        deploy(scheduler, "every: 6h\n");

        old.close();
        old.close();

        assertThat(scheduler.find(id())).get().extracting(Schedule::every).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void anotherCronPlansAnew() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY).close();

        deploy(scheduler, "cron: '0 30 3 * * ?'\n");

        assertThat(rows(scheduler)).extracting(Occurrence::dueAt)
                .containsExactly(at("2026-11-24T03:30:00"), at("2026-11-23T03:30:00"));
    }

    @Test
    void aVersionThatNeverStartedLeavesTheRowsOfTheOldOneAsTheyWere() {
        Scheduler scheduler = started("n1", clock);
        Deployment old = deploy(scheduler, NIGHTLY);
        List<Occurrence> planned = rows(scheduler);

        Deployment next = scheduler.deploy(GivenSchedules.of(plugin, Map.of("s", "cron: '0 30 3 * * ?'", "new", NIGHTLY)));
        assertThat(scheduler.find(plugin + "/new")).as("a route of the same version names it").isPresent();
        assertThat(scheduler.find(id())).get().extracting(Schedule::cron).isEqualTo("0 0 2 * * ?");
        next.close();

        assertThat(rows(scheduler)).isEqualTo(planned);
        assertThat(scheduler.find(plugin + "/new")).isEmpty();
        old.quiesce();
        old.start();
        assertThat(rows(scheduler)).isEqualTo(planned);
    }

    @Test
    void theOldVersionPlansAgainAfterAFailedSwitch() {
        Scheduler scheduler = started("n1", clock);
        Deployment old = deploy(scheduler, NIGHTLY);
        List<Instant> planned = rows(scheduler).stream().map(Occurrence::dueAt).toList();
        Deployment next = scheduler.deploy(GivenSchedules.of(plugin, "s", "cron: '0 30 3 * * ?'"));

        old.quiesce();
        next.start();
        assertThat(rows(scheduler)).extracting(Occurrence::dueAt)
                .containsExactly(at("2026-11-24T03:30:00"), at("2026-11-23T03:30:00"));
        next.close();
        old.start();

        assertThat(rows(scheduler)).extracting(Occurrence::dueAt).containsExactlyElementsOf(planned);
    }

    @Test
    void aPlanSaysWhatChanges() {
        Scheduler scheduler = open("n1", clock);
        List<PlannedChange> changes = scheduler.plan(
                GivenSchedules.of("p", Map.of("a", "cron: '0 30 3 * * ?'\ncalendar: workdays\n", "b", NIGHTLY, "d", "every: soon")),
                GivenSchedules.of("p", Map.of("a", "cron: '0 0 2 * * ?'\n", "b", NIGHTLY, "c", "every: 10m\nmisfire: skip\n")));

        assertThat(changes).extracting(c -> c.id() + " " + c.action() + " " + c.details()).containsExactly(
                "a CHANGE [fires 0 0 2 * * ? → 0 30 3 * * ?, days all → workdays]", "b KEEP []", "c REMOVE []", "d ADD []");
        assertThat(changes.get(3).problems()).extracting(Problem::code).containsExactly("bad-duration");
        assertThat(scheduler.schedules()).isEmpty();
    }

    @Test
    void nothingRunsWhileAScheduleIsQuiet() {
        Scheduler scheduler = started("n1", clock);
        Deployment deployment = deploy(scheduler, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(scheduler.handle(id(), seen::add));
        deployment.quiesce();
        clock.set(at("2026-11-23T02:00:01"));
        CompletableFuture<Occurrence> asked = CompletableFuture.supplyAsync(() -> scheduler.run(id(), null));
        await().untilAsserted(() -> assertThat(rows(scheduler)).hasSize(3));
        assertThat(seen).isEmpty();

        deployment.start();

        assertThat(asked).succeedsWithin(Duration.ofSeconds(60));
        await().untilAsserted(() -> assertThat(seen).hasSize(2));
    }

    @Test
    void aRunThatNobodyWaitsForAnyMoreIsCutShortAndRunsAgain() throws Exception {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        CountDownLatch entered = new CountDownLatch(1);
        Registration handler = scheduler.handle(id(), o -> {
            entered.countDown();
            new CountDownLatch(1).await();
        });
        CompletableFuture<Occurrence> asked = CompletableFuture.supplyAsync(() -> scheduler.run(id(), null));
        assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(scheduler.handle(id(), seen::add));

        Thread closing = new Thread(handler::close);
        closing.start();
        closing.interrupt();
        closing.join();

        assertThat(asked).succeedsWithin(Duration.ofSeconds(60)).extracting(Occurrence::state).isEqualTo(OccurrenceState.DONE);
        assertThat(seen).hasSize(1);
    }

    @Test
    void closingAHandlerWaitsForItsRun() throws Exception {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> log = new CopyOnWriteArrayList<>();
        Registration handler = scheduler.handle(id(), o -> {
            entered.countDown();
            assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
            log.add("ended");
        });
        CompletableFuture.runAsync(() -> scheduler.run(id(), null));
        assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            handler.close();
            log.add("closed");
        });
        release.countDown();

        closed.get(60, TimeUnit.SECONDS);
        assertThat(log).containsExactly("ended", "closed");
    }

    @Test
    void workdaysSkipHolidaysAndKeepMakeUpDays() {
        clock.set(at("2026-10-07T12:00:00"));
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, "cron: '0 0 8 * * ?'\ncalendar: workdays\n");
        assertThat(scheduler.next(id(), at("2026-09-30T12:00:00"))).contains(at("2026-10-08T08:00:00"));
        assertThat(scheduler.next(id(), at("2026-10-09T12:00:00"))).contains(at("2026-10-10T08:00:00"));

        assertThat(rows(scheduler)).extracting(Occurrence::dueAt)
                .containsExactly(at("2026-10-09T08:00:00"), at("2026-10-08T08:00:00"));
    }

    @Test
    void aYearWithoutANoticeIsNotGuessed() {
        clock.set(at("2026-12-31T12:00:00"));
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, "cron: '0 0 8 * * ?'\ncalendar: workdays\n");

        assertThat(rows(scheduler)).isEmpty();
        assertThat(scheduler.next(id(), clock.instant())).isEmpty();
        assertThat(scheduler.calendar().years()).noneMatch(y -> y.getValue() > 2026);
    }

    @Test
    void takesAllSchedulesOfAPluginOrNone() {
        Scheduler scheduler = open("n1", clock);

        assertThatThrownBy(() -> scheduler.deploy(GivenSchedules.of(plugin, Map.of("a", NIGHTLY, "s", "every: often"))))
                .isInstanceOf(PluginException.class);
        assertThat(scheduler.schedules()).isEmpty();
    }
}
