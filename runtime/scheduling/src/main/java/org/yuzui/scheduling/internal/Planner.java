package org.yuzui.scheduling.internal;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.scheduling.Schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the rows of what will be due, and judges those whose time passed while nobody had the schedule.
 *
 * <p>Ahead it plans two days, at least the next one and at most {@value #MOST_AHEAD}. Behind it closes the gap since some
 * hub last had the schedule, at most a month and {@value #MOST_BEHIND} occurrences, so that what never happened is shown.
 * A pause of half a minute, as when a plugin is replaced, is no absence.
 */
final class Planner {

    private static final Logger LOG = LoggerFactory.getLogger(Planner.class);
    static final Duration HORIZON = Duration.ofHours(48);
    static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration LONGEST_GAP = Duration.ofDays(31);
    private static final int MOST_AHEAD = 100;
    private static final int MOST_BEHIND = 1000;

    private final Jdbi jdbi;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    Planner(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What changed ahead: triggers are to be made for the rows planned and taken back for those dropped. */
    record Change(Map<UUID, Instant> planned, List<UUID> dropped) {
    }

    /** Brings the rows ahead up to date. Rows that no longer fit the schedule are dropped; nothing behind is touched. */
    Change extend(Schedule schedule, Timetable timetable, Instant now) {
        return jdbi.inTransaction(h -> ahead(h, schedule, timetable, now));
    }

    /** As {@link #extend}, for a schedule that this node begins to look after: closes the gap behind and judges it. */
    Change adopt(Schedule schedule, Timetable timetable, Instant now) {
        return jdbi.inTransaction(h -> {
            Instant watched = lockWatch(h, schedule.id(), now);
            gap(h, schedule, timetable, watched, now);
            Pauses.skip(h, schedule.id(), now); // before the misfire policy, which a pause goes before
            judge(h, schedule, watched, now);
            Occurrences.watch(h, List.of(schedule.id()), now);
            return ahead(h, schedule, timetable, now);
        });
    }

    /** Until when some hub had the schedule; {@code now} when none ever had. Others wait until this transaction ends. */
    static Instant lockWatch(Handle h, String schedule, Instant now) {
        h.createUpdate("""
                INSERT INTO scheduling.watch (schedule, watched_until) VALUES (:schedule, :now) ON CONFLICT DO NOTHING""")
                .bind("schedule", schedule).bind("now", now).execute();
        return h.createQuery("SELECT watched_until FROM scheduling.watch WHERE schedule = :schedule FOR UPDATE")
                .bind("schedule", schedule).mapTo(Instant.class).one();
    }

    private Change ahead(Handle h, Schedule schedule, Timetable timetable, Instant now) {
        Timetable.Due due = timetable.between(now, now.plus(HORIZON), 1, MOST_AHEAD);
        if (due.unknown() != null) {
            warnOnce(schedule, due.unknown());
        }
        Map<Instant, UUID> there = new HashMap<>();
        h.createQuery("""
                SELECT id, due_at FROM scheduling.occurrence
                WHERE schedule = :schedule AND kind = 'PLANNED' AND state = 'DUE' AND due_at > :now""")
                .bind("schedule", schedule.id()).bind("now", now)
                .map((row, context) -> Map.entry(row.getTimestamp("due_at").toInstant(), row.getObject("id", UUID.class)))
                .forEach(e -> there.put(e.getKey(), e.getValue()));
        Set<Instant> fitting = new HashSet<>(due.times());
        List<UUID> dropped = there.entrySet().stream().filter(e -> !fitting.contains(e.getKey()))
                .map(Map.Entry::getValue).toList();
        drop(h, dropped);
        return new Change(insert(h, schedule, timetable, due.times().stream().filter(t -> !there.containsKey(t)).toList()),
                dropped);
    }

    /** Rows for what was due since the last row or since somebody last watched, whichever is later. */
    private static void gap(Handle h, Schedule schedule, Timetable timetable, Instant watched, Instant now) {
        Instant last = h.createQuery("""
                SELECT max(due_at) FROM scheduling.occurrence
                WHERE schedule = :schedule AND kind = 'PLANNED' AND due_at <= :now""")
                .bind("schedule", schedule.id()).bind("now", now).mapTo(Instant.class).findOne().orElse(watched);
        Instant from = last.isAfter(watched) ? last : watched;
        Instant earliest = now.minus(LONGEST_GAP);
        if (from.isBefore(earliest)) {
            LOG.warn("schedule {} was not looked after since {}; only occurrences after {} are shown", schedule.id(), from,
                    earliest);
            from = earliest;
        }
        List<Instant> times = timetable.between(from, now, 0, Integer.MAX_VALUE).times();
        if (times.size() > MOST_BEHIND) {
            LOG.warn("schedule {} missed {} occurrences; only the latest {} are shown", schedule.id(), times.size(),
                    MOST_BEHIND);
            times = times.subList(times.size() - MOST_BEHIND, times.size());
        }
        insert(h, schedule, timetable, times);
    }

    private static void judge(Handle h, Schedule schedule, Instant watched, Instant now) {
        if (schedule.misfire() == Schedule.Misfire.RUN_ALL) {
            return; // they are due, and what is due runs, oldest first
        }
        boolean newestRuns = schedule.misfire() == Schedule.Misfire.RUN_ONCE;
        String cause = "Nobody had the schedule when this was due; "
                + (newestRuns ? "by run-once only the latest is made up for." : "by skip it is not made up for.");
        int missed = h.createUpdate("""
                        UPDATE scheduling.occurrence SET state = 'MISSED', cause = :cause, ended_at = :now
                        WHERE schedule = :schedule AND kind = 'PLANNED' AND state = 'DUE' AND asked_by IS NULL
                          AND due_at > :watched AND due_at <= :now
                          AND NOT (:newestRuns AND due_at = (
                                SELECT max(due_at) FROM scheduling.occurrence
                                WHERE schedule = :schedule AND kind = 'PLANNED' AND state = 'DUE' AND due_at <= :now))""")
                .bind("cause", cause).bind("schedule", schedule.id()).bind("watched", watched.plus(GRACE)).bind("now", now)
                .bind("newestRuns", newestRuns).execute();
        if (missed > 0) {
            LOG.warn("schedule {}: {} occurrences were missed since {} (misfire: {})", schedule.id(), missed, watched,
                    newestRuns ? "run-once" : "skip");
        }
    }

    private static Map<UUID, Instant> insert(Handle h, Schedule schedule, Timetable timetable, List<Instant> times) {
        if (times.isEmpty()) {
            return Map.of();
        }
        PreparedBatch batch = h.prepareBatch("""
                INSERT INTO scheduling.occurrence (id, schedule, due_at, day, kind, state)
                VALUES (:id, :schedule, :dueAt, :day, 'PLANNED', 'DUE')
                ON CONFLICT (schedule, due_at) WHERE kind = 'PLANNED' DO NOTHING""");
        List<UUID> ids = new ArrayList<>();
        for (Instant time : times) {
            UUID id = UUID.randomUUID();
            ids.add(id);
            batch.bind("id", id).bind("schedule", schedule.id()).bind("dueAt", time)
                    .bind("day", timetable.day(time)).add();
        }
        int[] inserted = batch.execute();
        Map<UUID, Instant> planned = new HashMap<>();
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i] == 1) { // otherwise another node planned it, and made its trigger
                planned.put(ids.get(i), times.get(i));
            }
        }
        return planned;
    }

    private static void drop(Handle h, List<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        PreparedBatch batch = h.prepareBatch("DELETE FROM scheduling.occurrence WHERE id = :id AND state = 'DUE'");
        ids.forEach(id -> batch.bind("id", id).add());
        batch.execute();
    }

    private void warnOnce(Schedule schedule, Year year) {
        if (warned.add(schedule.id() + year)) {
            LOG.warn("schedule {} is planned up to the end of {} only: the working days of {} are not announced",
                    schedule.id(), year.minusYears(1), year);
        }
    }
}
