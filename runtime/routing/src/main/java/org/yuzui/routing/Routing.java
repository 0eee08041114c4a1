package org.yuzui.routing;

import org.yuzui.kernel.PluginPart;
import org.yuzui.records.ArrivalDoor;
import org.yuzui.records.Records;
import org.yuzui.reporting.Reports;
import org.yuzui.routing.internal.RoutingRoom;
import org.yuzui.rules.Rules;
import org.yuzui.scheduling.Scheduler;
import org.yuzui.store.Store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/** The room's door: the part that takes in a plugin's routes, and the site's own routes. */
public interface Routing extends Routes, RouteControl, AutoCloseable {

    /** How long a plugin that becomes quiet may take to end what is under way, unless something else is said. */
    Duration DRAIN = Duration.ofSeconds(15);

    /** With {@link #DRAIN}. */
    static Routing open(Path siteFolder, Records records, Rules rules, Scheduler scheduler, Reports reports, ZoneId zone) {
        return open(siteFolder, records, rules, scheduler, reports, zone, DRAIN);
    }

    /**
     * @param siteFolder the folder of the site's own routes; made when it isn't there
     * @param drain      how long routes that are to become quiet wait for what is under way; then it is cut off
     */
    static Routing open(Path siteFolder, Records records, Rules rules, Scheduler scheduler, Reports reports, ZoneId zone, Duration drain) {
        return open(siteFolder, records, rules, scheduler, reports, zone, drain, null, Clock.systemUTC());
    }

    /** @param store keeps which routes were stopped by hand; when null, that lasts as long as the hub */
    static Routing open(Path siteFolder, Records records, Rules rules, Scheduler scheduler, Reports reports, ZoneId zone, Duration drain,
                        Store store, Clock clock) {
        return new RoutingRoom(siteFolder, records, rules, scheduler, reports, zone, drain, store, clock);
    }

    /** Lets refused messages go in once more, by routes that run now. */
    ArrivalDoor arrivals();

    /** Takes in a plugin's {@code routes/*.camel.yaml}. */
    PluginPart part();

    /** Runs the site's routes and watches their folder; to be called when the plugins run. */
    void startSite();

    /** Tries the site's files again that were refused: what they name may have come. */
    void retrySite();

    /** Stops the site's routes; those of plugins stop with their deployments. */
    @Override
    void close();
}
