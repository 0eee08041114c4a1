package org.yuzui.records.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.yuzui.records.RecordQuery;
import org.yuzui.records.RecordStore;
import org.yuzui.records.StoredRecord;
import org.yuzui.store.Store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads {@code records.record}. */
final class PostgresRecordStore implements RecordStore {

    private static final String COLUMNS = "id, contract, key, version, latest, unit, day, arrived_at, body";
    private static final int FETCH = 500;

    private final Store store;
    private final Consumer<String> awaitCaughtUp;

    PostgresRecordStore(Store store, Consumer<String> awaitCaughtUp) {
        this.store = store;
        this.awaitCaughtUp = awaitCaughtUp;
    }

    @Override
    public Optional<StoredRecord> byId(UUID id) {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT " + COLUMNS + " FROM records.record WHERE id = :id")
                .bind("id", id).map((r, c) -> row(r)).findOne());
    }

    @Override
    public List<StoredRecord> versions(String contract, String key) {
        return find(RecordQuery.byKey(contract, key).among(RecordQuery.Among.ANY, RecordQuery.Give.MATCHES));
    }

    @Override
    public List<StoredRecord> find(RecordQuery query) {
        List<StoredRecord> all = new ArrayList<>();
        each(query, all::add);
        return all;
    }

    @Override
    public void each(RecordQuery query, Consumer<StoredRecord> reader) {
        awaitCaughtUp.accept(query.contract());
        // A cursor needs a transaction; without one the driver would read all rows at once.
        store.jdbi().useTransaction(h -> {
            try (Query statement = statement(h, query)) {
                statement.setFetchSize(FETCH).map((r, c) -> row(r)).forEach(reader);
            }
        });
    }

    private static Query statement(Handle h, RecordQuery query) {
        Map<String, Object> values = new LinkedHashMap<>();
        StringBuilder match = new StringBuilder("contract = :contract");
        values.put("contract", query.contract());
        if (query.among() == RecordQuery.Among.LATEST) {
            match.append(" AND latest");
        }
        and(match, values, "key = :key", "key", query.key());
        and(match, values, "unit = :unit", "unit", query.unit());
        and(match, values, "day >= :fromDay", "fromDay", query.fromDay());
        and(match, values, "day <= :toDay", "toDay", query.toDay());
        int i = 0;
        for (RecordQuery.Condition condition : query.where()) {
            String n = Integer.toString(i++);
            values.put("value" + n, condition.value());
            // The field stands in the text, not in a parameter, so that its expression index is found.
            match.append(" AND (fields ->> '").append(condition.field().replace("'", "''")).append("') COLLATE \"C\" ")
                    .append(operator(condition.op())).append(" :value").append(n);
        }
        String sql = query.give() == RecordQuery.Give.MATCHES
                ? "SELECT " + COLUMNS + " FROM records.record WHERE " + match + " ORDER BY key, version"
                : "SELECT " + COLUMNS + " FROM records.record WHERE contract = :contract AND key IN"
                        + " (SELECT key FROM records.record WHERE " + match + ") ORDER BY key, version";
        Query statement = h.createQuery(sql);
        values.forEach(statement::bind);
        return statement;
    }

    private static void and(StringBuilder match, Map<String, Object> values, String sql, String name, Object value) {
        if (value != null) {
            match.append(" AND ").append(sql);
            values.put(name, value);
        }
    }

    private static String operator(RecordQuery.Op op) {
        return switch (op) {
            case EQ -> "=";
            case NE -> "IS DISTINCT FROM";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
        };
    }

    private static StoredRecord row(ResultSet r) throws SQLException {
        try {
            return new StoredRecord(r.getObject("id", UUID.class), r.getString("contract"), r.getString("key"),
                    r.getInt("version"), r.getBoolean("latest"), r.getString("unit"), r.getObject("day", LocalDate.class),
                    r.getObject("arrived_at", OffsetDateTime.class).toInstant(), Bodies.read(r.getString("body")));
        } catch (JsonProcessingException e) {
            throw new SQLException("The body of " + r.getString("id") + " is not JSON.", e);
        }
    }
}
