package org.yuzui.routing.internal;

import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.records.ArrivalDoor;
import org.yuzui.records.Records;
import org.yuzui.records.Rehearsal;
import org.yuzui.reporting.Reports;
import org.yuzui.routing.RouteStatus;
import org.yuzui.routing.Routing;
import org.yuzui.rules.Rules;
import org.yuzui.scheduling.Scheduler;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Plugin routes and site routes together. */
public final class RoutingRoom implements Routing {

    private final Neighbours neighbours = new Neighbours();
    private final PluginRoutes plugins;
    private final SiteRoutes site;

    public RoutingRoom(Path siteFolder, Records records, Rules rules, Scheduler scheduler, Reports reports, ZoneId zone,
                       Duration drain) {
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
        public void enter(UUID flow, String plugin, String route, byte[] message) throws Exception {
            context(plugin, route).enter(route, message, flow);
        }

        @Override
        public void rehearse(UUID flow, String plugin, String route, byte[] message, Rehearsal rehearsal) throws Exception {
            context(plugin, route).rehearse(route, message, flow, rehearsal);
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
    public void close() {
        site.close();
        neighbours.close();
    }
}
