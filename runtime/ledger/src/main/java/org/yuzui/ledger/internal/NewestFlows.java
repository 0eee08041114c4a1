package org.yuzui.ledger.internal;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.yuzui.store.Store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Finds the newest flows that meet some conditions, in a time that hardly depends on how many there are.
 *
 * <p>The planner of the database has two ways to the newest fifty of ten million: down an index of times until fifty are found, or by
 * the index of a condition and then sorting. It chooses by a guess of how many will match; a wrong guess is a thousand times slower. So
 * both are tried, each only as far as it is cheap: first a walk over the newest flows, which finds what is frequent; then one table after
 * the other, the newest first, in each of them all that match, which finds what is rare.
 */
final class NewestFlows {

    /** Read in some ms. */
    private static final int WALK = 5_000;
    /** A walk that found some goes on when so many more are likely to be enough. */
    private static final int FARTHEST = 30_000;
    /** More matches in a table than these are frequent there, so that a walk finds them soon. */
    private static final int MOST_SORTED = 6_000;

    /** Left to itself the planner may read a whole table, believing that enough of it matches. */
    private static final String BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off";
    private static final String IN_ORDER = "SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on; SET LOCAL enable_indexonlyscan = on";

    private final Store store;

    NewestFlows(Store store) {
        this.store = store;
    }

    /**
     * The newest ones, in their order.
     *
     * @param columns what is read of each, without its id and the time of its first arrival
     * @param enough  when a walk over the newest flows finds so many it may be left at that; the limit for all that there are
     * @param telling the same for a table in which there are too many to look at all
     */
    <T> Found<T> find(FlowConditions conditions, String columns, int limit, int enough, int telling, RowMapper<T> mapper) {
        return store.jdbi().inTransaction(h -> {
            // Conditions that differ in their values differ in what is the best way.
            h.execute("SET LOCAL plan_cache_mode = force_custom_plan");
            List<FlowConditions> parts = conditions.apart(() -> h.createQuery("SELECT until FROM ledger.watched")
                    .map((row, context) -> instant(row, "until")).one());
            Map<UUID, Row<T>> rows = new LinkedHashMap<>();
            boolean all = true;
            for (FlowConditions part : parts) {
                if (part != parts.get(0)) {
                    h.execute(IN_ORDER);
                }
                Found<Row<T>> found = new Look<>(h, part, columns, mapper).find(limit, enough, telling);
                found.rows().forEach(row -> rows.put(row.id(), row));
                all &= found.all();
            }
            return new Found<>(newest(rows.values(), limit).stream().map(Row::value).toList(), all && rows.size() < limit);
        });
    }

    <T> List<T> find(FlowConditions conditions, String columns, int limit, RowMapper<T> mapper) {
        return find(conditions, columns, limit, limit, limit, mapper).rows();
    }

    /** @param all whether there are no more */
    record Found<T>(List<T> rows, boolean all) {
    }

    private record Row<T>(Instant firstAt, UUID id, T value) {

        static final Comparator<Row<?>> NEWEST_FIRST = Comparator.<Row<?>, Instant>comparing(Row::firstAt)
                .thenComparing(Row::id, HopBatch.BY_BYTES).reversed();
    }

    private static <T> List<Row<T>> newest(Collection<Row<T>> rows, int limit) {
        return rows.stream().sorted(Row.NEWEST_FIRST).limit(limit).toList();
    }

    /** A table of flows, and when those in it first arrived: none of them after it was placed. */
    private record Slice(int keep, OffsetDateTime placedFrom, OffsetDateTime placedUntil, Instant first, Instant last) {

