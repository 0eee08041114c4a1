package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Permission;
import org.yuzui.records.ContentSearch;
import org.yuzui.records.ContentSearches;
import org.yuzui.web.HubServices;

import java.time.ZoneId;
import java.util.List;
import java.util.function.LongConsumer;

/** Searches in the contents: what one costs first, then the search itself. */
final class ContentSearchCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ContentSearchCalls.class);
    private static final int SHORTEST = 2;
    private static final int LONGEST = 200;

    private final ContentSearches searches;
    private final FlowFilters filters;
    private final Json json;

    ContentSearchCalls(HubServices services, ZoneId zone, Json json) {
        this.searches = services.contentSearches();
        this.filters = new FlowFilters(services, zone);
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/content-searches", this::ask).with(FlowFilters.ONE, FlowFilters.SEVERAL)
                        .needs(Permission.READ).changesNothing(),
                Endpoint.get("/api/v1/content-searches/{id}", (ctx, q) -> Answers.send(ctx, json, search(ctx))).needs(Permission.READ),
                turn("start", searches::start), turn("stop", searches::stop));
    }

    private void ask(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("text"));
        String text = body.path("text").asText().strip();
        if (text.length() < SHORTEST || text.length() > LONGEST || text.indexOf('\0') >= 0) {
            throw Refusal.badRequest("bad-text", "body /text", "The text has not " + SHORTEST + " to " + LONGEST + " characters.", null);
        }
        ctx.status(201);
        Answers.send(ctx, json, searches.ask(filters.of(query), text, who(ctx)));
    }

    private Endpoint turn(String word, LongConsumer deed) {
        return Endpoint.post("/api/v1/content-searches/{id}/" + word, (ctx, q) -> {
            long id = search(ctx).id();
            LOG.info("{} has search {}: {}", who(ctx), id, word);
            deed.accept(id);
            Answers.send(ctx, json, search(ctx));
        }).needs(Permission.READ).act("content-search-" + word);
    }

    private ContentSearch search(Context ctx) {
        long id = Query.positive(ctx.pathParam("id"), "path id");
        return searches.find(id).orElseThrow(() -> Refusal.notFound("unknown-search", "path id", "There is no search " + id + ".",
                "It was forgotten, or the hub began anew: ask once more."));
    }

    private static String who(Context ctx) {
        return Door.callerOf(ctx).principal().name();
    }
}
