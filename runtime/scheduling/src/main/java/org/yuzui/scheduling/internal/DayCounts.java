package org.yuzui.scheduling.internal;

import org.jdbi.v3.core.Jdbi;
import org.yuzui.scheduling.ScheduleDay;
import org.yuzui.scheduling.ScheduleDays;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts a calendar's days: behind by the rows, ahead by the timetables, because rows are made two days ahead only. */
final class DayCounts {

    private static final int MOST_COMING = 20_000;

    private final Jdbi jdbi;
    private final ZoneId zone;

    DayCounts(Jdbi jdbi, ZoneId zone) {
        this.jdbi = jdbi;
        this.zone = zone;
    }

    /** Of a day and a schedule. */
    private record Key(LocalDate day, String schedule) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byDay = day.compareTo(other.day);
            return byDay != 0 ? byDay : schedule.compareTo(other.schedule);
        }
    }

    ScheduleDays of(Collection<Lane.Deployed> schedules, LocalDate from, LocalDate to, Instant now) {
        Instant begin = from.atStartOfDay(zone).toInstant();
        Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
        Map<Key, ScheduleDay> days = new TreeMap<>();
        behind(schedules.stream().map(d -> d.schedule.id()).toList(), begin, end.isBefore(now) ? end : now, days);
        Map<String, Year> unknown = new TreeMap<>();
        if (end.isAfter(now)) {
            Instant after = begin.isAfter(now) ? begin.minusMillis(1) : now;
            for (Lane.Deployed d : schedules) {
                Timetable.Due due = d.timetable.between(after, end.minusMillis(1), 0, MOST_COMING);
                if (due.unknown() != null) {
                    unknown.put(d.schedule.id(), due.unknown());
                }
                ahead(d.schedule.id(), due.times(), days);
            }
        }
        return new ScheduleDays(List.copyOf(days.values()), unknown);
    }

    private void behind(List<String> schedules, Instant from, Instant to, Map<Key, ScheduleDay> days) {
        if (schedules.isEmpty() || !from.isBefore(to)) {
            return;
        }
        jdbi.useHandle(h -> h.createQuery("""
                        SELECT schedule, (due_at AT TIME ZONE :zone)::date AS on_day, min(due_at) AS first_due_at,
                               count(*) FILTER (WHERE state = 'DONE') AS done,
                               count(*) FILTER (WHERE state = 'FAILED') AS failed,
                               count(*) FILTER (WHERE state = 'MISSED') AS missed,
                               count(*) FILTER (WHERE state = 'SKIPPED') AS skipped,
                               count(*) FILTER (WHERE state IN ('DUE', 'RUNNING')) AS open
                        FROM scheduling.occurrence
                        WHERE schedule IN (<schedules>) AND due_at >= :from AND due_at <= :to
                        GROUP BY 1, 2""")
                .bindList("schedules", new ArrayList<>(schedules)).bind("zone", zone.getId()).bind("from", from).bind("to", to)
                .map((row, context) -> new ScheduleDay(row.getObject("on_day", LocalDate.class), row.getString("schedule"),
                        row.getTimestamp("first_due_at").toInstant(), row.getInt("done"), row.getInt("failed"),
                        row.getInt("missed"), row.getInt("skipped"), row.getInt("open"), 0))
                .forEach(d -> days.put(new Key(d.day(), d.schedule()), d)));
    }

    private void ahead(String schedule, List<Instant> times, Map<Key, ScheduleDay> days) {
        Map<LocalDate, Integer> counts = new HashMap<>();
        Map<LocalDate, Instant> first = new HashMap<>();
        for (Instant time : times) {
            LocalDate day = time.atZone(zone).toLocalDate();
            counts.merge(day, 1, Integer::sum);
            first.putIfAbsent(day, time);
        }
        counts.forEach((day, count) -> days.merge(new Key(day, schedule),
                new ScheduleDay(day, schedule, first.get(day), 0, 0, 0, 0, 0, count),
                (behind, ahead) -> new ScheduleDay(day, schedule, behind.firstDueAt(), behind.done(), behind.failed(),
                        behind.missed(), behind.skipped(), behind.open(), count)));
    }
}
