package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowPage;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Keepsake;
import org.yuzui.records.RecordStore;
import org.yuzui.records.StoredRecord;
import org.yuzui.records.StoredVersion;
import org.yuzui.web.HubServices;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records, their way through the hub, and who waits for them. */
public final class RecordCalls {

    private static final int RELATED = 100;

    private final HubServices services;
    private final FlowFilters filters;
    private final Json json;

    public RecordCalls(HubServices services, ZoneId zone, Json json) {
        this.services = services;
        this.filters = new FlowFilters(services, zone);
        this.json = json;
    }

    record Page(List<Flow> records, String next) {
    }

    record FlowDetail(Flow flow, List<HopView> hops, StoredVersion stored, KeptMessage message, List<StoredVersion> related) {
    }

    /** Readable unless the key that it was encrypted with is lost. */
    record KeptMessage(long size, boolean readable) {
    }

    /** A hop without its flow, which is known, and without the message, which is not given out. */
    record HopView(HopKind kind, Instant at, String node, String plugin, String version, String route, String contract, String key,
                   String unit, String subscription, String source, String sourceType, String sourceId, UUID parent,
                   long durationMicros, long size, String causeCode, String cause) {

        static HopView of(Hop h) {
            return new HopView(h.kind(), h.at(), h.node(), h.plugin(), h.version(), h.route(), h.contract(), h.key(), h.unit(),
                    h.subscription(), h.source(), h.sourceType(), h.sourceId(), h.parent(), h.durationMicros(), h.size(),
                    h.causeCode(), h.cause());
        }
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/records", this::find).with(FlowFilters.ONE, FlowFilters.SEVERAL).with(List.of("cursor", "limit"), List.of())
                        .needs(Permission.READ),
                Endpoint.get("/api/v1/record-facets", (ctx, q) ->
                        Answers.send(ctx, json, services.ledger().facets(filters.of(q)))).with(FlowFilters.ONE, FlowFilters.SEVERAL).needs(Permission.READ),
                Endpoint.get("/api/v1/causes", (ctx, q) ->
                        Answers.send(ctx, json, services.ledger().causes(filters.of(q)))).with(FlowFilters.ONE, FlowFilters.SEVERAL).needs(Permission.READ),
                Endpoint.get("/api/v1/records/{id}", this::show).needs(Permission.READ),
                Endpoint.get("/api/v1/records/{id}/children", List.of("cursor", "limit"), this::children).needs(Permission.READ),
                Endpoint.get("/api/v1/records/{id}/payload", this::payload).needs(Permission.READ),
                Endpoint.get("/api/v1/subscriptions", (ctx, q) ->
                        Answers.send(ctx, json, Map.of("subscriptions", services.subscriptions().get()))).needs(Permission.READ));
    }

    private void find(Context ctx, Query query) {
        page(ctx, query, filters.of(query));
    }

    private void children(Context ctx, Query query) {
        UUID id = id(ctx);
        services.ledger().flow(id).orElseThrow(() -> unknown(id));
        page(ctx, query, FlowFilter.madeFrom(id));
    }

    private void page(Context ctx, Query query, FlowFilter filter) {
        FlowPage page = services.ledger().find(new FlowQuery(filter, query.text("cursor"), query.number("limit", 1, 500, 50)));
        Answers.send(ctx, json, new Page(page.flows(), page.next()));
    }

    private void show(Context ctx, Query query) {
        UUID id = id(ctx);
        Flow flow = services.ledger().flow(id).orElseThrow(() -> unknown(id));
        RecordStore store = services.records();
        StoredVersion stored = store.byId(id).map(r -> new StoredVersion(r.id(), r.version(), r.latest(), r.day(), r.arrivedAt())).orElse(null);
        List<StoredVersion> related = flow.contract() == null || flow.key() == null ? List.of()
                : store.recent(flow.contract(), flow.key(), RELATED).stream().filter(r -> !r.id().equals(id)).toList();
        List<Hop> hops = services.ledger().hops(id);
        Answers.send(ctx, json, new FlowDetail(flow, hops.stream().map(HopView::of).toList(), stored, message(flow, hops), related));
    }

    private KeptMessage message(Flow flow, List<Hop> hops) {
        Keepsake kept = flow.status() != FlowStatus.REFUSED ? null : services.ledger().beside(hops).get(flow.id());
        return kept == null ? null : kept.trouble() == null ? new KeptMessage(kept.size(), true) : new KeptMessage(flow.size(), false);
    }

    private void payload(Context ctx, Query query) {
        UUID id = id(ctx);
        StoredRecord stored = services.records().byId(id).orElseThrow(() ->
                services.ledger().flow(id).isEmpty() ? unknown(id)
                        : Refusal.notFound("not-stored", "path id", "The record store holds nothing under this id.",
                        "GET /api/v1/records/" + id + " says what became of it."));
        Answers.send(ctx, json, stored);
    }

    static UUID id(Context ctx) {
        String text = ctx.pathParam("id");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("bad-id", "path id", "'" + text + "' is not the id of a record.",
                    "Ids look like 123e4567-e89b-12d3-a456-426614174000.");
        }
    }

    static Refusal unknown(UUID id) {
        return Refusal.notFound("unknown-record", "path id", "The ledger has nothing under " + id + ".",
                "Look for it by its key: GET /api/v1/records?key=…");
    }
}
