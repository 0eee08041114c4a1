package org.yuzui.launcher.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.List;

/** {@code yuzui plugin …} */
@Command(name = "plugin")
final class PluginCommand extends GroupCommand {

    private static final List<String> COMMANDS = List.of(
            // of the running hub
            "list", "show", "install", "rollback", "remove", "stop", "start", "history", "versions", "settings", "set", "unset",
            "restore-settings",
            // of files
            "keygen", "sign", "verify",
            // a plugin's author: a folder, no hub or one of its own, or the one that it is tried on
            "new", "test", "pack", "dev", "certify");

    /** With the subcommand that is named alone, or all when none is: reading the annotations of twenty takes time. */
    static CommandLine with(String named) {
        CommandLine group = new CommandLine(new PluginCommand());
        for (String name : named != null && COMMANDS.contains(named) ? List.of(named) : COMMANDS) {
            group.addSubcommand(name, command(name));
        }
        return group;
    }

    private static Object command(String name) {
        return switch (name) {
            case "list" -> new PluginList();
            case "show" -> new PluginShow();
            case "install" -> new PluginInstall();
            case "rollback" -> new PluginRollback();
            case "remove" -> new PluginRemove();
            case "stop" -> new PluginStop();
            case "start" -> new PluginStart();
            case "history" -> new PluginHistory();
            case "versions" -> new PluginVersions();
            case "settings" -> new PluginSettingsShow();
            case "set" -> new PluginSet();
            case "unset" -> new PluginUnset();
            case "restore-settings" -> new PluginRestoreSettings();
            case "keygen" -> new PluginKeygenCommand();
            case "sign" -> new PluginSignCommand();
            case "verify" -> new PluginVerifyCommand();
            case "new" -> new PluginNewCommand();
            case "test" -> new PluginTestCommand();
            case "pack" -> new PluginPackCommand();
            case "dev" -> new PluginDevCommand();
            case "certify" -> new PluginCertifyCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The path of a plugin, and of something of it. */
    static String path(String id, String... further) {
        StringBuilder path = new StringBuilder("/api/v1/plugins/").append(HubClient.encode(id));
        for (String step : further) {
            path.append('/').append(HubClient.encode(step));
        }
        return path.toString();
    }
}
