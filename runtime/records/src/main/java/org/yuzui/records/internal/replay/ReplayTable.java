package org.yuzui.records.internal.replay;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Registration;
import org.yuzui.records.Replay;
import org.yuzui.records.ReplayFailure;
import org.yuzui.records.ReplayOfFlow;
import org.yuzui.records.ReplayOfFlow.Outcome;
import org.yuzui.records.ReplayPreview;
import org.yuzui.records.ReplayRequest;
import org.yuzui.records.ReplayRequest.Version;
import org.yuzui.store.Store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code records.replay} and its items. */
final class ReplayTable {

    private static final String COLUMNS = """
            r.id, r.action, r.state, r.who, r.reason, r.about, r.started_at, r.ended_at, r.problem, r.subscription, r.per_second, r.from_arrival,
            r.version, r.applied, r.lost, r.items, r.done, r.skipped, r.failed""";
    private static final String REPLAY = "SELECT " + COLUMNS + " FROM records.replay r %s ORDER BY r.id DESC LIMIT :most";

    private static final Logger LOG = LoggerFactory.getLogger(ReplayTable.class);
    /** Of the advisory locks of replays, to which their ids are added: "replay". */
    private static final long LOCK = 0x7265_706c_6179_0000L;

    private static final int CAUSES = 5;

    private final Store store;

    ReplayTable(Store store) {
        this.store = store;
    }

    /** A replay with what only its runner needs. */
    record Running(Replay replay, String subscription, int perSecond, boolean fromArrival, Version version) {
    }

    record Item(int seq, UUID flow) {
    }

    /** How an item ended; cause is null when it went well. */
    record Ended(int seq, String outcome, String cause) {
    }

    /** Its items are added before it begins. */
    interface Items {

        /** @return how many were looked at, and what would be done with them */
        ReplayPreview addTo(Adder adder);
    }

    /** Takes flows, in their order. */
    interface Adder {
        void add(UUID flow);
    }

    /** Makes a replay with its items, all or nothing. */
    long add(ReplayRequest request, String who, String about, Instant now, Items items) {
        return store.jdbi().inTransaction(h -> {
            long id = h.createQuery("""
                            INSERT INTO records.replay (action, state, who, reason, about, subscription, per_second, from_arrival, version,
                                                        applied, lost, started_at)
                            VALUES (:action, 'RUNNING', :who, :reason, CAST(:about AS jsonb), :subscription, :perSecond, :fromArrival, :version,
                                    0, 0, :now)
                            RETURNING id""")
                    .bind("action", request.action().name()).bind("who", who).bind("reason", request.reason()).bind("about", about)
                    .bind("subscription", request.subscription()).bind("perSecond", request.perSecond())
                    .bind("fromArrival", request.fromArrival()).bind("version", request.version().name())
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .mapTo(Long.class).one();
            ReplayPreview chosen = addItems(h, id, items);
            h.createUpdate("UPDATE records.replay SET items = :items, applied = :applied, lost = :lost WHERE id = :id")
                    .bind("items", chosen.fresh()).bind("applied", chosen.applied()).bind("lost", chosen.lost()).bind("id", id).execute();
            return id;
        });
    }

    private static ReplayPreview addItems(Handle h, long replay, Items items) {
        PreparedBatch[] batch = {insert(h)};
        int[] seq = {0};
        ReplayPreview chosen = items.addTo(flow -> {
            batch[0].bind("replay", replay).bind("seq", ++seq[0]).bind("flow", flow).add();
            if (seq[0] % 5_000 == 0) {
                batch[0].execute();
                batch[0].close();
                batch[0] = insert(h);
            }
        });
        if (batch[0].size() > 0) {
            batch[0].execute();
        }
        batch[0].close();
        return chosen;
    }

    private static PreparedBatch insert(Handle h) {
        return h.prepareBatch("INSERT INTO records.replay_item (replay, seq, flow) VALUES (:replay, :seq, :flow)");
    }

    List<Item> pending(long replay, int most) {
        return store.jdbi().withHandle(h -> h.createQuery("""
                        SELECT seq, flow FROM records.replay_item WHERE replay = :replay AND outcome = 'PENDING' ORDER BY seq LIMIT :most""")
                .bind("replay", replay).bind("most", most)
                .map((row, context) -> new Item(row.getInt("seq"), row.getObject("flow", UUID.class))).list());
    }

    List<ReplayFailure> failures(long replay, int most) {
        return store.jdbi().withHandle(h -> h.createQuery("""
                        SELECT flow, cause FROM records.replay_item WHERE replay = :replay AND outcome = 'FAILED' ORDER BY seq LIMIT :most""")
                .bind("replay", replay).bind("most", most)
                .map((row, context) -> new ReplayFailure(row.getObject("flow", UUID.class), row.getString("cause"))).list());
    }

    /** Each counts once, however often it is told. */
    void end(long replay, Collection<Ended> items) {
        if (items.isEmpty()) {
            return;
        }
        store.jdbi().useHandle(h -> h.createUpdate("""
                        WITH ended AS (
                            UPDATE records.replay_item i SET outcome = e.outcome, cause = e.cause
                            FROM unnest(:seqs, :outcomes, :causes) AS e (seq, outcome, cause)
                            WHERE i.replay = :replay AND i.seq = e.seq AND i.outcome = 'PENDING'
                            RETURNING i.outcome)
                        UPDATE records.replay SET
                            done = done + (SELECT count(*) FROM ended WHERE outcome = 'DONE'),
                            skipped = skipped + (SELECT count(*) FROM ended WHERE outcome = 'SKIPPED'),
                            failed = failed + (SELECT count(*) FROM ended WHERE outcome = 'FAILED')
                        WHERE id = :replay""")
                .bindArray("seqs", Integer.class, items.stream().map(Ended::seq).toList())
                .bindArray("outcomes", String.class, items.stream().map(Ended::outcome).toList())
                .bindArray("causes", String.class, items.stream().map(i -> storable(i.cause())).toList())
                .bind("replay", replay).execute());
    }

