package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Permission;
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
                        reports.totals().table(ctx.pathParam("form"), SubmissionCalls.period(ctx), unit(q)))).needs(Permission.READ),
                Endpoint.get(REPORT + "/export", List.of("unit"), this::export).needs(Permission.READ),
                Endpoint.post(REPORT + "/recount", (ctx, q) -> Answers.send(ctx, json, reports.totals().recount(ctx.pathParam("form"),
                        SubmissionCalls.period(ctx)))).needs(Permission.REPORT).act("report-recount"),
                Endpoint.get("/api/v1/forms/{form}/recounts", (ctx, q) -> Answers.send(ctx, json,
                        Map.of("recounts", reports.totals().recounts(ctx.pathParam("form"))))).needs(Permission.READ));
    }

    private void export(Context ctx, Query query) {
        byte[] file = reports.totals().export(ctx.pathParam("form"), SubmissionCalls.period(ctx), unit(query));
        ctx.header("Content-Disposition", "attachment; filename=\"" + ctx.pathParam("form") + "-" + ctx.pathParam("period") + ".report.json\"");
        ctx.contentType("application/json").result(file);
    }

    private String unit(Query query) {
        return query.text("unit") == null ? reports.units().root().code() : query.text("unit");
    }
}