        static Slice of(ResultSet row) throws SQLException {
            return new Slice(row.getInt("keep"), row.getObject("placed_from", OffsetDateTime.class), row.getObject("placed_until", OffsetDateTime.class),
                    instant(row, "first_at"), instant(row, "last_at"));
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static final class Look<T> {

        private final Handle h;
        private final FlowConditions conditions;
        private final String columns;
        private final RowMapper<Row<T>> mapper;

        private Look(Handle h, FlowConditions conditions, String columns, RowMapper<T> mapper) {
            this.h = h;
            this.conditions = conditions;
            this.columns = columns;
            this.mapper = (row, context) -> new Row<>(instant(row, "first_at"), row.getObject("flow", UUID.class), mapper.map(row, context));
        }

        Found<Row<T>> find(int limit, int enough, int telling) {
            if (conditions.isOrdered()) {
                List<Row<T>> rows = query("FROM ledger.flow " + conditions.where(), limit, q -> q, mapper);
                return new Found<>(rows, rows.size() < limit);
            }
            List<Row<T>> walked = new ArrayList<>(walk(WALK, 0, limit));
            if (walked.size() < enough && !walked.isEmpty()) {
                long more = (long) WALK * (enough - walked.size()) * 3 / 2 / walked.size();
                if (more <= FARTHEST) {
                    walked.addAll(walk((int) more, WALK, limit - walked.size()));
                }
            }
            return walked.size() >= enough ? new Found<>(walked, false) : bySlices(limit, telling);
        }

        private List<Row<T>> walk(int flows, int beyond, int limit) {
            return query("FROM (SELECT * FROM ledger.flow " + conditions.whereWalked()
                    + "ORDER BY first_at DESC, id DESC LIMIT :walk OFFSET :beyond) f " + conditions.whereElse(), limit,
                    q -> q.bind("walk", flows).bind("beyond", beyond), mapper);
        }

        private Found<Row<T>> bySlices(int limit, int telling) {
            List<Slice> slices = h.createQuery("SELECT * FROM ledger.flow_spans() ORDER BY last_at DESC")
                    .map((row, context) -> Slice.of(row)).list().stream().filter(this::mayHold).toList();
            List<Row<T>> rows = new ArrayList<>();
            int wanted = limit;
            for (int i = 0; i < slices.size(); i++) {
                h.execute(BY_INDEX);
                List<Row<T>> all = slice(slices.get(i), limit);
                if (all == null) {
                    wanted = telling;
                    rows.addAll(walkSlice(slices.get(i), telling));
                } else {
                    rows.addAll(all);
                }
                if (i + 1 < slices.size()) {
                    // None of the others holds one that came after this.
                    Instant others = slices.get(i + 1).last();
                    if (rows.stream().filter(row -> row.firstAt().isAfter(others)).count() >= wanted) {
                        return new Found<>(newest(rows, limit), false);
                    }
                }
            }
            return new Found<>(newest(rows, limit), rows.size() < wanted);
        }

        private boolean mayHold(Slice slice) {
            return (conditions.since() == null || !slice.last().isBefore(conditions.since()))
                    && (conditions.until() == null || slice.first().isBefore(conditions.until()));
        }

        /** Null when there are too many to look at all. */
        private List<Row<T>> slice(Slice slice, int limit) {
            int most = Math.max(MOST_SORTED, limit + 1);
            long[] matched = {0};
            List<Row<T>> found = query(", count(*) OVER () AS matched FROM (SELECT * FROM ledger.flow " + within(conditions.whereByIndex())
                    + "LIMIT :most) f", limit, q -> in(slice, q).bind("most", most), (row, context) -> {
                        matched[0] = row.getLong("matched");
                        return mapper.map(row, context);
                    });
            return matched[0] < most ? found : null;
        }

        /** What is frequent in a table: left to itself the database might sort all of it. */
        private List<Row<T>> walkSlice(Slice slice, int limit) {
            h.execute(IN_ORDER);
            return query("FROM (SELECT * FROM ledger.flow " + within(conditions.whereWalked()) + "ORDER BY first_at DESC, id DESC OFFSET 0) f "
                    + conditions.whereElse(), limit, q -> in(slice, q), mapper);
        }

        private static String within(String where) {
            return where + (where.isEmpty() ? "WHERE " : "AND ") + "keep = :keep AND placed >= :placedFrom AND placed < :placedUntil ";
        }

        private static Query in(Slice slice, Query query) {
            return query.bind("keep", slice.keep()).bind("placedFrom", slice.placedFrom()).bind("placedUntil", slice.placedUntil());
        }

        private <R> List<R> query(String from, int limit, UnaryOperator<Query> binding, RowMapper<R> map) {
            Query query = conditions.bind(h.createQuery("SELECT " + columns + ", first_at, id AS flow " + from
                    + " ORDER BY first_at DESC, id DESC LIMIT :limit")).bind("limit", limit);
            return binding.apply(query).map(map).list();
        }
    }
}
