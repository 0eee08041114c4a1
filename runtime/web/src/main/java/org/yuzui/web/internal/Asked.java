package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Reports;

/** What calls about reports ask for, said the same way in each: a unit, a period. */
final class Asked {

    private Asked() {
    }

    /** The one that the query names, or the province. */
    static String unit(Query query, Reports reports) {
        String unit = query.text("unit");
        return unit == null ? reports.units().root().code() : unit;
    }

    /** The {@code {period}} of the path. */
    static Period period(Context ctx) {
        return parse(ctx.pathParam("period"), "path period");
    }

    /** A period of the query; null when it names none. */
    static Period period(Query query, String name) {
        String text = query.text(name);
        return text == null ? null : parse(text, Query.place(name));
    }

    private static Period parse(String text, String place) {
        try {
            return Period.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("bad-period", place, e.getMessage(), null);
        }
    }
}
