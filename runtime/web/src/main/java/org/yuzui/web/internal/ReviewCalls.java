package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.reporting.Exemption;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.FormPeriods;
import org.yuzui.reporting.Lock;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Review;
import org.yuzui.reporting.Standing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Accepting and returning answers, and what is different for a period. */
final class ReviewCalls {

    private static final String PERIOD = "/api/v1/forms/{form}/periods/{period}";

    private final Reports reports;
    private final Json json;

    ReviewCalls(Reports reports, Json json) {
        this.reports = reports;
        this.json = json;
    }

    record PeriodView(Form form, Period period, List<FormPeriods.Version> versions, Collection<Standing> standings, List<Lock> locks, List<Exemption> exceptions) {
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/reviews", List.of("unit"), this::inbox).needs(Permission.READ),
                Endpoint.post(SubmissionCalls.PATH + "/accept", this::accept).needs(Permission.REPORT).act("report-accept"),
                Endpoint.post(SubmissionCalls.PATH + "/return", this::giveBack).needs(Permission.REPORT).act("report-return"),
                Endpoint.get(PERIOD, this::period).needs(Permission.READ),
                Endpoint.post(PERIOD + "/locks", this::lock).needs(Permission.REPORT).act("report-lock"),
                Endpoint.post(PERIOD + "/exceptions", this::except).needs(Permission.REPORT).act("report-exception"));
    }

    private void inbox(Context ctx, Query query) {
        String unit = Asked.unit(query, reports);
        Answers.send(ctx, json, Map.of("unit", unit, "waiting", reports.reviews().inbox(unit)));
    }

    private void accept(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("version", "reviewer", "remark"));
        Deed.of(ctx).with("version", version(body)).with("reviewer", text(body, "reviewer"));
        Rights.require(ctx, reports, text(body, "reviewer"));
        Answers.send(ctx, json, reports.reviews().accept(ctx.pathParam("form"), Asked.period(ctx), ctx.pathParam("unit"),
                version(body), text(body, "reviewer"), body.path("remark").asText(null), SubmissionCalls.who(ctx)));
    }

    private void giveBack(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("version", "reviewer", "reasons", "workdays"));
        List<Review.Reason> reasons = new ArrayList<>();
        body.path("reasons").forEach(r -> reasons.add(new Review.Reason(r.path("cell").asText(null), r.path("text").asText(null))));
        Deed.of(ctx).with("version", version(body)).with("reviewer", text(body, "reviewer"))
                .because(reasons.isEmpty() ? null : reasons.get(0).text());
        Rights.require(ctx, reports, text(body, "reviewer"));
        Answers.send(ctx, json, reports.reviews().giveBack(ctx.pathParam("form"), Asked.period(ctx), ctx.pathParam("unit"),
                version(body), text(body, "reviewer"), reasons, body.path("workdays").asInt(), SubmissionCalls.who(ctx)));
    }

    private void period(Context ctx, Query query) {
        String form = ctx.pathParam("form");
        Period period = Asked.period(ctx);
        Collection<Standing> standings = reports.reviews().standings(form, period).values();
        Answers.send(ctx, json, new PeriodView(reports.submissions().form(form, period), period,
                reports.periods().versions(form, period), standings,
                reports.reviews().locks(form, period), reports.reviews().exemptions(form, period)));
    }

    private void lock(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("unit", "locked", "reason"));
        Deed.of(ctx).because(body.path("reason").asText(null)).with("unit", text(body, "unit")).with("locked", body.path("locked").asBoolean(true));
        Rights.require(ctx, reports, text(body, "unit"));
        Answers.send(ctx, json, reports.reviews().lock(ctx.pathParam("form"), Asked.period(ctx), text(body, "unit"),
                body.path("locked").asBoolean(true), body.path("reason").asText(null), SubmissionCalls.who(ctx)));
    }

    private void except(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("unit", "kind", "until", "valid", "reason"));
        String word = text(body, "kind");
        Exemption.Kind kind = Arrays.stream(Exemption.Kind.values()).filter(k -> k.name().equalsIgnoreCase(word)).findFirst()
                .orElseThrow(() -> Refusal.badRequest("bad-kind", "body /kind", "'" + word + "' is no kind of exception.",
                        "Choose one of " + Arrays.toString(Exemption.Kind.values()).toLowerCase(Locale.ROOT) + "."));
        Deed.of(ctx).because(body.path("reason").asText(null)).with("unit", text(body, "unit")).with("kind", kind);
        requireAbove(ctx, text(body, "unit"));
        Answers.send(ctx, json, reports.reviews().except(ctx.pathParam("form"), Asked.period(ctx), text(body, "unit"), kind,
                until(body.path("until")), body.path("valid").asBoolean(true), body.path("reason").asText(null), SubmissionCalls.who(ctx)));
    }

    /** Nobody gives himself longer: a unit's exceptions are for those above it. */
    private void requireAbove(Context ctx, String unit) {
        Rights.require(ctx, reports, reports.units().find(unit).map(u -> u.parent() == null ? unit : u.parent()).orElse(unit));
    }

    private static Instant until(JsonNode until) {
        try {
            return until.isTextual() ? OffsetDateTime.parse(until.asText()).toInstant() : null;
        } catch (DateTimeException e) {
            throw Refusal.badRequest("bad-time", "body /until", "'" + until.asText() + "' is no instant with an offset.",
                    "Write 2026-11-22T17:00:00+08:00.");
        }
    }

    private static int version(JsonNode body) {
        if (!body.path("version").isInt()) {
            throw Refusal.badRequest("bad-version", "body /version", "It is not said which version was looked at.", "Send its number.");
        }
        return body.get("version").asInt();
    }

    private static String text(JsonNode body, String key) {
        if (!body.path(key).isTextual()) {
            throw Refusal.badRequest("missing-key", "body /" + key, "'" + key + "' is missing or not a text.", null);
        }
        return body.get(key).asText();
    }
}
