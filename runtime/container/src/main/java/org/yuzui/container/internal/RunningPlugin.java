package org.yuzui.container.internal;

import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.Problem;
import org.yuzui.spi.Settings;

/** A version of a plugin that is up. Used by the one thread that changes plugins. */
final class RunningPlugin {

    private final InstalledPlugin plugin;
    private final DeployedParts parts;
    private StagedJar jar;
    private SettingsFile text;
    private SettingsFile seen;
    private Settings settings;
    private Problem settingsProblem;

    RunningPlugin(InstalledPlugin plugin, SettingsFile text, Settings settings, DeployedParts parts) {
        this.plugin = plugin;
        this.jar = plugin.jar();
        this.text = text;
        this.seen = text;
        this.settings = settings;
        this.parts = parts;
    }

    InstalledPlugin plugin() {
        return plugin;
    }

    StagedJar jar() {
        return jar;
    }

    /** What holds. */
    SettingsFile text() {
        return text;
    }

    Settings settings() {
        return settings;
    }

    PluginContent content() {
        return plugin.content(settings);
    }

    DeployedParts parts() {
        return parts;
    }

    /** Why the settings file, as it is now, isn't what the plugin runs with; null when it is. */
    Problem settingsProblem() {
        return settingsProblem;
    }

    boolean hasSeen(SettingsFile now) {
        return seen.equals(now);
    }

    void foundAs(StagedJar sameContent) {
        jar = sameContent;
    }

    void runsWith(SettingsFile now, Settings newSettings) {
        text = now;
        seen = now;
        settings = newSettings;
        settingsProblem = null;
    }

    /** The file says what holds, in other words. */
    void sees(SettingsFile now) {
        seen = now;
        settingsProblem = null;
    }

    void refuses(SettingsFile now, Problem problem) {
        seen = now;
        settingsProblem = problem;
    }
}
