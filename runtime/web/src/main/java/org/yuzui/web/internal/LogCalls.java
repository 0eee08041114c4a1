package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.web.PluginLog;

import java.util.List;

/** What plugins logged. */
final class LogCalls {

    private final PluginLog log;
    private final Json json;

    LogCalls(PluginLog log, Json json) {
        this.log = log;
        this.json = json;
    }

    record Page(List<PluginLog.Line> lines, Long next) {
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/plugins/{id}/log", List.of("level", "q", "before", "after", "limit"), this::log).needs(Permission.READ));
    }

    private void log(Context ctx, Query query) {
        int limit = query.number("limit", 1, 500, 100);
        PluginLog.Level level = query.text("level") == null ? PluginLog.Level.TRACE
                : query.choices("level", PluginLog.Level.class).iterator().next();
        List<PluginLog.Line> lines = log.find(new PluginLog.Query(ctx.pathParam("id"), level, query.text("q"), query.id("before"),
                query.id("after"), limit + 1));
        boolean more = lines.size() > limit;
        List<PluginLog.Line> shown = more ? lines.subList(0, limit) : lines;
        Answers.send(ctx, json, new Page(shown, more ? shown.get(shown.size() - 1).number() : null));
    }
}
