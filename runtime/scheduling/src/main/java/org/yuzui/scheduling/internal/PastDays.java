package org.yuzui.scheduling.internal;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.scheduling.Backfill;
import org.yuzui.scheduling.OccurrenceState;
import org.yuzui.scheduling.Schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes up for past days: a due time that has no row gets one, a row that never ran becomes due again. Under the lock that
 * planning takes too, so that two who ask for the same days at the same time get each occurrence once.
 */
final class PastDays {

    private static final int MOST_DAYS = 366;
    private static final int MOST_DUE = 1000;
    private static final int MOST_LOOKED_AT = 20_000;

    private final Jdbi jdbi;
    private final ZoneId zone;

    PastDays(Jdbi jdbi, ZoneId zone) {
        this.jdbi = jdbi;
        this.zone = zone;
    }

    private record Row(UUID id, OccurrenceState state) {

        boolean neverRan() {
            return state == OccurrenceState.MISSED || state == OccurrenceState.SKIPPED;
        }

        /** The one that tells most about a due time. */
        Row or(Row other) {
            return rank() >= other.rank() ? this : other;
        }

        private int rank() {
            return neverRan() ? 0 : state == OccurrenceState.FAILED ? 1 : 2;
        }
    }

    /**
     * @param who null to change nothing and only count
     * @throws ProblemException {@code bad-range}, {@code future-day}, {@code too-many-occurrences}, {@code calendar-unknown}
     */
    Backfill makeUp(Schedule schedule, Timetable timetable, Backfill.Range range, String who, Instant now) {
        List<Instant> times = times(timetable, range, now);
        return jdbi.inTransaction(h -> {
            if (who != null) {
                Planner.lockWatch(h, schedule.id(), now);
            }
            return makeUp(h, schedule.id(), timetable, range, times, who);
        });
    }

    private List<Instant> times(Timetable timetable, Backfill.Range range, Instant now) {
        if (range.from().isAfter(range.to()) || ChronoUnit.DAYS.between(range.from(), range.to()) >= MOST_DAYS) {
            throw refusal("bad-range", "From " + range.from() + " to " + range.to() + " is no range of 1 to " + MOST_DAYS + " days.",
                    "Let the first day stand before the last one, at most a year.");
        }
        if (range.to().isAfter(now.atZone(zone).toLocalDate())) {
            throw refusal("future-day", range.to() + " has not begun.", "Choose days up to today.");
        }
        Instant first = range.from().atStartOfDay(zone).toInstant().minusMillis(1);
        Instant last = range.to().plusDays(2).atStartOfDay(zone).toInstant(); // what is due on the day after may be about it
        Timetable.Due due = timetable.between(first, last.isAfter(now) ? now : last, 0, MOST_LOOKED_AT + 1);
        if (due.unknown() != null) {
            throw refusal("calendar-unknown", "The working days of " + due.unknown() + " are not known.",
                    "Choose days of a year that has a notice in config/calendar.");
        }
        List<Instant> times = due.times().stream().filter(t -> !timetable.day(t).isBefore(range.from())
                && !timetable.day(t).isAfter(range.to())).toList();
        if (due.times().size() > MOST_LOOKED_AT) {
            throw tooMany("more than " + MOST_LOOKED_AT + " due times");
        }
        return times;
    }

    private static Backfill makeUp(Handle h, String schedule, Timetable timetable, Backfill.Range range, List<Instant> times,
                                   String who) {
        Map<Instant, Row> there = there(h, schedule, times);
        Set<LocalDate> byHand = byHand(h, schedule, range);
        Map<LocalDate, Integer> perDay = new HashMap<>();
        times.forEach(t -> perDay.merge(timetable.day(t), 1, Integer::sum));
        List<Instant> absent = new ArrayList<>();
        List<UUID> again = new ArrayList<>();
        List<LocalDate> days = new ArrayList<>();
        int done = 0;
        int failed = 0;
        for (Instant time : times) {
            LocalDate day = timetable.day(time);
            Row row = there.get(time);
            boolean ranByHand = perDay.get(day) == 1 && byHand.contains(day);
            if (ranByHand || row != null && row.rank() == 2) {
                done++;
            } else if (row != null && !row.neverRan() && !range.failedToo()) {
                failed++;
            } else {
                days.add(day);
                if (row == null) {
                    absent.add(time);
                } else {
                    again.add(row.id());
                }
            }
        }
        if (days.size() > MOST_DUE) {
            throw tooMany(days.size() + " occurrences");
        }
        if (who != null) {
            insert(h, schedule, timetable, absent, who);
            becomeDue(h, again, who);
        }
        return new Backfill(days.size(), done, failed, days.isEmpty() ? null : days.get(0),
                days.isEmpty() ? null : days.get(days.size() - 1));
    }

    private static Map<Instant, Row> there(Handle h, String schedule, List<Instant> times) {
        Map<Instant, Row> there = new HashMap<>();
        if (!times.isEmpty()) {
            h.createQuery("""
                            SELECT id, due_at, state FROM scheduling.occurrence
                            WHERE schedule = :schedule AND due_at >= :first AND due_at <= :last""")
                    .bind("schedule", schedule).bind("first", times.get(0)).bind("last", times.get(times.size() - 1))
                    .map((row, context) -> Map.entry(row.getTimestamp("due_at").toInstant(), new Row(
                            row.getObject("id", UUID.class), OccurrenceState.valueOf(row.getString("state")))))
                    .forEach(e -> there.merge(e.getKey(), e.getValue(), Row::or));
        }
        return there;
    }

    /** Days for which somebody asked for a run that is done or will be. */
    private static Set<LocalDate> byHand(Handle h, String schedule, Backfill.Range range) {
        return new HashSet<>(h.createQuery("""
                        SELECT DISTINCT day FROM scheduling.occurrence
                        WHERE schedule = :schedule AND kind <> 'PLANNED' AND state IN ('DUE', 'RUNNING', 'DONE')
                          AND day >= :from AND day <= :to""")
                .bind("schedule", schedule).bind("from", range.from()).bind("to", range.to()).mapTo(LocalDate.class).list());
    }

    private static void insert(Handle h, String schedule, Timetable timetable, List<Instant> times, String who) {
        if (times.isEmpty()) {
            return;
        }
        PreparedBatch batch = h.prepareBatch("""
                INSERT INTO scheduling.occurrence (id, schedule, due_at, day, kind, state, asked_by)
                VALUES (:id, :schedule, :dueAt, :day, 'BACKFILL', 'DUE', :who)""");
        times.forEach(t -> batch.bind("id", UUID.randomUUID()).bind("schedule", schedule).bind("dueAt", t)
                .bind("day", timetable.day(t)).bind("who", who).add());
        batch.execute();
    }

    private static void becomeDue(Handle h, List<UUID> ids, String who) {
        if (ids.isEmpty()) {
            return;
        }
        PreparedBatch batch = h.prepareBatch("""
                UPDATE scheduling.occurrence
                SET state = 'DUE', asked_by = :who, started_at = NULL, ended_at = NULL, cause = NULL, lease_until = NULL
                WHERE id = :id AND state IN ('MISSED', 'SKIPPED', 'FAILED')""");
        ids.forEach(id -> batch.bind("id", id).bind("who", who).add());
        batch.execute();
    }

    private static ProblemException tooMany(String what) {
        return refusal("too-many-occurrences", "In these days lie " + what + "; at most " + MOST_DUE + " become due at once.",
                "Choose fewer days.");
    }

    private static ProblemException refusal(String code, String message, String cure) {
        return new ProblemException(new Problem(code, null, message, cure));
    }
}
