package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.reporting.Dispute;
import org.yuzui.reporting.Disputes;
import org.yuzui.reporting.Reports;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What is held about units, and what they say against it. */
final class DisputeCalls {

    private static final int MOST_DIGITS = 60;

    private final Reports reports;
    private final Json json;

    DisputeCalls(Reports reports, Json json) {
        this.reports = reports;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/feedback/{form}/{period}", List.of("unit"), this::feedback).needs(Permission.READ),
                Endpoint.post("/api/v1/reports/{form}/{period}/disputes", this::open).needs(Permission.REPORT).act("report-dispute"),
                Endpoint.get("/api/v1/disputes", this::disputes).with(List.of("unit", "form", "period", "answerer"), List.of("state"))
                        .needs(Permission.READ),
                Endpoint.get("/api/v1/disputes/{id}", (ctx, q) -> Answers.send(ctx, json, reports.disputes().find(id(ctx))))
                        .needs(Permission.READ),
                Endpoint.post("/api/v1/disputes/{id}/answer", this::answer).needs(Permission.REPORT).act("report-dispute-answer"),
                Endpoint.post("/api/v1/disputes/{id}/withdraw", this::withdraw).needs(Permission.REPORT).act("report-dispute-withdraw"));
    }

    private void feedback(Context ctx, Query query) {
        if (query.text("unit") == null) {
            throw Refusal.badRequest("missing-parameter", Query.place("unit"), "It is not said about which unit.", null);
        }
        Answers.send(ctx, json, reports.feedback().of(ctx.pathParam("form"), Asked.period(ctx), query.text("unit")));
    }

    private void open(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("unit", "indicator", "value", "reason"));
        String unit = text(body, "unit");
        String indicator = text(body, "indicator");
        String reason = body.path("reason").asText(null);
        Deed.of(ctx).because(reason).with("unit", unit).with("indicator", indicator);
        Rights.require(ctx, reports, unit);
        Dispute dispute = reports.disputes().open(ctx.pathParam("form"), Asked.period(ctx), unit, indicator,
                number(body.path("value")), reason, SubmissionCalls.who(ctx));
        Deed.of(ctx).with("dispute", dispute.id());
        ctx.status(201);
        Answers.send(ctx, json, dispute);
    }

    private static BigDecimal number(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(value.asText().strip());
            if (Math.abs((long) number.scale()) + number.precision() <= MOST_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, the same way as one that is too long
        }
        throw Refusal.badRequest("bad-number", "body /value", "It is not a number that a figure can have.", null);
    }

    private void disputes(Context ctx, Query query) {
        Answers.send(ctx, json, Map.of("disputes", reports.disputes().find(new Disputes.Filter(Asked.unit(query, reports),
                query.text("form"), Asked.period(query, "period"), query.choices("state", Dispute.State.class), query.text("answerer")))));
    }

    private void answer(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("decision", "reason"));
        String decision = text(body, "decision");
        if (!decision.equals("UPHELD") && !decision.equals("REJECTED")) {
            throw Refusal.badRequest("bad-decision", "body /decision", "'" + decision + "' is no decision.", "Choose UPHELD or REJECTED.");
        }
        String reason = body.path("reason").asText(null);
        Deed.of(ctx).because(reason).with("decision", decision);
        Rights.require(ctx, reports, reports.disputes().find(id(ctx)).answerer());
        Answers.send(ctx, json, reports.disputes().answer(id(ctx), decision.equals("UPHELD"), reason, SubmissionCalls.who(ctx)));
    }

    private void withdraw(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("reason"));
        String reason = body.path("reason").asText(null);
        Deed.of(ctx).because(reason);
        Rights.require(ctx, reports, reports.disputes().find(id(ctx)).unit());
        Answers.send(ctx, json, reports.disputes().withdraw(id(ctx), reason, SubmissionCalls.who(ctx)));
    }

    private static long id(Context ctx) {
        return Query.positive(ctx.pathParam("id"), "path id");
    }

    private static String text(JsonNode body, String key) {
        if (!body.path(key).isTextual()) {
            throw Refusal.badRequest("missing-key", "body /" + key, "'" + key + "' is missing or not a text.", null);
        }
        return body.get(key).asText();
    }
}
