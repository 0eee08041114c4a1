package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Permission;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.records.Replay;
import org.yuzui.records.ReplayRequest;
import org.yuzui.records.ReplayRequest.Action;
import org.yuzui.records.Replays;
import org.yuzui.spi.RefusedException;
import org.yuzui.web.HubServices;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Sending on again what had stopped. */
final class ReplayCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayCalls.class);
    private static final int MOST_CHOSEN = 10_000;
    private static final int MOST_PER_SECOND = 100_000;

    private final Replays replays;
    private final FlowFilters filters;
    private final Json json;

    ReplayCalls(HubServices services, ZoneId zone, Json json) {
        this.replays = services.replays();
        this.filters = new FlowFilters(services, zone);
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/replays", List.of("limit"), (ctx, q) -> Answers.send(ctx, json,
                        Map.of("replays", replays.recent(q.number("limit", 1, 200, 50))))).needs(Permission.READ),
                Endpoint.post("/api/v1/replays", this::start).with(FlowFilters.ONE, FlowFilters.SEVERAL).with(List.of("dryRun"), List.of())
                        .needs(Permission.REVIEW).act("replay-start"),
                Endpoint.get("/api/v1/replays/{id}", (ctx, q) -> Answers.send(ctx, json, replay(id(ctx)))).needs(Permission.READ),
                turn("pause", replays::pause), turn("resume", replays::resume), turn("stop", replays::stop),
                Endpoint.post("/api/v1/records/{id}/mend", this::mend).needs(Permission.REVIEW).act("record-mend"));
    }

    private Endpoint turn(String word, LongConsumer deed) {
        return Endpoint.post("/api/v1/replays/{id}/" + word, (ctx, q) -> {
            long id = id(ctx);
            replay(id);
            LOG.info("{} has replay {} {}d", who(ctx), id, word);
            deed.accept(id);
            Answers.send(ctx, json, replay(id));
        }).needs(Permission.REVIEW).act("replay-" + word);
    }

    private void start(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("action", "only", "subscription", "perSecond", "reason"));
        FlowFilter filter = filters.of(query);
        Set<UUID> only = only(body.path("only"));
        if (only == null && filter.equals(FlowFilter.ALL)) {
            throw Refusal.badRequest("no-choice", "query", "Nothing says which flows are meant.",
                    "Choose by the parameters of GET /api/v1/records, or name flows in \"only\".");
        }
        ReplayRequest request = new ReplayRequest(action(body.path("action")), filter, only, text(body, "subscription"),
                perSecond(body.path("perSecond")), text(body, "reason"));
        Deed deed = Deed.of(ctx).because(request.reason()).with("action", request.action());
        if (query.flag("dryRun")) {
            deed.onlyAsked();
            Answers.send(ctx, json, replays.preview(request));
            return;
        }
        try {
            Replay replay = replays.start(request, who(ctx));
            deed.on(replay.id()).with("chosen", replay.total());
            ctx.status(202);
            Answers.send(ctx, json, replay);
        } catch (ProblemException e) {
            throw new Refusal(422, e.problem());
        }
    }

    private void mend(Context ctx, Query query) throws Exception {
        UUID id = RecordCalls.id(ctx);
        JsonNode body = Answers.body(ctx, json, List.of("text", "base64", "reason"));
        byte[] message = message(body);
        String reason = text(body, "reason");
        Deed.of(ctx).because(reason);
        LOG.info("{} mends {}", who(ctx), id);
        try {
            replays.mend(id, message, who(ctx), reason);
            ctx.status(204);
        } catch (RefusedException e) {
            throw new Refusal(422, new Problem(e.code(), e.place(), e.getMessage(), "Mend it once more, or dismiss it with a reason."));
        } catch (ProblemException e) {
            throw new Refusal(e.problem().code().equals("unknown-record") ? 404 : 409, e.problem());
        }
    }

    private static byte[] message(JsonNode body) {
        if (body.path("text").isTextual() && !body.has("base64")) {
            return body.path("text").asText().getBytes(StandardCharsets.UTF_8);
        }
        try {
            if (body.path("base64").isTextual() && !body.has("text")) {
                return Base64.getDecoder().decode(body.path("base64").asText());
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("bad-message", "body /base64", "This is not Base64.", null);
        }
        throw Refusal.badRequest("bad-message", "body", "The message stands neither in \"text\" nor in \"base64\".",
                "Send one of them: text goes in as UTF-8, base64 as the bytes that it says.");
    }

    private static Action action(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Action.SEND_ON;
        }
        try {
            return Action.valueOf(node.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("bad-action", "body /action", "'" + node.asText() + "' is nothing that can be done.",
                    "Write SEND_ON or DISMISS.");
        }
    }

    private static Set<UUID> only(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        Set<UUID> only = new HashSet<>();
        if (!node.isArray() || node.isEmpty() || node.size() > MOST_CHOSEN) {
            throw Refusal.badRequest("bad-choice", "body /only", "The chosen flows are not a list of 1 to " + MOST_CHOSEN + " ids.",
                    "Choose more of them by a filter.");
        }
        for (JsonNode id : node) {
            try {
                only.add(UUID.fromString(id.asText()));
            } catch (IllegalArgumentException e) {
                throw Refusal.badRequest("bad-choice", "body /only", "'" + id.asText() + "' is not the id of a flow.", null);
            }
        }
        return only;
    }

    private static int perSecond(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return 0;
        }
        if (!node.isInt() || node.intValue() < 0 || node.intValue() > MOST_PER_SECOND) {
            throw Refusal.badRequest("bad-number", "body /perSecond", "perSecond is not a number from 0 to " + MOST_PER_SECOND + ".",
                    "0 is as fast as it goes.");
        }
        return node.intValue();
    }

    private static String text(JsonNode body, String key) {
        JsonNode node = body.path(key);
        return node.isTextual() && !node.asText().isBlank() ? node.asText().strip() : null;
    }

    private Replay replay(long id) {
        return replays.find(id).orElseThrow(() -> Refusal.notFound("unknown-replay", "path id", "There is no replay " + id + ".",
                "GET /api/v1/replays lists them."));
    }

    private static long id(Context ctx) {
        return Query.positive(ctx.pathParam("id"), "path id");
    }

    private static String who(Context ctx) {
        return Door.callerOf(ctx).principal().name();
    }
}
