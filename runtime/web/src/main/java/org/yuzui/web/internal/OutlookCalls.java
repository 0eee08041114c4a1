package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Reports;

import java.util.List;
import java.util.Set;

/** A form over many periods, units and groups beside each other, and which version a period has. */
final class OutlookCalls {

    private static final String REPORT = "/api/v1/reports/{form}/{period}";

    private final Reports reports;
    private final Json json;

    OutlookCalls(Reports reports, Json json) {
        this.reports = reports;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/forms/{form}/overview", List.of("unit", "from", "to", "institutions"), (ctx, q) -> Answers.send(ctx, json,
                        reports.outlook().overview(ctx.pathParam("form"), Asked.unit(q, reports), Asked.period(q, "from"),
                                Asked.period(q, "to"), q.flag("institutions")))).needs(Permission.READ),
                Endpoint.get("/api/v1/forms/{form}/trend", this::trend).with(List.of("unit", "by", "from", "to"), List.of("indicator"))
                        .needs(Permission.READ),
                Endpoint.get("/api/v1/forms/{form}/periods/{period}/forecast", List.of("unit"), (ctx, q) -> Answers.send(ctx, json,
                        reports.outlook().forecast(ctx.pathParam("form"), Asked.period(ctx), Asked.unit(q, reports))))
                        .needs(Permission.READ),
                Endpoint.post("/api/v1/forms/{form}/periods/{period}/move", this::move).needs(Permission.REPORT).act("report-move"),
                Endpoint.get(REPORT + "/comparison", List.of("unit", "indicator"), (ctx, q) -> Answers.send(ctx, json,
                        reports.comparisons().compare(ctx.pathParam("form"), Asked.period(ctx), Asked.unit(q, reports),
                                needed(q, "indicator")))).needs(Permission.READ),
                Endpoint.get(REPORT + "/groups", List.of("unit", "by"), (ctx, q) -> Answers.send(ctx, json,
                        reports.comparisons().groups(ctx.pathParam("form"), Asked.period(ctx), Asked.unit(q, reports),
                                needed(q, "by")))).needs(Permission.READ));
    }

    private void trend(Context ctx, Query query) {
        String by = query.text("by");
        Period.Kind kind = by == null ? null : Period.Kind.of(by).orElseThrow(() -> Refusal.badRequest("bad-period", Query.place("by"),
                "'" + by + "' is no kind of period.", "Choose one of " + String.join(", ", Period.Kind.words()) + "."));
        Set<String> indicators = query.texts("indicator");
        List<String> ordered = reports.form(ctx.pathParam("form")).stream().flatMap(f -> f.indicators().stream()).map(i -> i.code())
                .filter(indicators::contains).toList();
        Answers.send(ctx, json, reports.comparisons().trend(ctx.pathParam("form"), Asked.unit(query, reports),
                ordered.size() == indicators.size() ? ordered : indicators.stream().sorted().toList(), kind, Asked.period(query, "from"),
                Asked.period(query, "to")));
    }

    private void move(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("version", "reason"));
        JsonNode version = body.path("version");
        if (!version.isMissingNode() && !version.isNull() && !version.isInt()) {
            throw Refusal.badRequest("bad-version", "body /version", "It is not the number of a version.", "Leave it out for the newest.");
        }
        String reason = body.path("reason").asText(null);
        Deed.of(ctx).because(reason).with("version", version.isInt() ? version.asInt() : "newest");
        Rights.require(ctx, reports, reports.units().root().code());
        Answers.send(ctx, json, reports.periods().move(ctx.pathParam("form"), Asked.period(ctx),
                version.isInt() ? version.asInt() : null, reason, SubmissionCalls.who(ctx)));
    }

    private static String needed(Query query, String name) {
        String text = query.text(name);
        if (text == null) {
            throw Refusal.badRequest("missing-parameter", Query.place(name), "The parameter '" + name + "' is missing.", null);
        }
        return text;
    }
}
