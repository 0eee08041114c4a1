package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Units, forms and totals. */
public final class ReportCalls {

    private final Reports reports;
    private final Json json;

    public ReportCalls(Reports reports, Json json) {
        this.reports = reports;
        this.json = json;
    }

    record ReportView(String form, Title title, Period.Kind answeredBy, Period period, LocalDate first, LocalDate last,
                      List<Indicator> indicators, TotalView total) {
    }

    record TotalView(Unit unit, Map<String, BigDecimal> values, int expected, int received, List<Missing> missing,
                     List<TotalView> parts, List<Submission> submissions) {
    }

    record Missing(String unit, String name, String nameEn, int periods) {
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/units", (ctx, q) ->
                        Answers.send(ctx, json, Map.of("units", reports.units().all()))).needs(Permission.READ),
                Endpoint.get("/api/v1/forms", (ctx, q) -> Answers.send(ctx, json, Map.of("forms", reports.forms()))).needs(Permission.READ),
                Endpoint.get("/api/v1/reports/{form}/{period}", List.of("unit"), this::report).needs(Permission.READ));
    }

    private void report(Context ctx, Query query) {
        String id = ctx.pathParam("form");
        Form form = reports.form(id).orElseThrow(() -> Refusal.notFound("unknown-form", "path form",
                "There is no form '" + id + "'.", KnownKeys.cure(id, reports.forms().stream().map(Form::id).toList())));
        Period period = Asked.period(ctx);
        Units units = reports.units();
        Units then = units.on(period.last());
        String unit = Asked.unit(query, reports);
        if (units.find(unit).isEmpty() && then.find(unit).isEmpty()) {
            throw Refusal.badRequest("unknown-unit", Query.place("unit"), "There is no unit '" + unit + "'.", units.cure(unit));
        }
        Answers.send(ctx, json, new ReportView(id, form.title(), form.period(), period, period.first(),
                period.last(), form.indicators(), view(reports.total(id, period, unit), then)));
    }

    private static TotalView view(Total t, Units units) {
        return new TotalView(t.unit(), t.values(), t.expected(), t.received(),
                t.missing().entrySet().stream().sorted(Map.Entry.comparingByKey()).map(m -> missing(m, units)).toList(),
                t.parts().stream().map(p -> view(p, units)).toList(), t.submissions());
    }

    private static Missing missing(Map.Entry<String, Integer> m, Units units) {
        String code = m.getKey();
        return new Missing(code, units.find(code).map(Unit::name).orElse(code),
                units.find(code).map(Unit::nameEn).orElse(code), m.getValue());
    }
}
