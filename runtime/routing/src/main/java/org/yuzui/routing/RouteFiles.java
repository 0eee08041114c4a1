package org.yuzui.routing;

import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.routing.internal.RouteCheck;
import org.yuzui.spi.Settings;

import java.util.List;
import java.util.Set;

/** Reads route files as a deployment does, without deploying them. */
public final class RouteFiles {

    private RouteFiles() {
    }

    /**
     * What a plugin's routes may name.
     *
     * @param settings     the defaults of its settings
     * @param settingKeys  dotted paths of all its settings, also of those without a default
     * @param contracts    that it brings, reads or makes
     * @param ownRules     names of its own rules
     * @param ownSchedules names of its own schedules
     */
    public record Surroundings(Settings settings, Set<String> settingKeys, Set<String> contracts, Set<String> ownRules,
                               Set<String> ownSchedules) {
    }

    /**
     * Everything that is wrong with the files and can be told without a hub, each with file, line and cure.
     *
     * @param classLoader finds the plugin's own classes
     */
    public static List<Problem> check(List<HubFile> files, ClassLoader classLoader, Surroundings around) {
        return new RouteCheck(files, classLoader, around).problems();
    }
}
