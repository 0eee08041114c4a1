package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code yuzui plugin list} */
@Command(name = "list")
final class PluginList extends ClientCommand {

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
