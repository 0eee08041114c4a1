package org.yuzui.routing.internal;

import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Message;
import org.yuzui.records.ArrivalDoor;
import org.yuzui.records.Origin;
import org.yuzui.records.Records;
import org.yuzui.records.Rehearsal;
import org.yuzui.reporting.Reports;
import org.yuzui.routing.RouteDetail;
import org.yuzui.routing.RouteEnd;
import org.yuzui.routing.RouteStatus;
import org.yuzui.routing.Routing;
import org.yuzui.routing.StoppedRoute;
import org.yuzui.rules.Rules;
import org.yuzui.scheduling.Scheduler;
import org.yuzui.store.Store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plugin routes and site routes together. */
public final class RoutingRoom implements Routing {

    private final Neighbours neighbours;
    private final Clock clock;
    private final PluginRoutes plugins;
    private final SiteRoutes site;

    public RoutingRoom(Path siteFolder, Records records, Rules rules, Scheduler scheduler, Reports reports, ZoneId zone,
                       Duration drain, Store store, Clock clock) {
        this.neighbours = new Neighbours(new StoppedRoutes(store));
        this.clock = clock;
        HubSchemes schemes = new HubSchemes(records, rules, scheduler, reports, zone, drain, neighbours);
        this.site = new SiteRoutes(siteFolder, schemes);
        this.plugins = new PluginRoutes(schemes, site::uses);
    }

    @Override
    public ArrivalDoor arrivals() {
        return new Door();
    }

    private RouteContext context(String plugin, String route) {
        return (plugin.equals(Owner.SITE.id()) ? site.running(route) : plugins.running(plugin))
                .filter(c -> c.hasRoute(route))
                .orElseThrow(() -> new ProblemException(Problem.of("route-not-there", "The route '" + route + "' of "
                        + plugin + " does not run now.").cure("Start the plugin, or mend its routes, then try again.")));
    }

    private final class Door implements ArrivalDoor {

        @Override
        public void enter(Origin origin, byte[] message) throws Exception {
            context(origin.plugin(), origin.route()).reentry().enter(origin, message);
        }

        @Override
        public void rehearse(Origin origin, byte[] message, Rehearsal rehearsal) throws Exception {
            context(origin.plugin(), origin.route()).reentry().rehearse(origin, message, rehearsal);
        }

        @Override
        public void enter(Origin origin, Message message) throws Exception {
            context(origin.plugin(), origin.route()).reentry().enter(origin, new KeptBody(message));
        }

        @Override
        public void rehearse(Origin origin, Message message, Rehearsal rehearsal) throws Exception {
            context(origin.plugin(), origin.route()).reentry().rehearse(origin, new KeptBody(message), rehearsal);
        }

        @Override
        public Optional<String> version(String plugin) {
            return plugins.running(plugin).map(RouteContext::version);
        }
    }

    @Override
    public PluginPart part() {
        return plugins;
    }

    @Override
    public void startSite() {
        site.start();
    }

    @Override
    public void retrySite() {
        site.retry();
    }

    @Override
    public List<RouteStatus> routes() {
        return Stream.concat(plugins.status().stream(), site.status().stream()).toList();
    }

    @Override
    public Optional<RouteDetail> find(String owner, String route) {
        return neighbours.of(owner, route).map(c -> c.detail(route));
    }

    @Override
    public List<RouteEnd> ends() {
        return neighbours.running().stream().flatMap(c -> c.ends().stream()).toList();
    }

    @Override
    public RouteDetail stop(String owner, String route, String who, String reason) {
        RouteContext context = require(owner, route);
        if (context.isInner(route)) {
            throw new ProblemException(new Problem("inner-route", null, "The route '" + route
                    + "' only takes over from other routes of " + owner + ", which would fail without it.",
                    "Stop the route that brings something in from outside."));
        }
        neighbours.stopped().add(new StoppedRoute(owner, route, who, reason, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        context.obey();
        return context.detail(route);
    }

    @Override
    public RouteDetail start(String owner, String route) {
        RouteContext context = require(owner, route);
        context.release(route); // first, so that it stays stopped when it can't start
        neighbours.stopped().remove(owner, route);
        return context.detail(route);
    }

    private RouteContext require(String owner, String route) {
        return neighbours.of(owner, route).orElseThrow(() -> {
            List<String> known = routes().stream().filter(r -> owner.equals(r.owner()) && r.id() != null).map(RouteStatus::id).toList();
            return new ProblemException(new Problem("unknown-route", null, "The route '" + route + "' of " + owner
                    + " does not run now.", known.isEmpty() ? "Start the plugin first." : KnownKeys.cure(route, known)));
        });
    }

    @Override
    public void close() {
        site.close();
        neighbours.close();
    }
}
