package org.yuzui.ledger.internal;

import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.HopKind;
import org.yuzui.store.Store;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Writes hops in bulk, each once however often it comes, and adds them to their flows. For one thread.
 *
 * <p>Several nodes may do this on one database: their hops go in side by side, and they add to flows one after the other, or two
 * of them would place the same flow twice.
 */
final class HopWriter implements AutoCloseable {

    private static final long WATCH_NANOS = 60_000_000_000L;
    private static final Duration HANGS = Duration.ofMinutes(10);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String NO_TABLE_FOR_IT = "23514";

    /** Of the advisory lock under which nodes add to flows: "flow". */
    private static final long LOCK = 0x666c6f77L;

    // Temporary tables write no journal; they belong to this writer's connection. And what joins with them is looked up row by
    // row: the planner, which knows nothing of their content, must not read the whole ledger instead.
    private static final String STAGING = """
            CREATE TEMPORARY TABLE IF NOT EXISTS hop_in (LIKE ledger.hop) ON COMMIT DELETE ROWS;
            CREATE TEMPORARY TABLE IF NOT EXISTS flow_in (LIKE ledger.flow) ON COMMIT DELETE ROWS;
            """;

    private static final String ROW_BY_ROW = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; "
            + "SET LOCAL enable_seqscan = off; SELECT pg_advisory_xact_lock(" + LOCK + ")";

    // A flow that is written is marked at once when it is ten minutes old; those that were younger then are marked by the next look at all of
    // twenty minutes. What lies between is more than a transaction takes.
    private static final String MARK_HANGING = """
            WITH w AS (UPDATE ledger.watched SET until = now() - interval '20 minutes' WHERE until < now() - interval '21 minutes' RETURNING ctid)
            UPDATE ledger.flow SET hangs = true
            WHERE status = 0 AND hangs IS NULL AND first_at >= (SELECT until FROM ledger.watched)
                  AND first_at < (SELECT now() - interval '20 minutes' FROM w)
            """;

    // A hop that is there already is rare: only what was written before the broker knew of it comes again.
    private static final String COPY_HOPS = "COPY %s (" + LedgerRows.HOP_COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String COPY_FLOWS = "COPY %s (" + LedgerRows.FLOW_COLUMNS + ") FROM STDIN (FORMAT binary)";

    private static final String INSERT_HOPS = """
            INSERT INTO ledger.hop (%1$s) SELECT %1$s FROM hop_in ORDER BY flow, at
            ON CONFLICT DO NOTHING
            RETURNING flow, id
            """.formatted(LedgerRows.HOP_COLUMNS);

    // A flow is where it was placed first, in whatever table; only when it is nowhere is it placed. In the order of the buckets of the hash index,
    // one table after the other: so a page of it is read once for all that it tells.
    private static final String FIND_FLOWS = """
            SELECT id, keep, placed FROM ledger.flow
            WHERE id = ANY (ARRAY(SELECT i FROM unnest(?) AS i ORDER BY uuid_hash(i) & 262143))
            """;

