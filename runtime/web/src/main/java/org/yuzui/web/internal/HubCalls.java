package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.reporting.Unit;
import org.yuzui.web.HubInfo;
import org.yuzui.web.HubServices;
import org.yuzui.web.WebServer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How the hub as a whole stands. */
public final class HubCalls {

    private final HubServices services;
    private final Readiness readiness;
    private final Meters meters;
    private final Clock clock;
    private final Json json;
    private byte[] openApi;

    public HubCalls(HubServices services, Readiness readiness, Meters meters, Clock clock, Json json) {
        this.services = services;
        this.readiness = readiness;
        this.meters = meters;
        this.clock = clock;
        this.json = json;
    }

    record HubView(String node, String unit, Title unitTitle, String version, String java, Instant startedAt, Instant now,
                   String zone, String store, String broker, boolean ready, List<Readiness.Check> checks,
                   long ledgerLag) {
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/hub", this::hub).needs(Permission.READ),
                Endpoint.get("/api/v1/openapi.json", this::openApi).known(),
                Endpoint.get("/health", (ctx, q) -> Answers.send(ctx, json, Map.of("status", "UP"))).open(),
                Endpoint.get("/ready", this::ready).open(),
                Endpoint.get("/metrics", this::metrics).needs(Permission.READ));
    }

    private void hub(Context ctx, Query query) {
        HubInfo info = services.info().get();
        Readiness.Report report = readiness.now();
        Title title = info.unit() == null ? null
                : services.reports().units().find(info.unit()).map(HubCalls::title).orElse(null);
        Answers.send(ctx, json, new HubView(info.node(), info.unit(), title, info.version(), Runtime.version().toString(),
                info.startedAt(), clock.instant(), clock.getZone().getId(), info.store(), info.broker(), report.ready(),
                report.checks(), services.ledger().lag()));
    }

    private void ready(Context ctx, Query query) {
        Readiness.Report report = readiness.now();
        ctx.status(report.ready() ? 200 : 503);
        Answers.send(ctx, json, report);
    }

    private void metrics(Context ctx, Query query) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.scrape());
    }

    private synchronized void openApi(Context ctx, Query query) {
        if (openApi == null) {
            openApi = json.bytes(readOpenApi());
        }
        ctx.contentType("application/json").result(openApi);
    }

    private static JsonNode readOpenApi() {
        try (InputStream in = WebServer.class.getResourceAsStream("openapi.yaml")) {
            return YamlDocument.parse(in.readAllBytes(), "openapi.yaml").root();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Title title(Unit unit) {
        return new Title(unit.name(), unit.nameEn());
    }
}
