package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Permission;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;
import org.yuzui.records.DryRun;
import org.yuzui.records.Replay;
import org.yuzui.records.ReplayRequest;
import org.yuzui.records.ReplayRequest.Action;
import org.yuzui.records.ReplayRequest.Version;
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
    private static final String ARRIVAL = "arrival";
    private static final int MOST_CHOSEN = 10_000;
    private static final int MOST_PER_SECOND = 100_000;
    /** As much as the ledger keeps of a cause. */
    private static final int MOST_TEXT = 4_000;
    /** A message of 8 MiB in Base64, and what stands around it. */
    private static final int MOST_BYTES = 12 << 20;

    /** What was asked is understood and can't be done as it is. */
    private static final Set<String> UNFIT = Set.of("no-reason", "unknown-subscription", "subscription-not-read", "too-many-flows",
            "version-not-running", "unknown-record");

    private final Replays replays;
    private final Ledger ledger;
    private final FlowFilters filters;
    private final Uploads uploads;
    private final Json json;

    ReplayCalls(HubServices services, ZoneId zone, Uploads uploads, Json json) {
        this.uploads = uploads;
        this.replays = services.replays();
        this.ledger = services.ledger();
        this.filters = new FlowFilters(services, zone);
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/replays", List.of("limit"), (ctx, q) -> Answers.send(ctx, json,
                        Map.of("replays", replays.recent(q.number("limit", 1, 200, 50))))).needs(Permission.READ),
                Endpoint.post("/api/v1/replays", this::start).with(FlowFilters.ONE, FlowFilters.SEVERAL).with(List.of("dryRun"), List.of())
                        .needs(Permission.REVIEW).act("replay-start"),
                Endpoint.post("/api/v1/replays/dry-run", this::rehearse).needs(Permission.REVIEW).changesNothing(),
                Endpoint.get("/api/v1/replays/{id}", (ctx, q) -> Answers.send(ctx, json, replay(id(ctx)))).needs(Permission.READ),
                Endpoint.get("/api/v1/replays/{id}/failures", List.of("limit"), this::failures).needs(Permission.READ),
                turn("pause", replays::pause), turn("resume", replays::resume), turn("stop", replays::stop),
                Endpoint.get("/api/v1/records/{id}/replays", List.of("limit"), (ctx, q) -> Answers.send(ctx, json,
                        Map.of("replays", replays.of(RecordCalls.id(ctx), q.number("limit", 1, 200, 50))))).needs(Permission.READ),
                Endpoint.post("/api/v1/records/{id}/mend", this::mend).with(List.of("reason"), List.of()).needs(Permission.REVIEW).act("record-mend"));
    }

    /** With the flow as it stands now; null for one that the ledger has forgotten. */
    private record Failure(UUID id, String cause, Flow flow) {
    }

    private void failures(Context ctx, Query query) {
        long id = replay(id(ctx)).id();
        Answers.send(ctx, json, Map.of("failures", replays.failures(id, query.number("limit", 1, 500, 50)).stream()
                .map(f -> new Failure(f.flow(), f.cause(), ledger.flow(f.flow()).orElse(null))).toList()));
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
        JsonNode body = Answers.body(ctx, json, List.of("action", "only", "subscription", "fromHop", "version", "perSecond", "reason"));
        FlowFilter filter = filters.of(query);
        Set<UUID> only = only(body.path("only"));
        if (only == null && filter.equals(FlowFilter.ALL)) {
            throw Refusal.badRequest("no-choice", "query", "Nothing says which flows are meant.",
                    "Choose by the parameters of GET /api/v1/records, or name flows in \"only\".");
        }
        String hop = text(body, "fromHop");
        boolean fromArrival = ARRIVAL.equals(hop);
        ReplayRequest request = new ReplayRequest(action(body.path("action")), filter, only, subscription(body, fromArrival ? null : hop),
                perSecond(body.path("perSecond")), text(body, "reason"), fromArrival, version(body));
        if (fromArrival && (request.subscription() != null || request.action() == Action.DISMISS)) {
            throw badHop("What is dismissed, or goes to a subscription, does not arrive again.");
        }
        Deed deed = Deed.of(ctx).because(request.reason()).with("action", request.action());
        try {
            if (query.flag("dryRun")) {
                deed.onlyAsked();
                Answers.send(ctx, json, replays.preview(request));
                return;
            }
            Replay replay = replays.start(request, who(ctx));
            deed.on(replay.id()).with("chosen", replay.total());
            ctx.status(202);
            Answers.send(ctx, json, replay);
        } catch (ProblemException e) {
            throw UNFIT.contains(e.problem().code()) ? new Refusal(422, e.problem()) : e;
        }
    }

    private static String subscription(JsonNode body, String hop) {
        String subscription = text(body, "subscription");
        if (hop != null && subscription != null && !hop.equals(subscription)) {
            throw badHop("subscription and fromHop name two.");
        }
        return hop == null ? subscription : hop;
    }

    private static Refusal badHop(String what) {
        return Refusal.badRequest("bad-hop", "body /fromHop", what, "Write arrival, or the name of a subscription, or leave it out for where each one stopped.");
    }

    private static Version version(JsonNode body) {
        String version = text(body, "version");
        try {
            return version == null ? Version.CURRENT : Version.valueOf(version.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("bad-version", "body /version", "'" + version + "' is no choice of a version.", "Write current or original.");
        }
    }

    private void rehearse(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("id", "text", "base64", "version"), MOST_BYTES);
        UUID id;
        try {
            id = UUID.fromString(body.path("id").asText());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("bad-id", "body /id", "This is not the id of a flow.", "Ids look like 123e4567-e89b-12d3-a456-426614174000.");
        }
        byte[] message = body.hasNonNull("text") || body.hasNonNull("base64") ? message(body) : null;
        Answers.send(ctx, json, Trial.of(replays.rehearse(id, message, version(body))));
    }

    /** As it is told: outcomes in small letters. */
    private record Trial(UUID id, String plugin, String route, String version, JsonNode before, JsonNode after, List<DryRun.Difference> diff,
                         List<Would> wouldPublish, int more, Problem refused, List<String> leftOut) {

        static Trial of(DryRun run) {
            return new Trial(run.id(), run.plugin(), run.route(), run.version(), run.before(), run.after(), run.diff(), run.wouldPublish().stream()
                    .map(o -> new Would(o.id(), o.contract(), o.key(), o.outcome().name().toLowerCase(Locale.ROOT), o.content())).toList(),
                    run.more(), run.refused(), run.leftOut());
        }
    }

    private record Would(UUID id, String contract, String key, String outcome, JsonNode content) {
    }

    private void mend(Context ctx, Query query) throws Exception {
        UUID id = RecordCalls.id(ctx);
        if (Uploads.isBytes(ctx)) {
            String reason = query.text("reason");
            if (reason != null && reason.length() > MOST_TEXT) {
                throw Refusal.badRequest("bad-text", "query reason", "The reason is longer than " + MOST_TEXT + " characters.", null);
            }
            try (Uploads.Upload upload = uploads.receiveMessage(ctx)) {
                mend(ctx, id, Message.of(upload.file()), reason);
            }
            return;
        }
        JsonNode body = Answers.body(ctx, json, List.of("text", "base64", "reason"), MOST_BYTES);
        mend(ctx, id, Message.of(message(body)), text(body, "reason"));
    }

    private void mend(Context ctx, UUID id, Message message, String reason) {
        Deed.of(ctx).because(reason);
        LOG.info("{} mends {}", who(ctx), id);
        try {
            replays.mend(id, message, who(ctx), reason);
            ctx.status(204);
        } catch (RefusedException e) {
            throw new Refusal(422, new Problem(e.code(), e.place(), e.getMessage(), "Mend it once more, or dismiss it with a reason."));
        } catch (ProblemException e) {
            throw new Refusal(switch (e.problem().code()) {
                case "unknown-record" -> 404;
                case "not-json" -> 422;
                default -> Math.max(409, Problems.status(e.problem().code()));
            }, e.problem());
        }
    }

    private static byte[] message(JsonNode body) {
        if (body.path("text").isTextual() && !body.hasNonNull("base64")) {
            return body.path("text").asText().getBytes(StandardCharsets.UTF_8);
        }
        try {
            if (body.path("base64").isTextual() && !body.hasNonNull("text")) {
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
        if (node.asText().indexOf('\0') >= 0 || node.asText().length() > MOST_TEXT) { // no text of the database can hold the one
            throw Refusal.badRequest("bad-text", "body /" + key, "The text holds the character U+0000, or is longer than " + MOST_TEXT + " characters.",
                    null);
        }
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
