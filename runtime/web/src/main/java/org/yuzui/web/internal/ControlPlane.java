package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.web.HubServices;
import org.yuzui.web.WebSettings;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** All calls behind their one door. */
public final class ControlPlane implements AutoCloseable {

    private final Problems problems;
    private final Door door;
    private final Meters meters;
    private final Readiness readiness;
    private final EventCalls events;
    private final Deeds deeds;
    private final MapCalls map;
    private final List<Endpoint> endpoints;

    public ControlPlane(WebSettings settings, HubServices services, Clock clock) {
        Json json = new Json(clock.getZone());
        Sessions sessions = new Sessions(clock);
        problems = new Problems(json);
        door = new Door(services.access(), sessions, new HostNames(settings));
        deeds = new Deeds(services.audit(), door);
        meters = new Meters(services);
        readiness = new Readiness(services.info());
        events = new EventCalls(services, door, meters, clock, json);
        map = new MapCalls(services, meters, clock, json);
        Uploads uploads = new Uploads(settings);
        endpoints = Stream.of(new HubCalls(services, readiness, meters, clock, json).endpoints(),
                        new SessionCalls(services.access(), sessions, clock, json).endpoints(),
                        events.endpoints(),
                        new AuditCalls(services.audit(), clock.getZone(), json).endpoints(),
                        map.endpoints(),
                        new PluginCalls(services, json).endpoints(),
                        new PluginChangeCalls(services.plugins(), uploads, json).endpoints(),
                        new PluginPastCalls(services.plugins(), json).endpoints(),
                        new RouteCalls(services, json).endpoints(),
                        new LogCalls(services.operations().log(), json).endpoints(),
                        new RecordCalls(services, clock.getZone(), json).endpoints(),
                        new PayloadCalls(services, json).endpoints(),
                        new ReplayCalls(services, clock.getZone(), uploads, json).endpoints(),
                        new ViewCalls(services.views(), json).endpoints(),
                        new ContentSearchCalls(services, clock.getZone(), json).endpoints(),
                        new ScheduleCalls(services.scheduler(), clock, json).endpoints(),
                        new RuleCalls(services.rules(), json).endpoints(),
                        new CalendarCalls(services.scheduler(), json).endpoints(),
                        new ReportCalls(services.reports(), json).endpoints(),
                        new SubmissionCalls(services.reports(), json).endpoints(),
                        new ReviewCalls(services.reports(), json).endpoints(),
                        new TotalCalls(services.reports(), json).endpoints(),
                        new OutlookCalls(services.reports(), json).endpoints(),
                        new DisputeCalls(services.reports(), json).endpoints(),
                        new UnitCalls(services.reports(), json).endpoints())
                .flatMap(List::stream).toList();
        endpoints.forEach(Endpoint::requireDeclared);
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public Problems problems() {
        return problems;
    }

    public JettyErrors jettyErrors() {
        return new JettyErrors(problems);
    }

    public void enter(Context ctx) {
        door.enter(ctx);
    }

    public void answer(Endpoint endpoint, Context ctx) throws Exception {
        deeds.answer(endpoint, ctx);
    }

    public void measure(Context ctx, float millis) {
        var matched = ctx.endpoints().lastHttpEndpoint();
        String path = matched == null ? "console or unknown" : matched.path;
        if (!path.equals("/api/v1/events")) { // how long somebody listened is no measure of anything
            meters.answered(ctx.method().name(), path, ctx.statusCode(), millis);
        }
    }

    @Override
    public void close() {
        events.close();
        map.close();
        readiness.close();
        meters.close();
    }
}