    private static final String MERGE_FLOWS = """
            WITH merged AS (
                UPDATE ledger.flow AS f SET
                    marks = f.marks | i.marks,
                    status = CASE WHEN (f.marks | i.marks) & 2 <> 0 THEN 1
                                  WHEN (f.marks | i.marks) & 1 <> 0 THEN 0
                                  WHEN (f.marks | i.marks) & 4 <> 0 THEN 4
                                  ELSE 5 END,
                    contract = coalesce(f.contract, i.contract),
                    key = coalesce(f.key, i.key),
                    unit = coalesce(f.unit, i.unit),
                    plugin = CASE WHEN i.arrived_at < f.arrived_at OR f.arrived_at IS NULL THEN i.plugin ELSE f.plugin END,
                    route = CASE WHEN i.arrived_at < f.arrived_at OR f.arrived_at IS NULL THEN i.route ELSE f.route END,
                    source = CASE WHEN i.arrived_at < f.arrived_at OR f.arrived_at IS NULL THEN i.source ELSE f.source END,
                    source_type = CASE WHEN i.arrived_at < f.arrived_at OR f.arrived_at IS NULL
                                       THEN i.source_type ELSE f.source_type END,
                    source_id = CASE WHEN i.arrived_at < f.arrived_at OR f.arrived_at IS NULL
                                     THEN i.source_id ELSE f.source_id END,
                    first_at = least(f.first_at, i.first_at),
                    last_at = greatest(f.last_at, i.last_at),
                    arrived_at = least(f.arrived_at, i.arrived_at),
                    arrivals = f.arrivals + i.arrivals,
                    hops = f.hops + i.hops,
                    size = greatest(f.size, i.size),
                    cause_at = greatest(f.cause_at, i.cause_at),
                    cause_code = CASE WHEN i.cause_at >= f.cause_at OR f.cause_at IS NULL THEN i.cause_code ELSE f.cause_code END,
                    cause = CASE WHEN i.cause_at >= f.cause_at OR f.cause_at IS NULL THEN i.cause ELSE f.cause END,
                    cause_print = CASE WHEN i.cause_at >= f.cause_at OR f.cause_at IS NULL
                                       THEN i.cause_print ELSE f.cause_print END,
                    hangs = CASE WHEN (f.marks | i.marks) & 3 = 1 AND least(f.first_at, i.first_at) < now() - interval '10 minutes' THEN true END,
                    terms = CASE WHEN i.terms IS NULL OR f.terms @> i.terms THEN f.terms
                                 ELSE ARRAY(SELECT DISTINCT t FROM unnest(f.terms || i.terms) AS t ORDER BY t LIMIT 1000) END
                FROM flow_in i WHERE f.id = i.id AND f.keep = i.keep AND f.placed = i.placed
                RETURNING f.id, f.marks, f.first_at)
            SELECT id, first_at, NULL FROM merged WHERE marks & 48 <> 0
            UNION ALL SELECT NULL, NULL, count(*) FROM merged
            """;

    // A statement of its own, after the one that locked the flows: it sees all hops that other nodes have committed.
    private static final String JUDGE_TROUBLED = """
            WITH latest AS (
                SELECT DISTINCT ON (flow, subscription) flow, subscription, kind
                FROM ledger.hop
                WHERE flow = ANY (?) AND at >= ? AND kind IN (:stored, :delivered, :filtered, :retried, :dead, :refused, :replayed, :mended, :dismissed)
                ORDER BY flow, subscription, at DESC, id DESC),
            judged AS (
                SELECT flow, bool_or(kind = :dead) AS dead,
                       bool_or(kind = :retried OR kind = :replayed AND subscription IS NOT NULL) AS retried,
                       bool_or(kind IN (:mended, :dismissed)) AS settled,
                       bool_or(kind = :replayed AND subscription IS NULL) AS entered_again
                FROM latest GROUP BY flow)
            UPDATE ledger.flow AS f
            SET status = CASE WHEN j.dead THEN :DEAD WHEN j.retried THEN :RETRYING WHEN j.settled THEN :SETTLED
                              -- A record whose message went in again stays what it is.
                              WHEN j.entered_again AND f.marks & 1 = 0 THEN :SETTLED ELSE f.status END
            FROM judged j WHERE f.id = j.flow
            """;

    private static final String JUDGE = numbered(JUDGE_TROUBLED);

    /** With the numbers that stand in the database for {@code :kind} and {@code :STATUS}. */
    private static String numbered(String sql) {
        String numbered = sql;
        for (HopKind kind : HopKind.values()) {
            numbered = numbered.replaceAll(":" + kind.name().toLowerCase(Locale.ROOT) + "\\b", Integer.toString(kind.ordinal()));
        }
        for (FlowStatus status : FlowStatus.values()) {
            numbered = numbered.replaceAll(":" + status.name() + "\\b", Integer.toString(status.ordinal()));
        }
        return numbered;
    }

