package org.yuzui.scheduling.internal;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.OccurrenceKind;
import org.yuzui.scheduling.OccurrenceState;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of {@code scheduling.occurrence} as runs use them. A row is claimed by one statement and its end is written only
 * by the attempt that claimed it; leases go by the database server's clock, which all nodes share.
 */
final class Occurrences {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final RowMapper<Occurrence> ROW = Occurrences::row;

    private final Jdbi jdbi;
    private final String node;

    Occurrences(Jdbi jdbi, String node) {
        this.jdbi = jdbi;
        this.node = node;
    }

    Optional<Occurrence> find(UUID id) {
        return jdbi.withHandle(h -> h.createQuery("SELECT * FROM scheduling.occurrence WHERE id = :id")
                .bind("id", id).map(ROW).findOne());
    }

    List<Occurrence> between(String schedule, Instant from, Instant to, int limit) {
        return jdbi.withHandle(h -> h.createQuery("""
                        SELECT * FROM scheduling.occurrence
                        WHERE schedule = :schedule AND due_at >= :from AND due_at < :to
                        ORDER BY due_at DESC, id LIMIT :limit""")
                .bind("schedule", schedule).bind("from", from).bind("to", to).bind("limit", limit).map(ROW).list());
    }

    /** A row for a run that somebody asked for. */
    UUID ask(String schedule, OccurrenceKind kind, Instant now, LocalDate day, String who) {
        UUID id = UUID.randomUUID();
        jdbi.useHandle(h -> h.createUpdate("""
                        INSERT INTO scheduling.occurrence (id, schedule, due_at, day, kind, state, asked_by)
                        VALUES (:id, :schedule, :dueAt, :day, :kind, 'DUE', :who)""")
                .bind("id", id).bind("schedule", schedule).bind("dueAt", now).bind("day", day)
                .bind("kind", kind.name()).bind("who", who).execute());
        return id;
    }

    /**
     * Takes the oldest occurrence of a schedule that is due, unless one of it runs anywhere in the cluster. Whoever gets it
     * is the only one. While the schedule is paused only what somebody asked for is taken.
     */
    Optional<Occurrence> claimNext(String schedule, Instant now) {
        try {
            return jdbi.withHandle(h -> h.createQuery("""
                            UPDATE scheduling.occurrence
                            SET state = 'RUNNING', node = :node, attempts = attempts + 1, started_at = :now,
                                ended_at = NULL, cause = NULL, lease_until = now() + interval '60 seconds'
                            WHERE id = (SELECT id FROM scheduling.occurrence o
                                        WHERE schedule = :schedule AND state = 'DUE' AND due_at <= :now
                                          AND NOT EXISTS (SELECT 1 FROM scheduling.occurrence r
                                                          WHERE r.schedule = o.schedule AND r.state = 'RUNNING')
                                          AND (o.kind <> 'PLANNED' OR o.asked_by IS NOT NULL OR NOT EXISTS (
                                                SELECT 1 FROM scheduling.pause p WHERE p.schedule = o.schedule))
                                        ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                              AND state = 'DUE'
                            RETURNING *""")
                    .bind("schedule", schedule).bind("node", node).bind("now", now).map(ROW).findOne());
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException s && UNIQUE_VIOLATION.equals(s.getSQLState())) {
                return Optional.empty(); // another node began another one in the same moment
            }
            throw e;
        }
    }

    /** Ends the attempt that was claimed; false when it has been ended, or taken over by another attempt, before. */
    boolean end(Occurrence claimed, OccurrenceState state, String cause, Instant now) {
        return jdbi.withHandle(h -> h.createUpdate("""
                        UPDATE scheduling.occurrence
                        SET state = :state, cause = :cause, ended_at = :now, lease_until = NULL
                        WHERE id = :id AND state = 'RUNNING' AND node = :node AND attempts = :attempts""")
                .bind("state", state.name()).bind("cause", cause).bind("now", state == OccurrenceState.DUE ? null : now)
                .bind("id", claimed.id()).bind("node", node).bind("attempts", claimed.attempts()).execute()) == 1;
    }

    void renewLeases(Collection<UUID> running) {
        if (running.isEmpty()) {
            return;
        }
        jdbi.useHandle(h -> {
            PreparedBatch batch = h.prepareBatch("""
                    UPDATE scheduling.occurrence SET lease_until = now() + interval '60 seconds'
                    WHERE id = :id AND state = 'RUNNING' AND node = :node""");
            running.forEach(id -> batch.bind("id", id).bind("node", node).add());
            batch.execute();
        });
    }

    /** What runs on no living node any more is due again. */
    int reviveExpired() {
        return jdbi.withHandle(h -> h.execute("""
                UPDATE scheduling.occurrence SET state = 'DUE', lease_until = NULL
                WHERE state = 'RUNNING' AND lease_until < now()"""));
    }

    /** What a process of this node left running when it was killed is due again, without waiting for its lease. */
    int reviveOwn() {
        return jdbi.withHandle(h -> h.createUpdate("""
                UPDATE scheduling.occurrence SET state = 'DUE', lease_until = NULL
                WHERE state = 'RUNNING' AND node = :node""").bind("node", node).execute());
    }

    /** The schedules, of any node, that have something due. */
    List<String> schedulesDue(Instant now) {
        return jdbi.withHandle(h -> h.createQuery("""
                        SELECT DISTINCT schedule FROM scheduling.occurrence WHERE state = 'DUE' AND due_at <= :now""")
                .bind("now", now).mapTo(String.class).list());
    }

    /** Notes that the schedules are being looked after. Not worth a disk sync: the loss of one is made good by the next. */
    void watch(Collection<String> schedules, Instant now) {
        if (schedules.isEmpty()) {
            return;
        }
        jdbi.useTransaction(h -> {
            h.execute("SET LOCAL synchronous_commit = off");
            watch(h, schedules, now);
        });
    }

    static void watch(Handle handle, Collection<String> schedules, Instant now) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO scheduling.watch (schedule, watched_until) VALUES (:schedule, :now)
                ON CONFLICT (schedule) DO UPDATE
                SET watched_until = greatest(scheduling.watch.watched_until, excluded.watched_until)""");
        // always in the same order: two nodes that note the same schedules must not wait for each other
        schedules.stream().sorted().forEach(s -> batch.bind("schedule", s).bind("now", now).add());
        batch.execute();
    }

    private static Occurrence row(ResultSet row, StatementContext context) throws SQLException {
        return new Occurrence(row.getObject("id", UUID.class), row.getString("schedule"), instant(row, "due_at"),
                row.getObject("day", LocalDate.class), OccurrenceKind.valueOf(row.getString("kind")),
                OccurrenceState.valueOf(row.getString("state")), row.getInt("attempts"), instant(row, "started_at"),
                instant(row, "ended_at"), row.getString("node"), row.getString("cause"),
                row.getString("asked_by"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
