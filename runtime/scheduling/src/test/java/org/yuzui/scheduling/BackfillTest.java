package org.yuzui.scheduling;

import org.junit.jupiter.api.Test;
import org.yuzui.kernel.ProblemException;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.scheduling.Patience.await;

/** Past days are made up for, each once. */
class BackfillTest extends SchedulerScene {

    private final List<Occurrence> seen = new CopyOnWriteArrayList<>();

    @Test
    void saysFirstHowManyAndChangesNothing() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        List<Occurrence> before = rows(scheduler);

        Backfill preview = scheduler.backfill(id(), days("2026-11-01", "2026-11-10"), null);

        assertThat(preview).isEqualTo(new Backfill(10, 0, 0, LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-10")));
        assertThat(rows(scheduler)).isEqualTo(before);
    }

    @Test
    void daysBeforeTheScheduleWasThereRunOnceTheOldestFirst() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        open.add(scheduler.handle(id(), seen::add));

        assertThat(scheduler.backfill(id(), days("2026-11-01", "2026-11-05"), "li").due()).isEqualTo(5);

        await().untilAsserted(() -> assertThat(seen).hasSize(5));
        assertThat(seen).extracting(o -> o.day().getDayOfMonth()).containsExactly(1, 2, 3, 4, 5);
        assertThat(seen).allSatisfy(o -> {
            assertThat(o.kind()).isEqualTo(OccurrenceKind.BACKFILL);
            assertThat(o.askedBy()).isEqualTo("li");
            assertThat(o.dueAt()).isEqualTo(o.day().plusDays(1).atTime(2, 0).atZone(ZONE).toInstant());
        });
        await().untilAsserted(() -> assertThat(rows(scheduler)).filteredOn(o -> o.state() == OccurrenceState.DONE).hasSize(5));
        assertThat(scheduler.backfill(id(), days("2026-11-01", "2026-11-06"), "li")).as("again, and one day more")
                .isEqualTo(new Backfill(1, 5, 0, LocalDate.parse("2026-11-06"), LocalDate.parse("2026-11-06")));
        await().untilAsserted(() -> assertThat(seen).hasSize(6));
    }

    @Test
    void whatWasMissedOrSkippedIsMadeUpForAndWhatFailedOnlyWhenAsked() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        row("2026-11-11T02:00:00", "2026-11-10", "MISSED");
        row("2026-11-12T02:00:00", "2026-11-11", "SKIPPED");
        row("2026-11-13T02:00:00", "2026-11-12", "FAILED");
        row("2026-11-14T02:00:00", "2026-11-13", "DONE");
        open.add(scheduler.handle(id(), seen::add));

        assertThat(scheduler.backfill(id(), days("2026-11-10", "2026-11-13"), "li"))
                .isEqualTo(new Backfill(2, 1, 1, LocalDate.parse("2026-11-10"), LocalDate.parse("2026-11-11")));
        await().untilAsserted(() -> assertThat(seen).extracting(o -> o.day().getDayOfMonth()).containsExactly(10, 11));
        await().untilAsserted(() -> assertThat(state(scheduler, "2026-11-12T02:00:00")).isEqualTo(OccurrenceState.DONE));

