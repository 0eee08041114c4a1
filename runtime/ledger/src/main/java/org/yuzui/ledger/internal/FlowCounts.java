package org.yuzui.ledger.internal;

import org.yuzui.ledger.CauseGroup;
import org.yuzui.ledger.Causes;
import org.yuzui.ledger.FlowFacets;
import org.yuzui.ledger.FlowFacets.Count;
import org.yuzui.ledger.FlowFacets.Group;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.store.Store;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts flows: as many as can be counted while somebody waits, and says whether these were all. */
final class FlowCounts {

    /** Read in some 30 ms. */
    private static final int FACETS = 20_000;
    /** They are few in a hub that works; a flood of them must not hold up the page that is to tell of it. */
    private static final int CAUSES = 100_000;
    private static final int MOST_VALUES = 50;
    private static final int MOST_GROUPS = 200;

    private static final List<String> BY = List.of("status", "contract", "plugin", "unit", "causeCode");

    private static final String SPREAD = """
            WITH found AS MATERIALIZED (
                SELECT status::text AS status, contract, plugin, unit, cause_code FROM ledger.flow %s
                ORDER BY first_at DESC, id DESC LIMIT :most)
            SELECT CASE WHEN GROUPING(status) = 0 THEN 0 WHEN GROUPING(contract) = 0 THEN 1 WHEN GROUPING(plugin) = 0 THEN 2
                        WHEN GROUPING(unit) = 0 THEN 3 WHEN GROUPING(cause_code) = 0 THEN 4 ELSE 5 END AS by,
                   coalesce(status, contract, plugin, unit, cause_code) AS value, count(*) AS flows
            FROM found GROUP BY GROUPING SETS ((status), (contract), (plugin), (unit), (cause_code), ())
            ORDER BY by, flows DESC, value
            """;

    private static final String CAUSE_GROUPS = """
            WITH found AS MATERIALIZED (
                SELECT cause_print, first_at FROM ledger.flow %s ORDER BY first_at DESC, id DESC LIMIT :most)
            SELECT cause_print, count(*) AS flows, min(first_at) AS first_at, max(first_at) AS last_at, sum(count(*)) OVER () AS counted
            FROM found GROUP BY cause_print ORDER BY flows DESC, last_at DESC LIMIT :groups
            """;

    private final Store store;
    private final FlowSearch search;

    FlowCounts(Store store, FlowSearch search) {
        this.store = store;
        this.search = search;
    }

    FlowFacets facets(FlowFilter filter) {
        FlowConditions conditions = new FlowConditions(filter);
        Map<String, List<Count>> groups = new LinkedHashMap<>();
        BY.forEach(by -> groups.put(by, new ArrayList<>()));
        long[] counted = new long[1];
        store.jdbi().useHandle(h -> conditions.bind(h.createQuery(SPREAD.formatted(conditions.where())).bind("most", FACETS + 1))
                .map((row, context) -> {
                    int by = row.getInt("by");
                    if (by == BY.size()) {
                        counted[0] = row.getLong("flows");
                    } else {
                        String value = row.getString("value");
                        List<Count> counts = groups.get(BY.get(by));
                        if (value != null && counts.size() < MOST_VALUES) {
                            counts.add(new Count(by == 0 ? FlowStatus.values()[Integer.parseInt(value)].name() : value,
                                    row.getLong("flows")));
                        }
                    }
                    return null;
                }).list());
        return new FlowFacets(Math.min(counted[0], FACETS), counted[0] <= FACETS,
                groups.entrySet().stream().map(e -> new Group(e.getKey(), List.copyOf(e.getValue()))).toList());
    }

    /** Without a word about statuses those that have stopped. */
    private static FlowConditions stopped(FlowFilter filter) {
        FlowConditions conditions = new FlowConditions(filter);
        return filter.statuses() == null ? conditions.stopped() : conditions.attention();
    }

    private record Row(Long print, long flows, OffsetDateTime firstAt, OffsetDateTime lastAt, long counted) {
    }

    Causes causes(FlowFilter filter) {
        FlowConditions conditions = stopped(filter);
        List<Row> rows = store.jdbi().withHandle(h -> conditions.bind(h.createQuery(CAUSE_GROUPS.formatted(conditions.where()))
                .bind("most", CAUSES + 1).bind("groups", MOST_GROUPS))
                .map((row, context) -> new Row(row.getObject("cause_print", Long.class), row.getLong("flows"),
                        row.getObject("first_at", OffsetDateTime.class), row.getObject("last_at", OffsetDateTime.class),
                        row.getLong("counted"))).list());
        long counted = rows.isEmpty() ? 0 : rows.get(0).counted();
        List<CauseGroup> groups = new ArrayList<>();
        for (Row row : rows) {
            FlowConditions of = stopped(filter);
            if (row.print() == null) {
                of.isNull("cause_print");
            } else {
                of.add("cause_print = :print", "print", row.print());
            }
            // It may have been mended meanwhile; then there is no such group any more.
            search.latest(of).ifPresent(latest -> groups.add(new CauseGroup(row.print() == null ? null
                    : FlowConditions.id(row.print()), row.flows(), row.firstAt().toInstant(), row.lastAt().toInstant(), latest)));
        }
        return new Causes(Math.min(counted, CAUSES), counted <= CAUSES, List.copyOf(groups));
    }
}
