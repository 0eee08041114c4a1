package org.yuzui.records.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.store.BinaryRows;
import org.yuzui.store.Store;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes batches of one contract to {@code records.record}: numbers the versions of each key and marks the newest. */
final class RecordTable {

    /** By {@code x-order} where there is one, else by arrival: of two without order the later one wins. */
    private static final Comparator<String> ORDER = Comparator.nullsFirst(Comparator.naturalOrder());

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String contract;
    private final Store store;
    private final Set<String> indexed = new HashSet<>();

    RecordTable(String contract, Store store) {
        this.contract = contract;
        this.store = store;
    }

    /** Writes those that are not there yet, in one transaction. */
    void insert(List<Envelope> batch) throws SQLException, IOException {
        indexFields(batch);
        try (Connection c = store.connection()) {
            try {
                Set<UUID> known = known(c, batch);
                List<Envelope> fresh = batch.stream().filter(r -> known.add(r.id())).toList();
                if (!fresh.isEmpty()) {
                    Map<String, Head> heads = heads(c, fresh);
                    List<UUID> superseded = new ArrayList<>();
                    List<Row> rows = rows(fresh, heads, superseded);
                    supersede(c, superseded);
                    store.copy(c, """
                            COPY records.record (id, contract, key, version, latest, unit, day, ord, arrived_at, fields, body)
                            FROM STDIN (FORMAT binary)""", out -> write(rows, out));
                }
                c.commit();
            } catch (SQLException | IOException | RuntimeException e) {
                c.rollback();
                throw e;
            }
        }
    }

    private Set<UUID> known(Connection c, List<Envelope> batch) throws SQLException {
        Set<UUID> known = new HashSet<>();
        try (PreparedStatement s = c.prepareStatement("SELECT id FROM records.record WHERE id = ANY (?)")) {
            s.setArray(1, c.createArrayOf("uuid", batch.stream().map(Envelope::id).toArray()));
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    known.add(r.getObject(1, UUID.class));
                }
            }
        }
        return known;
    }

    private Map<String, Head> heads(Connection c, List<Envelope> fresh) throws SQLException {
        Map<String, Head> heads = new HashMap<>();
        // Laterally, key by key: with a plan for any contract the database would join with all of a contract's keys.
        try (PreparedStatement s = c.prepareStatement("""
                SELECT k.key, l.id, l.ord, v.version
                FROM unnest(?) AS k(key)
                CROSS JOIN LATERAL (SELECT id, ord FROM records.record
                                    WHERE contract = ? AND key = k.key AND latest LIMIT 1) AS l
                CROSS JOIN LATERAL (SELECT version FROM records.record
                                    WHERE contract = ? AND key = k.key ORDER BY version DESC LIMIT 1) AS v""")) {
            Array keys = c.createArrayOf("text", fresh.stream().map(Envelope::key).distinct().toArray());
            s.setArray(1, keys);
            s.setString(2, contract);
            s.setString(3, contract);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    heads.put(r.getString(1), new Head(r.getObject(2, UUID.class), r.getString(3), r.getInt(4), null));
                }
            }
        }
        return heads;
    }

    private static List<Row> rows(List<Envelope> fresh, Map<String, Head> heads, List<UUID> superseded) {
        List<Row> rows = new ArrayList<>(fresh.size());
        for (Envelope record : fresh) {
            Head head = heads.get(record.key());
            Row row = new Row(record, head == null ? 1 : head.version + 1);
            rows.add(row);
            if (head == null || ORDER.compare(record.order(), head.order) >= 0) {
                if (head != null && head.row != null) {
                    head.row.latest = false;
                } else if (head != null) {
                    superseded.add(head.id);
                }
                row.latest = true;
                heads.put(record.key(), new Head(record.id(), record.order(), row.version, row));
            } else {
                heads.put(record.key(), new Head(head.id, head.order, row.version, head.row));
            }
        }
        return rows;
    }

    private static void supersede(Connection c, List<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement s = c.prepareStatement("UPDATE records.record SET latest = false WHERE id = ANY (?)")) {
            s.setArray(1, c.createArrayOf("uuid", ids.toArray()));
            s.executeUpdate();
        }
    }

    private static void write(List<Row> rows, OutputStream out) throws IOException {
        BinaryRows binary = new BinaryRows(out);
        for (Row row : rows) {
            Envelope r = row.record;
            binary.row(11).uuid(r.id()).text(r.contract()).text(r.key()).int4(row.version).bool(row.latest).text(r.unit()).day(r.day())
                    .text(r.order()).instant(r.arrivedAt()).jsonb(r.index().isEmpty() ? null : JSON.writeValueAsBytes(r.index())).bytes(r.body());
        }
        binary.end();
    }

    /** The fields of {@code x-index} get an index of their own, for this contract only, when they are first seen. */
    private void indexFields(List<Envelope> batch) throws SQLException {
        Set<String> seen = batch.stream().flatMap(r -> r.index().keySet().stream()).collect(Collectors.toSet());
        if (indexed.containsAll(seen)) {
            return;
        }
        for (String field : seen) {
            if (indexed.add(field)) {
                store.jdbi().useHandle(h -> h.execute("CREATE INDEX IF NOT EXISTS " + indexName(field)
                        + " ON records.record ((fields ->> " + literal(field) + ") COLLATE \"C\") WHERE contract = "
                        + literal(contract)));
            }
        }
    }

    private String indexName(String field) {
        return "field_" + Integer.toHexString((contract + ' ' + field).hashCode());
    }

    /** Both come from contracts, whose names are checked; quoted all the same. */
    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private record Head(UUID id, String order, int version, Row row) {
    }

    private static final class Row {
        private final Envelope record;
        private final int version;
        private boolean latest;

        private Row(Envelope record, int version) {
            this.record = record;
            this.version = version;
        }
    }
}
