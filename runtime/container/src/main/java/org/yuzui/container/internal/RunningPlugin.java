package org.yuzui.container.internal;

import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.kernel.Problem;
import org.yuzui.spi.Settings;

/** A plugin that is up. Used by the one thread that deploys. */
final class RunningPlugin {

    private final InstalledPlugin plugin;
    private StagedJar jar;
    private SettingsFile file;
    private Settings settings;
    private DeployedParts parts;
    private Problem settingsProblem;

    RunningPlugin(InstalledPlugin plugin, SettingsFile file, Settings settings, DeployedParts parts) {
        this.plugin = plugin;
        this.jar = plugin.jar();
        this.file = file;
        this.settings = settings;
        this.parts = parts;
    }

    InstalledPlugin plugin() {
        return plugin;
    }

    StagedJar jar() {
        return jar;
    }

    Settings settings() {
        return settings;
    }

    /** Why the settings file, as it is now, isn't what the plugin runs with; null when it is. */
    Problem settingsProblem() {
        return settingsProblem;
    }

    boolean hasSeen(SettingsFile now) {
        return file.equals(now);
    }

    void foundAs(StagedJar sameContent) {
        jar = sameContent;
    }

    void runsWith(SettingsFile now, Settings newSettings) {
        file = now;
        settings = newSettings;
        settingsProblem = null;
    }

    void refuses(SettingsFile now, Problem problem) {
        file = now;
        settingsProblem = problem;
    }

    void takeDown() {
        parts.close();
    }

    void isUpAgain(DeployedParts newParts) {
        parts = newParts;
    }
}
