package org.yuzui.container.internal;

import org.yuzui.container.PluginPlan;
import org.yuzui.spi.Settings;

/**
 * A change whose jar is resolved and whose settings and plan are made, and of which nothing runs yet.
 *
 * @param change   with the settings' text as it is to be kept
 * @param plugin   null when nothing is to run, or it can't
 * @param settings null when nothing is to run, or they are wrong
 */
record Prepared(Change change, InstalledPlugin plugin, Settings settings, PluginPlan plan) {

    /** Takes the bundle out again, unless it is the one that runs. */
    void discard() {
        if (plugin != null && (change.running() == null || change.running().plugin() != plugin)) {
            plugin.uninstall();
        }
    }
}
