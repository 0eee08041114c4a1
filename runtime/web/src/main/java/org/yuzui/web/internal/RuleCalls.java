package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;
import org.yuzui.rules.Decision.Fired;
import org.yuzui.rules.KeptDecision;
import org.yuzui.rules.Rule;
import org.yuzui.rules.RuleModel;
import org.yuzui.rules.RuleUse;
import org.yuzui.rules.Trial;
import org.yuzui.spi.RefusedException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Rules: what they say, what they decided, and what they would decide. */
final class RuleCalls {

    private static final int MOST_INPUTS = 200;

    /** A rule may loop as long as an input tells it to. */
    private final Semaphore trials = new Semaphore(2);
    private final Supplier<Collection<Rule>> rules;
    private final Json json;

    RuleCalls(Supplier<Collection<Rule>> rules, Json json) {
        this.rules = rules;
        this.json = json;
    }

    /** @param since from when on it counts its decisions, on this node */
    record RuleView(String id, Title title, String plugin, List<String> decisions, int tables, int findings, Instant since, long decided,
                    long refused) {

        static RuleView of(Rule rule) {
            RuleUse use = rule.use();
            return new RuleView(rule.id(), rule.title(), rule.plugin(), rule.decisions(), rule.tables().size(), rule.findings().size(),
                    use.since(), use.decisions(), use.refused());
        }
    }

    record RuleDetail(RuleView rule, String place, RuleModel model, Map<String, List<Long>> rows) {
    }

    record DecisionView(long number, Instant at, String owner, String route, UUID flow, String decision, JsonNode input, JsonNode outputs,
                        List<Fired> fired, long micros, Problem refused) {

        static DecisionView of(KeptDecision d) {
            return new DecisionView(d.number(), d.at(), d.occasion().owner(), d.occasion().route(), d.occasion().flow(), d.only(), d.input(),
                    d.outputs(), d.fired(), d.micros(), d.refused());
        }
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/rules", (ctx, q) -> Answers.send(ctx, json,
                        Map.of("rules", rules.get().stream().map(RuleView::of).toList()))).needs(Permission.READ),
                Endpoint.get("/api/v1/rules/{plugin}/{name}", this::show).needs(Permission.READ),
                Endpoint.get("/api/v1/rules/{plugin}/{name}/decisions", List.of("limit"), this::decisions).needs(Permission.READ),
                Endpoint.post("/api/v1/rules/{plugin}/{name}/evaluate", this::evaluate).needs(Permission.READ).changesNothing());
    }

    private void show(Context ctx, Query query) {
        Rule rule = rule(ctx);
        Answers.send(ctx, json, new RuleDetail(RuleView.of(rule), rule.place(), rule.model(), rule.use().rows()));
    }

    private void decisions(Context ctx, Query query) {
        int limit = query.number("limit", 1, 500, 200);
        Answers.send(ctx, json, Map.of("decisions", rule(ctx).recent().stream().limit(limit).map(DecisionView::of).toList()));
    }

    private void evaluate(Context ctx, Query query) {
        Rule rule = rule(ctx);
        JsonNode body = Answers.body(ctx, json, List.of("inputs", "decision", "recorded", "changes"));
        if (body.has("inputs") == body.has("recorded")) {
            throw Refusal.badRequest("bad-trial", "body", "The body gives neither inputs nor a recorded decision, or both.",
                    "Send {\"inputs\": [{…}]}, or {\"recorded\": 7} with the number of a decision.");
        }
        if (!trials.tryAcquire()) {
            throw new Refusal(429, new Problem("too-many-trials", null, "Others try rules just now.", "Try again in a moment."));
        }
        try {
            Answers.send(ctx, json, Map.of("results", body.has("inputs") ? given(rule, body) : List.of(recorded(rule, body))));
        } catch (RefusedException e) {
            throw Refusal.badRequest(e.code(), "body /decision", e.getMessage(), null);
        } finally {
            trials.release();
        }
    }

    private static List<Trial> given(Rule rule, JsonNode body) {
        JsonNode inputs = body.path("inputs");
        if (!inputs.isArray() || inputs.isEmpty() || inputs.size() > MOST_INPUTS) {
            throw Refusal.badRequest("bad-trial", "body /inputs", "The inputs are not a list of 1 to " + MOST_INPUTS + ".", null);
        }
        JsonNode decision = body.path("decision");
        List<Trial> results = new ArrayList<>();
        for (JsonNode input : inputs) {
            results.add(rule.attempt(input, decision.isTextual() ? decision.textValue() : null));
        }
        return results;
    }

    private static Trial recorded(Rule rule, JsonNode body) {
        JsonNode number = body.path("recorded");
        JsonNode changes = body.path("changes");
        if (!number.isIntegralNumber()) {
            throw Refusal.badRequest("bad-trial", "body /recorded", "This is not the number of a decision.", null);
        }
        return rule.again(number.longValue(), changes instanceof ObjectNode some ? some : JsonNodeFactory.instance.objectNode())
                .orElseThrow(() -> Refusal.notFound("unknown-decision", "body /recorded",
                        "The hub does not remember the input of decision " + number.asText() + " (any more).",
                        "Choose one of GET /api/v1/rules/" + rule.id() + "/decisions."));
    }

    private Rule rule(Context ctx) {
        String id = ctx.pathParam("plugin") + "/" + ctx.pathParam("name");
        Collection<Rule> all = rules.get();
        return all.stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow(() -> Refusal.notFound("unknown-rule", "path plugin/name",
                "There is no rule '" + id + "'.", KnownKeys.cure(id, all.stream().map(Rule::id).toList())));
    }
}
