package org.yuzui.scheduling;

import org.yuzui.kernel.GivenPlugin;

import java.util.Map;

/** A plugin whose schedules stand in the test. */
public final class GivenSchedules {

    private GivenSchedules() {
    }

    public static GivenPlugin of(String plugin, String schedule, String yaml) {
        return of(plugin, Map.of(schedule, yaml));
    }

    public static GivenPlugin of(String plugin, Map<String, String> schedules) {
        return GivenPlugin.of(plugin, "schedules", ".schedule.yaml", schedules);
    }
}