    /** A plugin's refusal may say anything. */
    private static String storable(String cause) {
        return cause == null ? null : cause.replace("\0", "");
    }

    /** From one of some states to another. @return whether it was in one of them */
    boolean turn(long replay, List<Replay.State> from, Replay.State to, String problem, Instant now) {
        boolean ends = to != Replay.State.RUNNING && to != Replay.State.PAUSED;
        return store.jdbi().withHandle(h -> h.createUpdate("""
                        UPDATE records.replay SET state = :to, problem = :problem, ended_at = :ended
                        WHERE id = :id AND state = ANY (:from)""")
                .bind("to", to.name()).bind("problem", problem).bind("ended", ends ? now.atOffset(ZoneOffset.UTC) : null).bind("id", replay)
                .bindArray("from", String.class, from.stream().map(Enum::name).toList()).execute()) > 0;
    }

    /**
     * Takes a replay for this node alone, until it is closed or the node ends: several that share the database all see it running.
     *
     * @return empty when another one has it
     */
    Optional<Registration> hold(long id) {
        try {
            Connection connection = store.connection();
            boolean held = false;
            try {
                held = ask(connection, "SELECT pg_try_advisory_lock(?)", id);
            } finally {
                if (!held) {
                    connection.close();
                }
            }
            return held ? Optional.of(() -> release(connection, id)) : Optional.empty();
        } catch (SQLException e) {
            throw new Trouble(e);
        }
    }

    private static boolean ask(Connection connection, String sql, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, LOCK + id);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            } finally {
                connection.commit();
            }
        }
    }

    private static void release(Connection connection, long id) {
        try (connection) {
            ask(connection, "SELECT pg_advisory_unlock(?)", id);
        } catch (SQLException e) {
            LOG.debug("the connection that held replay {} is gone, and the hold with it", id, e);
        }
    }

    /** Says why it waits; null when it goes on. */
    void waits(long id, String why) {
        store.jdbi().useHandle(h -> h.createUpdate("UPDATE records.replay SET problem = :why WHERE id = :id AND state = 'RUNNING'")
                .bind("why", why).bind("id", id).execute());
    }

    /** What most of those failed for that failed; null when none did. */
    String failures(long id) {
        List<String> causes = store.jdbi().withHandle(h -> h.createQuery("""
                        SELECT count(*) || ' × ' || coalesce(cause, '?') FROM records.replay_item WHERE replay = :id AND outcome = 'FAILED'
                        GROUP BY cause ORDER BY count(*) DESC, cause LIMIT :most""")
                .bind("id", id).bind("most", CAUSES).mapTo(String.class).list());
        return causes.isEmpty() ? null : String.join("; ", causes);
    }

    Optional<Running> find(long id) {
        return store.jdbi().withHandle(h -> h.createQuery(REPLAY.formatted("WHERE r.id = :id")).bind("id", id).bind("most", 1)
                .map((row, context) -> running(row)).findOne());
    }

    boolean isRunning(long id) {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT state = 'RUNNING' FROM records.replay WHERE id = :id").bind("id", id)
                .mapTo(Boolean.class).findOne()).orElse(false);
    }

    List<Replay> recent(int most) {
        return store.jdbi().withHandle(h -> h.createQuery(REPLAY.formatted("")).bind("most", most)
                .map((row, context) -> running(row).replay()).list());
    }

    /** Those that chose a flow, the newest first. */
    List<ReplayOfFlow> of(UUID flow, int most) {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT " + COLUMNS + """
                        , i.outcome, i.cause
                        FROM records.replay_item i JOIN records.replay r ON r.id = i.replay
                        WHERE i.flow = :flow ORDER BY r.id DESC LIMIT :most""")
                .bind("flow", flow).bind("most", most)
                .map((row, context) -> new ReplayOfFlow(running(row).replay(), Outcome.valueOf(row.getString("outcome")), row.getString("cause")))
                .list());
    }

    /** Those that are to go on. */
    List<Long> running() {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT id FROM records.replay WHERE state = 'RUNNING' ORDER BY id")
                .mapTo(Long.class).list());
    }

    private static Running running(ResultSet row) throws SQLException {
        long applied = row.getLong("applied");
        long lost = row.getLong("lost");
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        Replay replay = new Replay(row.getLong("id"), ReplayRequest.Action.valueOf(row.getString("action")),
                Replay.State.valueOf(row.getString("state")), row.getString("who"), row.getString("reason"), row.getString("about"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(), ended == null ? null : ended.toInstant(),
                row.getLong("items") + applied + lost, row.getLong("done"), row.getLong("skipped") + applied,
                row.getLong("failed") + lost, row.getString("problem"));
        return new Running(replay, row.getString("subscription"), row.getInt("per_second"), row.getBoolean("from_arrival"),
                Version.valueOf(row.getString("version")));
    }
}
