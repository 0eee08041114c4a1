package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.container.KeptVersion;
import org.yuzui.container.PluginEvent;
import org.yuzui.container.Plugins;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginStatus;

import java.util.List;
import java.util.Map;

/** What was done with a plugin, and what of it can be had again: versions, history, settings. Of removed plugins too. */
final class PluginPastCalls {

    private final Plugins plugins;
    private final Json json;

    PluginPastCalls(Plugins plugins, Json json) {
        this.plugins = plugins;
        this.json = json;
    }

    /** The entries of a page, and where the next one begins. */
    record History(List<PluginEvent> events, Long next) {
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/plugins/{id}/versions", this::versions).needs(Permission.READ),
                Endpoint.get("/api/v1/plugins/{id}/history", List.of("before", "limit"), this::history).needs(Permission.READ),
                Endpoint.get("/api/v1/plugins/{id}/history/{number}", this::entry).needs(Permission.READ),
                Endpoint.get("/api/v1/plugins/{id}/settings", (ctx, q) ->
                        Answers.send(ctx, json, plugins.settings(ctx.pathParam("id")))).needs(Permission.READ));
    }

    private void versions(Context ctx, Query query) {
        String id = ctx.pathParam("id");
        List<KeptVersion> versions = plugins.versions(id);
        if (versions.isEmpty()) {
            requireKnown(id);
        }
        Answers.send(ctx, json, Map.of("versions", versions));
    }

    private void history(Context ctx, Query query) {
        String id = ctx.pathParam("id");
        int limit = query.number("limit", 1, 200, 20);
        Long before = query.id("before");
        List<PluginEvent> events = plugins.history(id, before, limit + 1);
        if (events.isEmpty() && before == null) {
            requireKnown(id);
        }
        boolean more = events.size() > limit;
        List<PluginEvent> page = more ? events.subList(0, limit) : events;
        Answers.send(ctx, json, new History(page, more ? page.get(limit - 1).number() : null));
    }

    private void entry(Context ctx, Query query) {
        String id = ctx.pathParam("id");
        long number = Query.positive(ctx.pathParam("number"), "path number");
        Answers.send(ctx, json, plugins.event(number).filter(e -> e.plugin().equals(id)).orElseThrow(() ->
                Refusal.notFound("unknown-entry", "path number", "The history of '" + id + "' has no entry " + number + ".",
                        "GET /api/v1/plugins/" + id + "/history lists them.")));
    }

    private void requireKnown(String id) {
        if (plugins.find(id).isEmpty()) {
            throw unknown(plugins, id);
        }
    }

    static Refusal unknown(Plugins plugins, String id) {
        return Refusal.notFound("unknown-plugin", "path id", "There is no plugin '" + id + "'.",
                KnownKeys.cure(id, plugins.list().stream().map(PluginStatus::id).toList()));
    }
}
