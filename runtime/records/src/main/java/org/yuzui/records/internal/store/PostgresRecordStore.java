package org.yuzui.records.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.records.RecordQuery;
import org.yuzui.records.RecordStore;
import org.yuzui.records.StoredRecord;
import org.yuzui.records.StoredVersion;
import org.yuzui.records.internal.text.Bodies;
import org.yuzui.store.Store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads {@code records.record}. */
public final class PostgresRecordStore implements RecordStore {

    private static final String COLUMNS = "id, contract, key, version, latest, unit, day, arrived_at, body";
    private static final int FETCH = 500;
    /** Contents that are in memory together while they are looked through. */
    private static final int LOOKED_AT = 20;
    private static final int LOOK_SECONDS = 20;

    /** What every record has in a column of its own, whether or not its contract has an index of it. */
    private static final Map<String, String> OWN_COLUMNS = Map.of("unit", "unit", "key", "key", "day", "day::text");

    private final Store store;
    private final Consumer<String> awaitCaughtUp;
    private final Function<String, Optional<List<String>>> indexFields;

    /** @param indexFields of a contract that is deployed */
    public PostgresRecordStore(Store store, Consumer<String> awaitCaughtUp, Function<String, Optional<List<String>>> indexFields) {
        this.store = store;
        this.awaitCaughtUp = awaitCaughtUp;
        this.indexFields = indexFields;
    }

    @Override
    public Optional<StoredRecord> byId(UUID id) {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT " + COLUMNS + " FROM records.record WHERE id = :id")
                .bind("id", id).map((r, c) -> row(r)).findOne());
    }

    @Override
    public Set<UUID> containing(Collection<UUID> ids, String text) {
        // As it stands in JSON: with its quotes escaped. The database sorts out most of them, its hits may be names of properties.
        String written = new String(JsonStringEncoder.getInstance().quoteAsString(text));
        return store.jdbi().inTransaction(h -> {
            h.execute("SET LOCAL statement_timeout = '" + LOOK_SECONDS + "s'");
            Set<UUID> found = new HashSet<>();
            h.createQuery("SELECT " + COLUMNS + " FROM records.record WHERE id = ANY (:ids) AND body::text ILIKE :text")
                    .bind("ids", ids.toArray(UUID[]::new)).bind("text", "%" + written.replaceAll("[\\\\%_]", "\\\\$0") + "%")
                    .setFetchSize(LOOKED_AT).map((r, c) -> row(r)).filter(r -> says(r.body(), text.toLowerCase(Locale.ROOT))).forEach(r -> found.add(r.id()));
            return found;
        });
    }

    private static boolean says(JsonNode node, String text) {
        if (node.isValueNode()) {
            return node.asText().toLowerCase(Locale.ROOT).contains(text);
        }
        for (JsonNode part : node) {
            if (says(part, text)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<StoredVersion> recent(String contract, String key, int most) {
        return store.jdbi().withHandle(h -> h.createQuery("""
                        SELECT * FROM (SELECT id, version, latest, day, arrived_at FROM records.record WHERE contract = :contract AND key = :key
                                       ORDER BY latest DESC, version DESC LIMIT :most) v ORDER BY version""")
                .bind("contract", contract).bind("key", key).bind("most", most)
                .map((r, c) -> new StoredVersion(r.getObject("id", UUID.class), r.getInt("version"), r.getBoolean("latest"),
                        r.getObject("day", LocalDate.class), r.getObject("arrived_at", OffsetDateTime.class).toInstant())).list());
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

    private Query statement(Handle h, RecordQuery query) {
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
            match.append(" AND (").append(column(query.contract(), condition.field())).append(") COLLATE \"C\" ")
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

    /** The field stands in the text, not in a parameter, so that its expression index is found. */
    private String column(String contract, String field) {
        Optional<List<String>> indexed = indexFields.apply(contract);
        String own = OWN_COLUMNS.get(field);
        boolean isIndexed = indexed.map(fields -> fields.contains(field)).orElse(own == null);
        if (!isIndexed && own == null) {
            // Nothing would be found, and nobody would know why.
            throw new ProblemException(new Problem("not-indexed", "where " + field, "The contract " + contract + " has no index of '" + field
                    + "'.", KnownKeys.nearest(field, indexed.get()).map(n -> "Did you mean '" + n + "'? Otherwise: ").orElse("")
                    + "Add it to the contract's x-index; records that come from then on are found by it."));
        }
        return isIndexed ? "fields ->> '" + field.replace("'", "''") + "'" : own;
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
