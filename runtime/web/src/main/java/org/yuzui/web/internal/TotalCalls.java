package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Prints;
import org.yuzui.reporting.Reports;

import java.util.List;
import java.util.Map;

/** Tables of totals, their export, and their recomputation. */
final class TotalCalls {

    private static final String REPORT = "/api/v1/reports/{form}/{period}";

    private final Reports reports;
    private final Json json;

    TotalCalls(Reports reports, Json json) {
        this.reports = reports;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(REPORT + "/table", List.of("unit"), (ctx, q) -> Answers.send(ctx, json,
                        reports.totals().table(ctx.pathParam("form"), Asked.period(ctx), Asked.unit(q, reports)))).needs(Permission.READ),
                Endpoint.get(REPORT + "/export", List.of("unit", "as", "language"), this::export).needs(Permission.READ),
                Endpoint.post(REPORT + "/recount", (ctx, q) -> Answers.send(ctx, json, reports.totals().recount(ctx.pathParam("form"),
                        Asked.period(ctx)))).needs(Permission.REPORT).act("report-recount"),
                Endpoint.get("/api/v1/forms/{form}/recounts", (ctx, q) -> Answers.send(ctx, json,
                        Map.of("recounts", reports.totals().recounts(ctx.pathParam("form"))))).needs(Permission.READ));
    }

    private void export(Context ctx, Query query) {
        String as = query.text("as") == null ? "json" : query.text("as");
        String form = ctx.pathParam("form");
        Period period = Asked.period(ctx);
        byte[] file;
        String type;
        if (as.equals("json")) {
            file = reports.totals().export(form, period, Asked.unit(query, reports));
            type = "application/json";
        } else {
            Prints.Kind kind = Prints.Kind.of(as).orElseThrow(() -> Refusal.badRequest("bad-kind", Query.place("as"),
                    "'" + as + "' is no kind of file.", "Choose json, xlsx, csv or pdf."));
            file = reports.prints().table(form, period, Asked.unit(query, reports), kind, english(query));
            type = switch (kind) {
                case XLSX -> SubmissionCalls.XLSX;
                case CSV -> "text/csv; charset=utf-8";
                case PDF -> "application/pdf";
            };
        }
        ctx.header("Content-Disposition", "attachment; filename=\"" + form + "-" + period + (as.equals("json") ? ".report" : "") + "." + as + "\"");
        ctx.contentType(type).result(file);
    }

    private static boolean english(Query query) {
        String language = query.text("language");
        if (language != null && !language.equals("zh") && !language.equals("en")) {
            throw Refusal.badRequest("bad-language", Query.place("language"), "'" + language + "' is no language of the hub.", "Choose zh or en.");
        }
        return "en".equals(language);
    }
}
