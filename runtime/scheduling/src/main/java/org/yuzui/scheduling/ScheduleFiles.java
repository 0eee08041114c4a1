package org.yuzui.scheduling;

import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.scheduling.internal.ScheduleFile;

import java.time.Instant;
import java.time.ZoneId;

/** Reads a schedule as a deployment does, without deploying it. */
public final class ScheduleFiles {

    private ScheduleFiles() {
    }

    /**
     * @param now a schedule that is never due after it is refused
     * @throws org.yuzui.kernel.PluginException naming file, line and cure of the first thing that is wrong
     */
    public static Schedule read(HubFile file, String plugin, ZoneId zone, Instant now) {
        return ScheduleFile.read(file, plugin, zone, now);
    }
}
