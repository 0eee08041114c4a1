package org.yuzui.scheduling.internal;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.yuzui.scheduling.Pause;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of {@code scheduling.pause}. While there is one, no planned occurrence of its schedule begins; those that become
 * due are skipped, at the latest by the statement that ends the pause, so that none slips through between the two.
 */
final class Pauses {

    private static final RowMapper<Pause> ROW = (row, context) -> new Pause(row.getString("schedule"), row.getString("who"),
            row.getString("reason"), row.getTimestamp("since").toInstant());

    private final Jdbi jdbi;

    Pauses(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Map<String, Pause> all() {
        return jdbi.withHandle(h -> h.createQuery("SELECT * FROM scheduling.pause").map(ROW)
                .collect(Collectors.toMap(Pause::schedule, Function.identity())));
    }

    Optional<Pause> find(String schedule) {
        return jdbi.withHandle(h -> h.createQuery("SELECT * FROM scheduling.pause WHERE schedule = :schedule")
                .bind("schedule", schedule).map(ROW).findOne());
    }

    /** The pause that holds then: the first one that somebody asked for. */
    Pause begin(String schedule, String who, String reason, Instant now) {
        jdbi.useHandle(h -> h.createUpdate("""
                        INSERT INTO scheduling.pause (schedule, who, reason, since) VALUES (:schedule, :who, :reason, :now)
                        ON CONFLICT DO NOTHING""")
                .bind("schedule", schedule).bind("who", who).bind("reason", reason).bind("now", now).execute());
        return find(schedule).orElseThrow();
    }

    /** What the pause that ended was; empty when there was none. */
    Optional<Pause> end(String schedule, Instant now) {
        return jdbi.inTransaction(h -> {
            Optional<Pause> pause = h.createQuery("SELECT * FROM scheduling.pause WHERE schedule = :schedule FOR UPDATE")
                    .bind("schedule", schedule).map(ROW).findOne();
            skip(h, schedule, now);
            h.createUpdate("DELETE FROM scheduling.pause WHERE schedule = :schedule").bind("schedule", schedule).execute();
            return pause;
        });
    }

    int skip(Instant now) {
        return jdbi.withHandle(h -> skip(h, null, now));
    }

    /**
     * Marks what became due since a pause began.
     *
     * @param schedule null for all
     */
    static int skip(Handle handle, String schedule, Instant now) {
        return handle.createUpdate("""
                        UPDATE scheduling.occurrence o
                        SET state = 'SKIPPED', ended_at = :now,
                            cause = 'The schedule was paused by ' || p.who || coalesce(': ' || p.reason, '.')
                        FROM scheduling.pause p
                        WHERE p.schedule = o.schedule AND (CAST(:schedule AS text) IS NULL OR o.schedule = :schedule)
                          AND o.kind = 'PLANNED' AND o.asked_by IS NULL AND o.state = 'DUE'
                          AND o.due_at >= p.since AND o.due_at <= :now""")
                .bind("schedule", schedule).bind("now", now).execute();
    }
}
