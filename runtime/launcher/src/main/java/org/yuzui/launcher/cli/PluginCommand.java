package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code yuzui plugin …} */
@Command(name = "plugin", subcommands = {PluginCommand.ListCommand.class,
        // A plugin's author: a folder, no hub or one of its own, or the one that it is tried on.
        PluginNewCommand.class, PluginTestCommand.class, PluginPackCommand.class, PluginDevCommand.class,
        PluginCertifyCommand.class})
final class PluginCommand extends GroupCommand {

    @Command(name = "list")
    static final class ListCommand extends ClientCommand {
        @Override
        public Integer call() {
            byte[] body = hub().get("/api/v1/plugins");
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode plugins = HubClient.parse(body).path("plugins");
            Table table = new Table(text("plugin.id"), text("plugin.version"), text("plugin.state"), text("plugin.since"),
                    text("plugin.title"));
            plugins.forEach(p -> table.row(text(p.path("id")), text(p.path("version")), text(p.path("state")),
                    time(p.path("since")), title(p.path("title"))));
            table.print(out());
            for (JsonNode plugin : plugins) {
                if (plugin.path("problem").isObject()) {
                    out().println();
                    out().println(text(plugin.path("id")) + ": " + problem(plugin.path("problem")));
                }
            }
            return ExitCode.OK.number();
        }
    }
}