    private record HopKey(UUID flow, long id) {
    }

    /** Flows that had trouble, and when the first of them began. */
    private static final class Troubled {
        private final List<UUID> flows = new ArrayList<>();
        private Instant since;

        void add(UUID flow, Instant firstAt) {
            flows.add(flow);
            since = since == null || firstAt.isBefore(since) ? firstAt : since;
        }
    }

    private final Store store;
    private final Clock clock = Clock.systemUTC(); // of the wall, as the database's
    private final Slices slices = new Slices(clock);
    private final Places places = new Places();
    private final KeptRows keptRows;
    private Connection connection;
    private long watchedAt = System.nanoTime() - WATCH_NANOS;

    HopWriter(Store store) {
        this.store = store;
        this.keptRows = new KeptRows(store);
    }

    /**
     * Writes them in one transaction.
     *
     * @return the flows that changed; none when all the hops were there already
     */
    List<UUID> write(HopBatch batch) throws SQLException, IOException {
        if (batch.isEmpty()) {
            return List.of();
        }
        boolean written = false;
        try {
            Connection c = connection();
            slices.ensure(c, batch.hops(), batch.kept());
            HopBatch fresh = straight(c, batch) ? batch : apart(c, batch);
            Map<UUID, Places.Place> found = fresh.flows().isEmpty() ? Map.of() : merge(c, fresh.flows());
            boolean watch = !fresh.flows().isEmpty() && System.nanoTime() - watchedAt >= WATCH_NANOS;
            if (watch) {
                execute(c, MARK_HANGING);
            }
            c.commit();
            written = true;
            watchedAt = watch ? System.nanoTime() : watchedAt;
            fresh.flows().forEach(f -> places.remember(f.id, found.getOrDefault(f.id, new Places.Place(f.keep, f.firstAt))));
            return fresh.flows().stream().map(f -> f.id).toList();
        } finally {
            if (!written) {
                close();
                slices.forget();
                places.forget();
            }
        }
    }

