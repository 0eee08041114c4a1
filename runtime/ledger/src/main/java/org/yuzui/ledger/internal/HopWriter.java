package org.yuzui.ledger.internal;

import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.store.Store;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
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

    /** Of names and ids; also keeps an indexed value within the size of an index row. */
    private static final int NAME = 500;
    private static final int SENTENCE = 4_000;

    /** Of the advisory lock under which nodes add to flows: "flow". */
    private static final long LOCK = 0x666c6f77L;

    // Temporary tables write no journal; they belong to this writer's connection. And what joins with them is looked up row by
    // row: the planner, which knows nothing of their content, must not read the whole ledger instead.
    private static final String STAGING = """
            CREATE TEMPORARY TABLE IF NOT EXISTS hop_in (LIKE ledger.hop) ON COMMIT DELETE ROWS;
            CREATE TEMPORARY TABLE IF NOT EXISTS flow_in (LIKE ledger.flow) ON COMMIT DELETE ROWS;
            CREATE TEMPORARY TABLE IF NOT EXISTS message_in (LIKE ledger.message) ON COMMIT DELETE ROWS;
            """;

    private static final String ROW_BY_ROW = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; "
            + "SET LOCAL enable_seqscan = off; SELECT pg_advisory_xact_lock(" + LOCK + ")";

    private static final String HOP_COLUMNS = "flow, at, id, keep, kind, node, plugin, version, route, subscription, source, "
            + "source_type, source_id, parent, micros, size, cause_code, cause, message";

    private static final String FLOW_COLUMNS = "id, keep, placed, status, marks, contract, key, unit, plugin, route, source, "
            + "source_type, source_id, first_at, last_at, arrived_at, arrivals, hops, size, cause_at, cause_code, cause, cause_print, terms";

    private static final String INSERT_HOPS = """
            INSERT INTO ledger.hop (%1$s) SELECT %1$s FROM hop_in ORDER BY flow, at
            ON CONFLICT DO NOTHING
            RETURNING flow, id
            """.formatted(HOP_COLUMNS);

    // A flow is where it was placed first; only when it is nowhere is it placed.
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
                    terms = CASE WHEN i.terms IS NULL OR f.terms @> i.terms THEN f.terms
                                 ELSE ARRAY(SELECT DISTINCT t FROM unnest(f.terms || i.terms) AS t ORDER BY t LIMIT 1000) END
                FROM flow_in i WHERE f.id = i.id
                RETURNING f.id, f.marks, f.first_at),
            placed AS (
                INSERT INTO ledger.flow AS f (%1$s)
                SELECT %1$s FROM flow_in i WHERE NOT EXISTS (SELECT FROM merged m WHERE m.id = i.id) ORDER BY id
                RETURNING f.id, f.marks, f.first_at)
            SELECT id, min(first_at) OVER () FROM (SELECT * FROM merged UNION ALL SELECT * FROM placed) t WHERE marks & 48 <> 0
            """.formatted(FLOW_COLUMNS);

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

    // One that comes again soon is there already. The bound lets the database look into the last stretches only.
    private static final String INSERT_MESSAGES = """
            INSERT INTO ledger.message (id, keep, placed, content, size, sha, sealed)
            SELECT DISTINCT ON (id, keep) id, keep, placed, content, size, sha, sealed FROM message_in i
            WHERE NOT EXISTS (SELECT FROM ledger.message m WHERE m.id = i.id AND m.keep = i.keep AND m.placed > ?
                              AND m.placed > i.placed - ?::interval)
            ORDER BY id, keep, placed
            """;

    private static final String INSERT_FILES = """
            INSERT INTO ledger.file (sha, keep, placed) SELECT DISTINCT sha, keep, placed FROM message_in WHERE sha IS NOT NULL
            ON CONFLICT DO NOTHING
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
    private record Troubled(List<UUID> flows, OffsetDateTime since) {
    }

    private final Store store;
    private final Slices slices = new Slices();
    private Connection connection;

    HopWriter(Store store) {
        this.store = store;
    }

    /**
     * Writes them in one transaction.
     *
     * @return the flows that changed; none when all the hops were there already
     */
    List<UUID> write(List<TrailHop> hops, List<KeptEntry> kept) throws SQLException, IOException {
        if (hops.isEmpty() && kept.isEmpty()) {
            return List.of();
        }
        boolean written = false;
        try {
            Connection c = connection();
            slices.ensure(c, hops, kept);
            Collection<FlowSum> flows = hops.isEmpty() ? List.of() : sum(insert(c, distinct(hops)));
            if (!flows.isEmpty() || !kept.isEmpty()) {
                execute(c, ROW_BY_ROW);
                keep(c, kept);
            }
            if (!flows.isEmpty()) {
                judge(c, merge(c, flows));
            }
            c.commit();
            written = true;
            return flows.stream().map(f -> f.id).toList();
        } finally {
            if (!written) {
                close();
                slices.forget();
            }
        }
    }

    /** A message that comes again may meet itself in one batch. */
    private static Map<HopKey, TrailHop> distinct(List<TrailHop> hops) {
        Map<HopKey, TrailHop> distinct = new HashMap<>(hops.size() * 2);
        hops.forEach(hop -> distinct.put(new HopKey(hop.hop().flow(), hop.id()), hop));
        return distinct;
    }

    private List<TrailHop> insert(Connection c, Map<HopKey, TrailHop> hops) throws SQLException, IOException {
        store.copy(c, "COPY hop_in (" + HOP_COLUMNS + ") FROM STDIN (FORMAT binary)", out -> hops(out, hops.values()));
        List<TrailHop> fresh = new ArrayList<>(hops.size());
        try (PreparedStatement insert = c.prepareStatement(INSERT_HOPS); ResultSet rows = insert.executeQuery()) {
            while (rows.next()) {
                fresh.add(hops.get(new HopKey(rows.getObject(1, UUID.class), rows.getLong(2))));
            }
        }
        return fresh;
    }

    private static Collection<FlowSum> sum(List<TrailHop> hops) {
        Map<UUID, FlowSum> flows = new HashMap<>(hops.size());
        for (TrailHop hop : hops) {
            flows.computeIfAbsent(hop.hop().flow(), FlowSum::new).add(hop);
        }
        return flows.values();
    }

    private Troubled merge(Connection c, Collection<FlowSum> flows) throws SQLException, IOException {
        store.copy(c, "COPY flow_in (" + FLOW_COLUMNS + ") FROM STDIN (FORMAT binary)", out -> flows(out, flows));
        List<UUID> troubled = new ArrayList<>();
        OffsetDateTime since = null;
        try (PreparedStatement merge = c.prepareStatement(MERGE_FLOWS); ResultSet rows = merge.executeQuery()) {
            while (rows.next()) {
                troubled.add(rows.getObject(1, UUID.class));
                since = rows.getObject(2, OffsetDateTime.class);
            }
        }
        return new Troubled(troubled, since);
    }

    private void keep(Connection c, List<KeptEntry> kept) throws SQLException, IOException {
        if (kept.isEmpty()) {
            return;
        }
        store.copy(c, "COPY message_in (id, keep, placed, content, size, sha, sealed) FROM STDIN (FORMAT binary)", out -> messages(out, kept));
        Instant first = kept.stream().map(KeptEntry::placed).min(Instant::compareTo).orElseThrow();
        try (PreparedStatement insert = c.prepareStatement(INSERT_MESSAGES)) {
            insert.setObject(1, FlowConditions.time(first.minus(Keeping.AGAIN)));
            insert.setString(2, Keeping.AGAIN.toString());
            insert.executeUpdate();
        }
        if (kept.stream().anyMatch(k -> k.sha() != null)) {
            execute(c, INSERT_FILES);
        }
    }

    private static void judge(Connection c, Troubled troubled) throws SQLException {
        if (troubled.flows().isEmpty()) {
            return;
        }
        Array ids = c.createArrayOf("uuid", troubled.flows().toArray());
        try (PreparedStatement judge = c.prepareStatement(JUDGE)) {
            judge.setArray(1, ids);
            judge.setObject(2, troubled.since());
            judge.executeUpdate();
        } finally {
            ids.free();
        }
    }

    private static void messages(OutputStream out, List<KeptEntry> kept) throws IOException {
        BinaryRows rows = new BinaryRows(out);
        for (KeptEntry entry : kept) {
            rows.row(7).uuid(entry.id()).int4(entry.keep()).instant(entry.placed()).bool(entry.content()).int8(entry.size())
                    .bytes(entry.sha()).bytes(entry.sealed());
        }
        rows.end();
    }

    private static void hops(OutputStream out, Collection<TrailHop> hops) throws IOException {
        BinaryRows rows = new BinaryRows(out);
        for (TrailHop trailHop : hops) {
            Hop hop = trailHop.hop();
            rows.row(19).uuid(hop.flow()).instant(hop.at()).int8(trailHop.id()).int4(hop.keep()).int2(hop.kind().ordinal())
                    .text(trailHop.node(), NAME).text(hop.plugin(), NAME).text(hop.version(), NAME).text(hop.route(), NAME)
                    .text(hop.subscription(), NAME).text(hop.source(), NAME).text(hop.sourceType(), NAME)
                    .text(hop.sourceId(), NAME).uuid(hop.parent()).int8(hop.durationMicros()).int8(hop.size())
                    .text(hop.causeCode(), NAME).text(hop.cause(), SENTENCE).uuid(hop.message());
        }
        rows.end();
    }

    private static void flows(OutputStream out, Collection<FlowSum> flows) throws IOException {
        BinaryRows rows = new BinaryRows(out);
        for (FlowSum flow : flows) {
            Hop arrival = flow.arrival;
            Hop failure = flow.failure;
            rows.row(24).uuid(flow.id).int4(flow.keep).instant(flow.firstAt).int2(flow.status().ordinal()).int2(flow.marks)
                    .text(flow.contract, NAME).text(flow.key, NAME).text(flow.unit, NAME)
                    .text(arrival == null ? null : arrival.plugin(), NAME)
                    .text(arrival == null ? null : arrival.route(), NAME)
                    .text(arrival == null ? null : arrival.source(), NAME)
                    .text(arrival == null ? null : arrival.sourceType(), NAME)
                    .text(arrival == null ? null : arrival.sourceId(), NAME)
                    .instant(flow.firstAt).instant(flow.lastAt).instant(arrival == null ? null : arrival.at())
                    .int4(flow.arrivals).int4(flow.hops).int8(flow.size)
                    .instant(failure == null ? null : failure.at())
                    .text(failure == null ? null : failure.causeCode(), NAME)
                    .text(failure == null ? null : failure.cause(), SENTENCE)
                    .int8(CausePrint.of(failure))
                    .int8s(flow.terms.stream().mapToLong(Long::longValue).toArray());
        }
        rows.end();
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
