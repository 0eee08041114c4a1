package org.yuzui.reporting.internal.review;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signs of life: what units have typed in, and when anything last came from them. */
public final class Signs {

    private static final String LAST = """
            select unit, max(at) as at from (
                select unit, at from reporting.submissions where unit = any(:units) and day >= :since
                union all select unit, at from reporting.drafts where unit = any(:units)) as signs
            group by unit""";
    private static final String FILLED = """
            select d.unit, (select count(*) from unnest(:cells) as c
                            where coalesce(d.cells ->> c, '') <> '') as filled
            from reporting.drafts d where form = :form and period = :period and day = :day and unit = any(:units)""";

    private final Jdbi jdbi;

    public Signs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param asked  how many cells have to be filled
     * @param filled of a draft, how many are; by unit
     * @param last   when a unit last handed in or typed anything, for any form; by unit
     */
    record Seen(int asked, Map<String, Integer> filled, Map<String, Instant> last) {
    }

    /** Looks two years back: who was silent for longer is silent. */
    Seen of(Form form, Period period, Collection<String> units) {
        List<String> cells = form.indicators().stream().filter(i -> i.asked() && !i.optional()).map(Indicator::code).toList();
        return jdbi.withHandle(handle -> new Seen(cells.size(), filled(handle, form, period, cells, units), last(handle, period, units)));
    }

    private static Map<String, Integer> filled(Handle handle, Form form, Period period, List<String> cells, Collection<String> units) {
        Map<String, Integer> filled = new HashMap<>();
        handle.createQuery(FILLED).bind("form", form.id()).bind("period", period.kind().toString()).bind("day", period.first())
                .bindArray("cells", String.class, cells).bindArray("units", String.class, List.copyOf(units))
                .map((row, context) -> filled.put(row.getString("unit"), row.getInt("filled"))).list();
        return filled;
    }

    private static Map<String, Instant> last(Handle handle, Period period, Collection<String> units) {
        Map<String, Instant> last = new HashMap<>();
        handle.createQuery(LAST).bindArray("units", String.class, List.copyOf(units)).bind("since", period.first().minusYears(2))
                .map((row, context) -> last.put(row.getString("unit"), Facts.instant(row, "at"))).list();
        return last;
    }
}
