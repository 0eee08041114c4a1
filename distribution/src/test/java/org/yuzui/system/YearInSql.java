package org.yuzui.system;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The year's totals by plain SQL over the raw answers, while no hub runs: nothing of the hub's own reckoning is in it. */
final class YearInSql implements AutoCloseable {

    /** What happens, what there is, the greatest, a mean by weight. */
    private static final Map<String, String> KINDS = Map.of("staff", "last", "area", "last", "people", "last", "heatedArea", "last", "peak", "max",
            "price", "none", "grade", "none", "nature", "none");

    private static final String TOTALS = """
            with recursive newest as (
                select distinct on (form, day, unit) form, day, unit, cells from reporting.submissions
                order by form, day, unit, version desc),
            parts as (
                select n.form, n.day, n.unit, c.key as cell, coalesce(k.kind, 'sum') as kind, c.value::numeric as value
                from newest n cross join lateral jsonb_each_text(n.cells) as c left join kinds k on k.cell = c.key
                where coalesce(k.kind, 'sum') <> 'none'
                union all
                select form, day, unit, 'price*', 'sum', (cells ->> 'price')::numeric * (cells ->> 'power')::numeric
                from newest where jsonb_exists(cells, 'price')
                union all
                select form, day, unit, 'price/', 'sum', (cells ->> 'power')::numeric from newest where jsonb_exists(cells, 'price')),
            up as (
                select tree, unit as leaf, unit as above from tree
                union all
                select u.tree, u.leaf, t.parent from up u join tree t on t.tree = u.tree and t.unit = u.above where t.parent <> ''),
            placed as (
                select a.id, a.tree, p.unit, p.cell, p.kind, p.value, coalesce(t.unit, g.goes_on) as at,
                    a.longer and t.unit is null and exists (select 1 from newest n where n.form = p.form and n.unit = g.goes_on
                        and n.day > p.day and n.day <= a.last) as ended,
                    row_number() over (partition by a.id, p.unit, p.cell order by p.day desc) as age
                from asked a join parts p on p.form = a.form and p.day between a.first and a.last
                left join tree t on t.tree = a.tree and t.unit = p.unit left join gone g on g.unit = p.unit)
            select p.id, u.above, p.cell, case when p.kind = 'max' then max(p.value) else sum(p.value) end as value
            from placed p join up u on u.tree = p.tree and u.leaf = p.at
            where p.kind <> 'last' or p.age = 1 and not p.ended
            group by p.id, u.above, p.cell, p.kind""";

    /** Cells that the hub made, again: their formulas are those of the forms, written in SQL. */
    private static final String WRONG_FORMULAS = """
            select count(*) from reporting.submissions,
                lateral (select coalesce((cells ->> 'electricity')::numeric, 0) as e, coalesce((cells ->> 'coal')::numeric, 0) as c,
                    coalesce((cells ->> 'gas')::numeric, 0) as g, coalesce((cells ->> 'heat')::numeric, 0) as h,
                    coalesce((cells ->> 'other')::numeric, 0) as o, coalesce((cells ->> 'gasoline')::numeric, 0) as p,
                    coalesce((cells ->> 'diesel')::numeric, 0) as d, coalesce((cells ->> 'water')::numeric, 0) as w,
                    coalesce((cells ->> 'power')::numeric, 0) as k) as x
            where form = 'bureau-monthly' and (cells ->> 'cost')::numeric is distinct from w * 3.5 + k * 0.52
               or form like 'energy-survey-%' and ((cells ->> 'buildings')::numeric is distinct from
                        e * 0.1229 + c * 1000 * 0.7143 + g * 1.33 + h * 34.12 + o * 1000
                    or (cells ->> 'vehicles')::numeric is distinct from p * 0.73 * 1.4714 + d * 0.84 * 1.4571
                    or (cells ->> 'energy')::numeric is distinct from (cells ->> 'buildings')::numeric + (cells ->> 'vehicles')::numeric
                    or (cells ->> 'carbon')::numeric is distinct from e * 0.1564)""";

    private final Store store;
    private final Jdbi jdbi;

    YearInSql(Path postgres) {
        this.store = Store.open(StoreSettings.embedded(postgres));
        this.jdbi = store.jdbi();
    }

    /**
     * @param id     of the answer
     * @param tree   {@code before} or {@code after} the change
     * @param longer than the form's own periods: the stock of a unit that ended is its successor's, when that one has answered later
     */
    record Asked(String id, String form, LocalDate first, LocalDate last, String tree, boolean longer) {
    }

    /** By what was asked, unit and cell; the numerator and denominator of {@code price} as {@code price*} and {@code price/}. */
    Map<String, Map<String, Map<String, BigDecimal>>> totals(YearUnits units, List<Asked> asked) {
        return jdbi.withHandle(handle -> {
            handle.execute("create temp table tree (tree text, unit text, parent text)");
            handle.execute("create temp table gone (unit text, goes_on text)");
            handle.execute("create temp table kinds (cell text, kind text)");
            handle.execute("create temp table asked (id text, form text, first date, last date, tree text, longer boolean)");
            units.before.values().forEach(u -> handle.execute("insert into tree values ('before', ?, ?)", u.code(), u.parent()));
            units.after.values().forEach(u -> handle.execute("insert into tree values ('after', ?, ?)", u.code(), u.parent()));
            handle.execute("insert into gone values (?, ?)", units.merged, units.into);
            KINDS.forEach((cell, kind) -> handle.execute("insert into kinds values (?, ?)", cell, kind));
            asked.forEach(a -> handle.execute("insert into asked values (?, ?, ?, ?, ?, ?)", a.id, a.form, a.first, a.last, a.tree, a.longer));
            return read(handle);
        });
    }

    private static Map<String, Map<String, Map<String, BigDecimal>>> read(Handle handle) {
        Map<String, Map<String, Map<String, BigDecimal>>> all = new HashMap<>();
        handle.createQuery(TOTALS).map((row, context) -> all.computeIfAbsent(row.getString("id"), i -> new HashMap<>())
                .computeIfAbsent(row.getString("above"), u -> new HashMap<>()).put(row.getString("cell"), row.getBigDecimal("value"))).list();
        return all;
    }

    /** Answers of which a cell that the hub made is not what its formula gives. */
    int wrongFormulas() {
        return jdbi.withHandle(handle -> handle.createQuery(WRONG_FORMULAS).mapTo(Integer.class).one());
    }

    /** Every version that is kept, by form, first day, unit and version. */
    Map<String, Map<String, BigDecimal>> versions() {
        Map<String, Map<String, BigDecimal>> all = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                select form, day, unit, version, c.key as cell, c.value::numeric as value
                from reporting.submissions cross join lateral jsonb_each_text(cells) as c""").map((row, context) ->
                all.computeIfAbsent(row.getString("form") + " " + row.getString("day") + " " + row.getString("unit") + " " + row.getInt("version"),
                        v -> new HashMap<>()).put(row.getString("cell"), row.getBigDecimal("value"))).list());
        return all;
    }

    @Override
    public void close() {
        store.close();
    }
}
