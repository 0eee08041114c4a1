package org.yuzui.scheduling.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Title;
import org.yuzui.scheduling.Schedule;
import org.yuzui.scheduling.WorkCalendars;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TimetableTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Times are the hub's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "0 0 2 * * ?        | false | 2026-11-22T01:59:59 | 2026-11-22T02:00 | 2026-11-23T02:00",
            "0 0 2 * * ?        | false | 2026-11-22T02:00:00 | 2026-11-23T02:00 | 2026-11-24T02:00",
            "0 30 8 ? * MON     | false | 2026-11-22T12:00:00 | 2026-11-23T08:30 | 2026-11-30T08:30",
            "0 0 9 1 * ?        | false | 2026-11-22T12:00:00 | 2026-12-01T09:00 | 2027-01-01T09:00",
            "0 0 8 * * ?        | true  | 2026-09-30T12:00:00 | 2026-10-08T08:00 | 2026-10-09T08:00",
            "0 0 8 * * ?        | true  | 2026-10-09T12:00:00 | 2026-10-10T08:00 | 2026-10-12T08:00",
            "0 0 8 ? * SAT      | true  | 2026-09-21T12:00:00 | 2026-10-10T08:00 |",
            "0 0/30 22-23 * * ? | true  | 2026-09-30T22:15:00 | 2026-09-30T22:30 | 2026-09-30T23:00",
            "PT6H               | false | 2026-11-22T05:59:00 | 2026-11-22T06:00 | 2026-11-22T12:00",
            "PT7H               | false | 2026-11-22T20:00:00 | 2026-11-22T21:00 | 2026-11-23T00:00",
            "PT24H              | false | 2026-11-22T00:00:00 | 2026-11-23T00:00 | 2026-11-24T00:00",
            "PT12H              | true  | 2026-09-30T13:00:00 | 2026-10-08T00:00 | 2026-10-08T12:00",
            "PT1S               | false | 2026-11-22T23:59:58 | 2026-11-22T23:59:59 | 2026-11-23T00:00",
    })
    void findsTheNextTwo(String rule, boolean workdays, LocalDateTime from, LocalDateTime next, LocalDateTime afterNext) {
        Timetable timetable = timetable(rule, workdays);

        assertThat(timetable.next(at(from))).contains(at(next));
        assertThat(timetable.next(at(next))).isEqualTo(Optional.ofNullable(afterNext).map(TimetableTest::at));
    }

    @Test
    void plansUpToTheHorizonAndAtLeastTheNext() {
        Instant from = at(LocalDateTime.parse("2026-11-22T12:00:00"));

        assertThat(timetable("PT6H", false).between(from, from.plus(Duration.ofHours(24)), 1, 100).times())
                .containsExactly(at(LocalDateTime.parse("2026-11-22T18:00:00")), at(LocalDateTime.parse("2026-11-23T00:00:00")),
                        at(LocalDateTime.parse("2026-11-23T06:00:00")), at(LocalDateTime.parse("2026-11-23T12:00:00")));
        assertThat(timetable("0 0 9 1 * ?", false).between(from, from.plus(Duration.ofHours(24)), 1, 100).times())
                .containsExactly(at(LocalDateTime.parse("2026-12-01T09:00:00")));
        assertThat(timetable("PT1S", false).between(from, from.plus(Duration.ofHours(24)), 1, 100).times()).hasSize(100);
        assertThat(timetable("PT6H", false).between(from, from.plus(Duration.ofHours(1)), 0, 100).times()).isEmpty();
    }

    @Test
    void endsWhereTheCalendarEnds() {
        Timetable timetable = timetable("0 0 8 * * ?", true);
        Instant from = at(LocalDateTime.parse("2026-12-30T12:00:00"));

        Timetable.Due due = timetable.between(from, from.plus(Duration.ofDays(9)), 1, 100);

        assertThat(due.times()).isEqualTo(List.of(at(LocalDateTime.parse("2026-12-31T08:00:00"))));
        assertThat(due.unknown()).isEqualTo(Year.of(2027));
        assertThat(timetable.next(at(LocalDateTime.parse("2026-12-31T08:00:00")))).isEmpty();
        assertThat(timetable("0 0 8 * * ?", false).next(at(LocalDateTime.parse("2026-12-31T08:00:00")))).isPresent();
    }

    @Test
    void anHourThatTheClockSkipsOrRepeatsDoesNotStopIt() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Timetable timetable = new Timetable(schedule("PT1H", false), berlin, WorkCalendars.none());

        for (String day : List.of("2026-03-29", "2026-10-25")) {
            Instant midnight = LocalDate.parse(day).atStartOfDay(berlin).toInstant();
            Instant nextMidnight = LocalDate.parse(day).plusDays(1).atStartOfDay(berlin).toInstant();
            List<Instant> times = timetable.between(midnight, nextMidnight, 0, 100).times();
            assertThat(times).hasSize((int) Duration.between(midnight, nextMidnight).toHours()).endsWith(nextMidnight);
        }
    }

    private static Timetable timetable(String rule, boolean workdays) {
        return new Timetable(schedule(rule, workdays), ZONE, WorkCalendars.load(Path.of("../../config/calendar")));
    }

    private static Schedule schedule(String rule, boolean workdays) {
        boolean every = rule.startsWith("PT");
        return new Schedule("a/b", new Title("b", "b"), "a", every ? null : rule, every ? Duration.parse(rule) : null,
                workdays, Schedule.Misfire.RUN_ONCE, Duration.ofMinutes(10), Schedule.Covers.SAME_DAY);
    }

    private static Instant at(LocalDateTime local) {
        return local.atZone(ZONE).toInstant();
    }
}
