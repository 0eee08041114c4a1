package org.yuzui.web;

import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.Registration;
import org.yuzui.kernel.Title;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.OccurrenceHandler;
import org.yuzui.scheduling.OccurrenceKind;
import org.yuzui.scheduling.OccurrenceState;
import org.yuzui.scheduling.Schedule;
import org.yuzui.scheduling.Backfill;
import org.yuzui.scheduling.CalendarYear;
import org.yuzui.scheduling.Pause;
import org.yuzui.scheduling.ScheduleDay;
import org.yuzui.scheduling.ScheduleDays;
import org.yuzui.scheduling.Scheduler;
import org.yuzui.scheduling.WorkCalendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One schedule, one occurrence. */
final class FakeScheduler implements Scheduler {

    static final Schedule DAILY = new Schedule("his/daily-summary", new Title("门诊住院日汇总", "Daily summary"), "his",
            "0 30 2 * * ?", null, false, Schedule.Misfire.RUN_ALL, Duration.ofMinutes(10), Schedule.Covers.PREVIOUS_DAY);

    volatile Instant askedFrom;
    volatile Instant askedTo;
    volatile LocalDate ranFor;
    volatile Pause pause;
    volatile Backfill.Range backfilled;

    @Override
    public String kind() {
        return "schedules";
    }

    @Override
    public Deployment deploy(PluginContent plugin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Schedule> schedules() {
        return List.of(DAILY);
    }

    @Override
    public Optional<Schedule> find(String id) {
        return id.equals(DAILY.id()) ? Optional.of(DAILY) : Optional.empty();
    }

    @Override
    public Registration handle(String scheduleId, OccurrenceHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Occurrence run(String scheduleId, LocalDate day, String who) {
        ranFor = day;
        Instant due = Instant.parse("2026-11-23T01:00:00Z");
        return new Occurrence(UUID.fromString("00000000-0000-0000-0000-0000000000a1"), scheduleId, due,
                day == null ? LocalDate.of(2026, 11, 22) : day, day == null ? OccurrenceKind.RUN_NOW : OccurrenceKind.BACKFILL,
                OccurrenceState.DONE, 1, due, due.plusSeconds(2), "node-1", null, who);
    }

    @Override
    public List<Occurrence> occurrences(String scheduleId, Instant from, Instant to) {
        askedFrom = from;
        askedTo = to;
        Instant due = Instant.parse("2026-11-22T18:30:00Z");
        return List.of(new Occurrence(UUID.fromString("00000000-0000-0000-0000-0000000000a0"), scheduleId, due,
                LocalDate.of(2026, 11, 22), OccurrenceKind.PLANNED, OccurrenceState.MISSED, 0, null, null, null,
                "no node ran at that time", null));
    }

    @Override
    public Optional<Instant> next(String scheduleId, Instant after) {
        return Optional.of(Instant.parse("2026-11-23T18:30:00Z"));
    }

    @Override
    public WorkCalendar calendar() {
        return new WorkCalendar() {
            @Override
            public Set<Year> years() {
                return Set.of(Year.of(2026));
            }

            @Override
            public Optional<CalendarYear> year(Year year) {
                return !years().contains(year) ? Optional.empty() : Optional.of(new CalendarYear(year, "https://www.gov.cn/notice",
                        List.of(new CalendarYear.Holiday("元旦", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 3))),
                        List.of(LocalDate.of(2026, 1, 4))));
            }

            @Override
            public boolean isWorkday(LocalDate day) {
                throw new UnsupportedOperationException();
            }

            @Override
            public LocalDate plusWorkdays(LocalDate day, int n) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public Map<String, Pause> pauses() {
        return pause == null ? Map.of() : Map.of(pause.schedule(), pause);
    }

    @Override
    public Pause pause(String scheduleId, String who, String reason) {
        pause = new Pause(scheduleId, who, reason, FakeHub.NOON);
        return pause;
    }

    @Override
    public boolean resume(String scheduleId) {
        boolean paused = pause != null;
        pause = null;
        return paused;
    }

    @Override
    public Backfill backfill(String scheduleId, Backfill.Range range, String who) {
        backfilled = who == null ? null : range;
        return new Backfill(3, 1, 0, range.from(), range.to());
    }

    @Override
    public ScheduleDays days(LocalDate from, LocalDate to) {
        return new ScheduleDays(List.of(new ScheduleDay(from, DAILY.id(), FakeHub.NOON, 1, 0, 1, 0, 0, 0)),
                Map.of(DAILY.id(), Year.of(2027)));
    }

    @Override
    public void start() {
    }

    @Override
    public void close() {
    }
}