    /** Without looking what is there; false when something of it is, and then nothing of it is written. */
    private boolean straight(Connection c, HopBatch batch) throws SQLException, IOException {
        try {
            if (!batch.hops().isEmpty()) {
                store.copy(c, COPY_HOPS.formatted("ledger.hop"), out -> LedgerRows.hops(out, batch.hops()));
            }
            execute(c, ROW_BY_ROW);
            keptRows.place(c, batch.kept());
            return true;
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw e;
            }
            c.rollback();
            return false;
        }
    }

    /** By way of a table from which only those are taken that are not there. */
    private HopBatch apart(Connection c, HopBatch batch) throws SQLException, IOException {
        store.copy(c, COPY_HOPS.formatted("hop_in"), out -> LedgerRows.hops(out, batch.hops()));
        Map<HopKey, TrailHop> hops = new HashMap<>(batch.hops().size() * 2);
        batch.hops().forEach(hop -> hops.put(new HopKey(hop.hop().flow(), hop.id()), hop));
        List<TrailHop> fresh = new ArrayList<>(batch.hops().size());
        try (PreparedStatement insert = c.prepareStatement(INSERT_HOPS); ResultSet rows = insert.executeQuery()) {
            while (rows.next()) {
                fresh.add(hops.get(new HopKey(rows.getObject(1, UUID.class), rows.getLong(2))));
            }
        }
        execute(c, ROW_BY_ROW);
        keptRows.placeMissing(c, batch.kept());
        return batch.fresh(fresh);
    }

    /** Returns where those lie that are not placed now. */
    private Map<UUID, Places.Place> merge(Connection c, Collection<FlowSum> flows) throws SQLException, IOException {
        Map<UUID, Places.Place> found = find(c, flows);
        Troubled troubled = new Troubled();
        List<FlowSum> placed = new ArrayList<>(flows.size());
        List<FlowSum> there = new ArrayList<>(flows.size());
        for (FlowSum flow : flows) {
            (found.containsKey(flow.id) ? there : placed).add(flow);
        }
        if (!placed.isEmpty()) {
            Instant longAgo = clock.instant().minus(HANGS);
            placed.sort(Comparator.comparing(f -> f.firstAt));
            store.copy(c, COPY_FLOWS.formatted("ledger.flow"), out -> LedgerRows.flows(out, placed, Map.of(), longAgo));
            placed.stream().filter(f -> (f.marks & (FlowSum.TROUBLED | FlowSum.SETTLED)) != 0).forEach(f -> troubled.add(f.id, f.firstAt));
        }
        if (!there.isEmpty()) {
            store.copy(c, COPY_FLOWS.formatted("flow_in"), out -> LedgerRows.flows(out, there, found, Instant.MIN));
            update(c, there.size(), troubled);
        }
        judge(c, troubled);
        return found;
    }

    private Map<UUID, Places.Place> find(Connection c, Collection<FlowSum> flows) throws SQLException {
        Map<UUID, Places.Place> found = new HashMap<>(flows.size() * 2);
        List<UUID> unknown = new ArrayList<>(flows.size());
        for (FlowSum flow : flows) {
            Places.Place place = places.of(flow.id);
            if (place == null) {
                unknown.add(flow.id);
            } else {
                found.put(flow.id, place);
            }
        }
        if (!unknown.isEmpty()) {
            Array ids = c.createArrayOf("uuid", unknown.toArray());
            try (PreparedStatement find = c.prepareStatement(FIND_FLOWS)) {
                find.setArray(1, ids);
                try (ResultSet rows = find.executeQuery()) {
                    while (rows.next()) {
                        found.put(rows.getObject(1, UUID.class),
                                new Places.Place(rows.getInt(2), rows.getObject(3, OffsetDateTime.class).toInstant()));
                    }
                }
            } finally {
                ids.free();
            }
        }
        return found;
    }

    private static void update(Connection c, int expected, Troubled troubled) throws SQLException {
        try (PreparedStatement merge = c.prepareStatement(MERGE_FLOWS); ResultSet rows = merge.executeQuery()) {
            while (rows.next()) {
                UUID flow = rows.getObject(1, UUID.class);
                if (flow != null) {
                    troubled.add(flow, rows.getObject(2, OffsetDateTime.class).toInstant());
                } else if (rows.getLong(3) != expected) {
                    // As when a hop's table is missing: it is tried once more, and then nothing is remembered.
                    throw new SQLException("A table of flows was dropped.", NO_TABLE_FOR_IT);
                }
            }
        }
    }

    private static void judge(Connection c, Troubled troubled) throws SQLException {
        if (troubled.flows.isEmpty()) {
            return;
        }
        Array ids = c.createArrayOf("uuid", troubled.flows.toArray());
        try (PreparedStatement judge = c.prepareStatement(JUDGE)) {
            judge.setArray(1, ids);
            judge.setObject(2, FlowConditions.time(troubled.since));
            judge.executeUpdate();
        } finally {
            ids.free();
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            Connection fresh = store.connection();
            try {
                execute(fresh, STAGING);
                fresh.commit();
            } catch (SQLException e) {
                fresh.close();
                throw e;
            }
            connection = fresh;
        }
        return connection;
    }

    private static void execute(Connection c, String sql) throws SQLException {
        try (Statement statement = c.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Gives the connection back, undoing what is not committed; the next write takes another one. */
    @Override
    public void close() {
        if (connection != null) {
            try (Connection c = connection) {
                connection = null;
                c.rollback();
            } catch (SQLException e) {
                // It is lost, and with it all that was not committed: just what is wanted.
                connection = null;
            }
        }
    }
}
