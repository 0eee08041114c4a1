package org.yuzui.launcher.cli;

import picocli.CommandLine.Command;

/** {@code yuzui plugin …} */
@Command(name = "plugin", subcommands = {
        // of the running hub
        PluginList.class, PluginShow.class, PluginInstall.class, PluginRollback.class, PluginRemove.class, PluginStop.class,
        PluginStart.class, PluginHistory.class, PluginVersions.class, PluginSettingsShow.class, PluginSet.class,
        PluginUnset.class, PluginRestoreSettings.class,
        // of files
        PluginKeygenCommand.class, PluginSignCommand.class, PluginVerifyCommand.class})
final class PluginCommand extends GroupCommand {

    /** The path of a plugin, and of something of it. */
    static String path(String id, String... further) {
        StringBuilder path = new StringBuilder("/api/v1/plugins/").append(HubClient.encode(id));
        for (String step : further) {
            path.append('/').append(HubClient.encode(step));
        }
        return path.toString();
    }
}
