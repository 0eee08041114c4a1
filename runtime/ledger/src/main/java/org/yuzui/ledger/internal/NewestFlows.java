package org.yuzui.ledger.internal;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.yuzui.store.Store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Finds the newest flows that meet some conditions, in a time that hardly depends on how many there are.
 *
 * <p>The planner of the database has two ways to the newest fifty of ten million: down the index of times until fifty are found, or by
 * the index of a condition and then sorting. It chooses by a guess of how many will match; a wrong guess is a thousand times slower. So
 * both are tried, each only as far as it is cheap: first a walk over the newest flows, which finds what is frequent; then windows
 * of time that grow, in each of them all that match, which finds what is rare.
 */
final class NewestFlows {

    /** Read in some ms. What is not found fifty times among these is rarer than one in a hundred. */
    static final int WALK = 5_000;
    /** A walk that found some goes on so many times as far: it ends when it has enough. */
    private static final int FARTHER = 8;
    /** More matches in a window than these are frequent there, so that a walk finds them soon. */
    private static final int MOST_SORTED = 3_000;
    private static final Duration FIRST_WINDOW = Duration.ofDays(4);
    /** Planning a statement over all slices takes as long as carrying it out, so that there are few windows. */
    private static final int WIDER = 7;

    private final Store store;

    NewestFlows(Store store) {
        this.store = store;
    }

    /**
     * The newest ones, in their order.
     *
     * @param columns what is read of each, without the time of its first arrival
     * @param enough  when a walk over the newest flows finds so many it may be left at that; the limit for all that there are
     * @param walk    flows to walk over
     */
    <T> Found<T> find(FlowConditions conditions, String columns, int limit, int enough, int walk, RowMapper<T> mapper) {
        // Conditions that differ in their values differ in what is the best way.
        return store.jdbi().inTransaction(h -> {
            h.execute("SET LOCAL plan_cache_mode = force_custom_plan");
            return new Look<>(h, conditions, columns, mapper).find(limit, enough, walk);
        });
    }

    <T> List<T> find(FlowConditions conditions, String columns, int limit, RowMapper<T> mapper) {
        return find(conditions, columns, limit, limit, WALK, mapper).rows();
    }

    /** @param all whether there are no more */
    record Found<T>(List<T> rows, boolean all) {
    }

    private static final class Look<T> {

        private final Handle h;
        private final FlowConditions conditions;
        private final String columns;
        private final RowMapper<T> mapper;

        private Look(Handle h, FlowConditions conditions, String columns, RowMapper<T> mapper) {
            this.h = h;
            this.conditions = conditions;
            this.columns = columns;
            this.mapper = mapper;
        }

        Found<T> find(int limit, int enough, int walk) {
            if (conditions.isOrdered()) {
                List<T> rows = query("FROM ledger.flow " + conditions.where(), limit, q -> q, mapper);
                return new Found<>(rows, rows.size() < limit);
            }
            List<T> walked = walk(walk, limit);
            if (walked.size() < enough && walked.size() * FARTHER > enough) {
                walked = walk(walk * FARTHER, limit);
            }
            return walked.size() >= enough ? new Found<>(walked, false) : byWindows(limit);
        }

        private List<T> walk(int flows, int limit) {
            return query("FROM (SELECT * FROM ledger.flow " + conditions.whereTimes()
                    + "ORDER BY first_at DESC, id DESC LIMIT :walk) f " + conditions.whereElse(), limit, q -> q.bind("walk", flows), mapper);
        }

        private Found<T> byWindows(int limit) {
            List<T> rows = new ArrayList<>();
            Instant[] ends = h.createQuery("SELECT min(first_at), max(first_at) FROM ledger.flow")
                    .map((row, context) -> new Instant[] {instant(row, 1), instant(row, 2)}).one();
            if (ends[0] == null) {
                return new Found<>(rows, true);
            }
            Instant until = ends[1].plusNanos(1_000);
            if (conditions.until() != null && conditions.until().isBefore(until)) {
                until = conditions.until();
            }
            Instant begin = conditions.since() != null && conditions.since().isAfter(ends[0]) ? conditions.since() : ends[0];
            Duration width = FIRST_WINDOW;
            while (rows.size() < limit && until.isAfter(begin)) {
                Instant from = until.minus(width);
                window(rows, from, until, limit - rows.size());
                until = from;
                width = width.multipliedBy(WIDER);
            }
            return new Found<>(rows, rows.size() < limit);
        }

        private static Instant instant(ResultSet row, int column) throws SQLException {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }

        private void window(List<T> rows, Instant from, Instant until, int limit) {
            // A flow is placed when it first arrived or after that, so that older slices need not be looked into.
            String where = within(conditions.where());
            int most = Math.max(MOST_SORTED, limit + 1);
            long[] matched = {0};
            List<T> found = query(", count(*) OVER () AS matched FROM (SELECT * FROM ledger.flow " + where + "LIMIT :most) f", limit,
                    q -> inWindow(q, from, until).bind("most", most), (row, context) -> {
                        matched[0] = row.getLong("matched");
                        return mapper.map(row, context);
                    });
            rows.addAll(matched[0] < most ? found : walkWindow(from, until, limit));
        }

        /** What is frequent in a window: left to itself the database might sort all of it. */
        private List<T> walkWindow(Instant from, Instant until, int limit) {
            return query("FROM (SELECT * FROM ledger.flow " + within(conditions.whereTimes()) + "ORDER BY first_at DESC, id DESC OFFSET 0) f "
                    + conditions.whereElse(), limit, q -> inWindow(q, from, until), mapper);
        }

        private static String within(String where) {
            return where + (where.isEmpty() ? "WHERE " : "AND ") + "first_at >= :windowFrom AND first_at < :windowUntil AND placed >= :windowFrom ";
        }

        private static Query inWindow(Query query, Instant from, Instant until) {
            return query.bind("windowFrom", FlowConditions.time(from)).bind("windowUntil", FlowConditions.time(until));
        }

        private List<T> query(String from, int limit, UnaryOperator<Query> binding, RowMapper<T> map) {
            Query query = conditions.bind(h.createQuery("SELECT " + columns + ", first_at " + from
                    + " ORDER BY first_at DESC, id DESC LIMIT :limit")).bind("limit", limit);
            return binding.apply(query).map(map).list();
        }
    }
}
