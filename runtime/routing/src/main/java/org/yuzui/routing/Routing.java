package org.yuzui.routing;

import org.yuzui.kernel.PluginPart;
import org.yuzui.records.Records;
import org.yuzui.reporting.Reports;
import org.yuzui.routing.internal.RoutingRoom;
import org.yuzui.scheduling.Scheduler;

import java.nio.file.Path;
import java.time.ZoneId;

/** The room's door: the part that takes in a plugin's routes, and the site's own routes. */
public interface Routing extends Routes, AutoCloseable {

    /**
     * @param siteFolder the folder of the site's own routes; made when it isn't there
     */
    static Routing open(Path siteFolder, Records records, Scheduler scheduler, Reports reports, ZoneId zone) {
        return new RoutingRoom(siteFolder, records, scheduler, reports, zone);
    }

    /** Takes in a plugin's {@code routes/*.camel.yaml}. */
    PluginPart part();

    /** Runs the site's routes and watches their folder; to be called when the plugins run. */
    void startSite();

    /** Stops the site's routes; those of plugins stop with their deployments. */
    @Override
    void close();
}
