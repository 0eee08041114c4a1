package org.yuzui.ledger.internal;

import org.yuzui.ledger.CauseGroup;
import org.yuzui.ledger.Causes;
import org.yuzui.ledger.FlowFacets;
import org.yuzui.ledger.FlowFacets.Count;
import org.yuzui.ledger.FlowFacets.Group;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.FlowWeight;
import org.yuzui.store.Store;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts flows: as many as can be counted while somebody waits, and says whether these were all. */
final class FlowCounts {

    private static final int FACETS = 5_000;
    /** So many of the newest tell how the others are spread. */
    private static final int TELLING = 250;
    /** They are few in a hub that works; a flood of them must not hold up the page that is to tell of it. */
    private static final int CAUSES = 20_000;
    private static final int MOST_VALUES = 50;
    private static final int MOST_GROUPS = 200;

    private static final List<String> BY = List.of("status", "contract", "plugin", "unit", "causeCode");
    private static final String SPREAD = "status, contract, plugin, unit, cause_code";

    // The latest of a group is looked up by its id once the groups are known: what is counted is read from an index alone, if it can be.
    private static final String CAUSE_GROUPS = """
            WITH found AS MATERIALIZED (SELECT cause_print, first_at, id FROM ledger.flow %s
                ORDER BY first_at DESC, id DESC LIMIT :most),
            groups AS MATERIALIZED (
                SELECT cause_print AS print, count(*) AS flows, min(first_at) AS began, max(first_at) AS ended, sum(count(*)) OVER () AS counted,
                       (array_agg(id ORDER BY first_at DESC, id DESC))[1] AS latest
                FROM found GROUP BY cause_print ORDER BY flows DESC, ended DESC LIMIT :groups)
            SELECT g.*, f.*
            FROM groups g JOIN LATERAL (SELECT %s, first_at FROM ledger.flow WHERE id = g.latest) f ON true
            ORDER BY g.flows DESC, g.ended DESC
            """;

    /** Of the whole plan: it stands before those of its parts. */
    private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

    private final Store store;
    private final NewestFlows newest;
    private final Terms terms;

    FlowCounts(Store store, Terms terms) {
        this.store = store;
        this.newest = new NewestFlows(store);
        this.terms = terms;
    }

    FlowFacets facets(FlowFilter filter) {
        NewestFlows.Found<String[]> found = newest.find(new FlowConditions(filter, terms), SPREAD, FACETS, TELLING, TELLING, (row, context) ->
                new String[] {FlowStatus.values()[row.getInt(1)].name(), row.getString(2), row.getString(3), row.getString(4), row.getString(5)});
        List<Group> groups = new ArrayList<>();
        for (int by = 0; by < BY.size(); by++) {
            Map<String, Long> counts = new HashMap<>();
            for (String[] flow : found.rows()) {
                if (flow[by] != null) {
                    counts.merge(flow[by], 1L, Long::sum);
                }
            }
            groups.add(new Group(BY.get(by), counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_VALUES).map(e -> new Count(e.getKey(), e.getValue())).toList()));
        }
        return new FlowFacets(found.rows().size(), found.all(), groups);
    }

    FlowWeight weigh(FlowFilter filter) {
        FlowConditions conditions = new FlowConditions(filter, terms);
        NewestFlows.Found<Long> found = newest.find(conditions, "size", FACETS, FACETS, TELLING, (row, context) -> row.getLong("size"));
        long bytes = found.rows().stream().mapToLong(Long::longValue).sum();
        if (found.all()) {
            return new FlowWeight(found.rows().size(), bytes, true);
        }
        String plan = store.jdbi().withHandle(h -> conditions.bind(h.createQuery("EXPLAIN (FORMAT JSON) SELECT FROM ledger.flow "
                + conditions.where())).mapTo(String.class).one());
        Matcher rows = PLAN_ROWS.matcher(plan);
        long flows = Math.max(found.rows().size(), rows.find() ? Long.parseLong(rows.group(1)) : 0);
        return new FlowWeight(flows, bytes / Math.max(1, found.rows().size()) * flows, false);
    }

    /** Without a word about statuses those that have stopped. */
    private FlowConditions stopped(FlowFilter filter) {
        FlowConditions conditions = new FlowConditions(filter, terms);
        return filter.statuses() == null ? conditions.stopped() : conditions.attention();
    }

    Causes causes(FlowFilter filter) {
        FlowConditions conditions = stopped(filter);
        long[] counted = {0};
        List<CauseGroup> groups = store.jdbi().inTransaction(h -> {
            h.execute("SET LOCAL plan_cache_mode = force_custom_plan");
            return conditions.bind(h.createQuery(CAUSE_GROUPS.formatted(conditions.where(), FlowSearch.COLUMNS))
                    .bind("most", CAUSES + 1).bind("groups", MOST_GROUPS))
                    .map((row, context) -> {
                        counted[0] = row.getLong("counted");
                        Long print = row.getObject("print", Long.class);
                        return new CauseGroup(print == null ? null : FlowConditions.id(print), row.getLong("flows"),
                                row.getObject("began", OffsetDateTime.class).toInstant(),
                                row.getObject("ended", OffsetDateTime.class).toInstant(), FlowSearch.flow(row));
                    }).list();
        });
        return new Causes(Math.min(counted[0], CAUSES), counted[0] <= CAUSES, groups);
    }
}
