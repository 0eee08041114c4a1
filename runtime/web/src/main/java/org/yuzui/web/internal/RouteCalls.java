package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Permission;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.routing.RouteDetail;
import org.yuzui.routing.RouteStatus;
import org.yuzui.routing.RouteStep;
import org.yuzui.web.HubServices;

import java.time.Instant;
import java.util.List;

/** One route: its steps, its counters, its file; stopping and starting it. */
final class RouteCalls {

    private static final Logger LOG = LoggerFactory.getLogger(RouteCalls.class);
    private static final int LONGEST_REASON = 500;

    private final HubServices services;
    private final Json json;

    RouteCalls(HubServices services, Json json) {
        this.services = services;
        this.json = json;
    }

    record Detail(RouteStatus route, boolean inner, ByHand stopped, RouteDetail.Counters counters, String from,
                  List<RouteStep> steps, Yaml yaml) {

        static Detail of(RouteDetail d) {
            return new Detail(d.status(), d.inner(), d.stopped() == null ? null
                    : new ByHand(d.stopped().who(), d.stopped().reason(), d.stopped().since()), d.counters(), d.from(), d.steps(),
                    d.text() == null ? null : new Yaml(d.text().file(), d.text().line(), d.text().content()));
        }
    }

    /** Who stopped or paused something. */
    record ByHand(String who, String reason, Instant since) {
    }

    record Yaml(String file, int line, String text) {
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/routes/{plugin}/{route}", this::route).needs(Permission.READ),
                Endpoint.post("/api/v1/routes/{plugin}/{route}/stop", this::stop).needs(Permission.OPERATE).act("route-stop"),
                Endpoint.post("/api/v1/routes/{plugin}/{route}/start", this::start).needs(Permission.OPERATE).act("route-start"));
    }

    private void route(Context ctx, Query query) {
        String owner = ctx.pathParam("plugin");
        String id = ctx.pathParam("route");
        Answers.send(ctx, json, Detail.of(services.operations().routes().find(owner, id).orElseThrow(() ->
                Refusal.notFound("unknown-route", "path plugin/route", "The route '" + id + "' of " + owner + " does not run now.",
                        KnownKeys.cure(id, services.routes().routes().stream()
                                .filter(r -> owner.equals(r.owner()) && r.id() != null).map(RouteStatus::id).toList())))));
    }

    private void stop(Context ctx, Query query) {
        String owner = ctx.pathParam("plugin");
        String id = ctx.pathParam("route");
        String reason = reason(ctx, json);
        Deed.of(ctx).because(reason);
        String who = Door.callerOf(ctx).principal().name();
        LOG.info("{} stops the route {} of {}", who, id, owner);
        Answers.send(ctx, json, Detail.of(services.operations().routes().stop(owner, id, who, reason)));
    }

    private void start(Context ctx, Query query) {
        String owner = ctx.pathParam("plugin");
        String id = ctx.pathParam("route");
        Deed.of(ctx).because(reason(ctx, json));
        LOG.info("{} starts the route {} of {}", Door.callerOf(ctx).principal().name(), id, owner);
        Answers.send(ctx, json, Detail.of(services.operations().routes().start(owner, id)));
    }

    /** Why somebody does something; null when they don't say. */
    static String reason(Context ctx, Json json) {
        JsonNode node = Answers.body(ctx, json, List.of("reason")).path("reason");
        if (node.isMissingNode() || node.isNull() || node.isTextual() && node.asText().isBlank()) {
            return null;
        }
        if (!node.isTextual() || node.asText().length() > LONGEST_REASON || node.asText().indexOf('\0') >= 0) {
            throw Refusal.badRequest("bad-reason", "body /reason", "The reason is not a text of up to " + LONGEST_REASON + " letters.", null);
        }
        return node.asText().strip();
    }
}