        scheduler.backfill(id(), new Backfill.Range(LocalDate.parse("2026-11-10"), LocalDate.parse("2026-11-13"), true), "li");
        await().untilAsserted(() -> assertThat(seen).extracting(o -> o.day().getDayOfMonth()).containsExactly(10, 11, 12));
    }

    @Test
    void aDayThatSomebodyRanByHandIsDone() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        open.add(scheduler.handle(id(), seen::add));
        scheduler.run(id(), LocalDate.parse("2026-11-03"), "li");

        assertThat(scheduler.backfill(id(), days("2026-11-02", "2026-11-04"), null))
                .isEqualTo(new Backfill(2, 1, 0, LocalDate.parse("2026-11-02"), LocalDate.parse("2026-11-04")));
    }

    @Test
    void twoWhoAskOnTwoNodesGetEachDayOnce() {
        Scheduler one = started("n1", clock);
        Scheduler two = started("n2", clock);
        deploy(one, NIGHTLY);
        deploy(two, NIGHTLY);
        open.add(one.handle(id(), seen::add));
        open.add(two.handle(id(), seen::add));

        List<CompletableFuture<Backfill>> asked = IntStream.range(0, 6).mapToObj(i -> CompletableFuture.supplyAsync(() ->
                (i % 2 == 0 ? one : two).backfill(id(), days("2026-10-01", "2026-10-20"), "user" + i))).toList();

        assertThat(asked.stream().mapToInt(f -> f.join().due()).sum()).isEqualTo(20);
        await().untilAsserted(() -> assertThat(rows(one)).filteredOn(o -> o.state() == OccurrenceState.DONE).hasSize(20));
        assertThat(seen).extracting(Occurrence::day).doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void onlyDueTimesThatThereWere() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, "cron: '0 0 2 * * ?'\ncovers: same-day\ncalendar: workdays\n");

        // 1 to 8 October 2026 are days off by the notice of that year
        assertThat(scheduler.backfill(id(), days("2026-10-01", "2026-10-07"), null).due()).isZero();
        assertThat(scheduler.backfill(id(), days("2026-11-16", "2026-11-22"), null).due()).isEqualTo(5);
        assertThatThrownBy(() -> scheduler.backfill(id(), days("2019-12-30", "2020-01-02"), null))
                .satisfies(e -> assertThat(((ProblemException) e).problem().code()).isEqualTo("calendar-unknown"));
    }

    @Test
    void theFutureIsRefusedAndSoIsTooMuch() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, "every: 1m\n");

        assertThat(code(scheduler, "2026-11-22", "2026-11-23")).isEqualTo("future-day");
        assertThat(code(scheduler, "2026-11-10", "2026-11-09")).isEqualTo("bad-range");
        assertThat(code(scheduler, "2025-11-10", "2026-11-20")).isEqualTo("bad-range");
        assertThat(code(scheduler, "2026-11-20", "2026-11-20")).isEqualTo("too-many-occurrences");
        assertThat(code(scheduler, "2026-01-01", "2026-06-20")).isEqualTo("too-many-occurrences");
    }

    @Test
    void theDaysOfACalendarCountWhatWasAndWhatComes() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        row("2026-11-21T02:00:00", "2026-11-20", "DONE");
        row("2026-11-22T02:00:00", "2026-11-21", "MISSED");

        List<ScheduleDay> days = scheduler.days(LocalDate.parse("2026-11-20"), LocalDate.parse("2026-11-24")).days().stream()
                .filter(d -> d.schedule().equals(id())).toList();

        assertThat(days).containsExactly(
                new ScheduleDay(LocalDate.parse("2026-11-21"), id(), at("2026-11-21T02:00:00"), 1, 0, 0, 0, 0, 0),
                new ScheduleDay(LocalDate.parse("2026-11-22"), id(), at("2026-11-22T02:00:00"), 0, 0, 1, 0, 0, 0),
                new ScheduleDay(LocalDate.parse("2026-11-23"), id(), at("2026-11-23T02:00:00"), 0, 0, 0, 0, 0, 1),
                new ScheduleDay(LocalDate.parse("2026-11-24"), id(), at("2026-11-24T02:00:00"), 0, 0, 0, 0, 0, 1));
    }

    private String code(Scheduler scheduler, String from, String to) {
        try {
            scheduler.backfill(id(), days(from, to), "li");
            return "none";
        } catch (ProblemException e) {
            return e.problem().code();
        }
    }

    private void row(String dueAt, String day, String state) {
        store.jdbi().useHandle(h -> h.createUpdate("""
                        INSERT INTO scheduling.occurrence (id, schedule, due_at, day, kind, state)
                        VALUES (gen_random_uuid(), :id, :due, :day, 'PLANNED', :state)""")
                .bind("id", id()).bind("due", at(dueAt)).bind("day", LocalDate.parse(day)).bind("state", state).execute());
    }

    private static Backfill.Range days(String from, String to) {
        return new Backfill.Range(LocalDate.parse(from), LocalDate.parse(to), false);
    }
}
