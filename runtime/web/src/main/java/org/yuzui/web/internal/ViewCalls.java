package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.kernel.ProblemException;
import org.yuzui.records.View;
import org.yuzui.records.Views;

import java.util.List;
import java.util.Map;

/** Searches that are kept for all who read the hub, by name or behind a short link. */
final class ViewCalls {

    private final Views views;
    private final Json json;

    ViewCalls(Views views, Json json) {
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/views", (ctx, q) -> Answers.send(ctx, json, Map.of("views", views.all()))).needs(Permission.READ),
                Endpoint.post("/api/v1/views", this::keep).needs(Permission.REVIEW).act("view-keep"),
                Endpoint.delete("/api/v1/views", this::remove).with(List.of("name"), List.of()).needs(Permission.REVIEW).act("view-remove"),
                Endpoint.post("/api/v1/links", this::link).needs(Permission.READ).changesNothing(),
                Endpoint.get("/api/v1/links/{id}", this::linked).needs(Permission.READ));
    }

    private void keep(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("name", "search"));
        try {
            View view = views.keep(body.path("name").asText(), body.path("search").asText(), Door.callerOf(ctx).principal().name());
            Deed.of(ctx).on(view.name()).with("search", view.search());
            Answers.send(ctx, json, view);
        } catch (ProblemException e) {
            throw new Refusal(e.problem().code().equals("too-many-views") ? 409 : 400, e.problem());
        }
    }

    private void link(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("search"));
        String search = body.path("search").asText();
        try {
            Answers.send(ctx, json, new Link(views.link(search, Door.callerOf(ctx).principal().name()), search));
        } catch (ProblemException e) {
            throw new Refusal(400, e.problem());
        }
    }

    private void linked(Context ctx, Query query) {
        String id = ctx.pathParam("id");
        String search = views.linked(id).orElseThrow(() -> Refusal.notFound("unknown-link", "path id", "There is no link '" + id + "'.",
                "Ask whoever sent it for the whole of it."));
        Answers.send(ctx, json, new Link(id, search));
    }

    /** A search behind a short link. */
    record Link(String id, String search) {
    }

    private void remove(Context ctx, Query query) {
        String name = query.text("name");
        if (name == null) {
            throw Refusal.badRequest("no-view", "query name", "Nothing says which view is meant.", "GET /api/v1/views lists them.");
        }
        Deed.of(ctx).on(name);
        if (!views.remove(name)) {
            throw Refusal.notFound("unknown-view", "query name", "There is no view '" + name + "'.", "GET /api/v1/views lists them.");
        }
        ctx.status(204);
    }
}
