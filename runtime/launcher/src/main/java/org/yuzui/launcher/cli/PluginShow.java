package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;

/** {@code yuzui plugin show ID} */
@Command(name = "show")
final class PluginShow extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Override
    public Integer call() {
        byte[] body = hub().get(PluginCommand.path(id));
        if (json()) {
            print(body);
            return ExitCode.OK.number();
        }
        JsonNode detail = HubClient.parse(body);
        JsonNode plugin = detail.path("plugin");
        JsonNode installed = detail.path("installed");
        out().println(text(plugin.path("id")) + " " + text(plugin.path("version")) + "  " + title(plugin.path("title")));
        line("plugin.state", text(plugin.path("state")) + "  " + time(plugin.path("since")));
        line("plugin.problem", problem(plugin.path("problem")));
        line("plugin.file", text(installed.path("file").isMissingNode() ? plugin.path("origin") : installed.path("file")));
        line("plugin.sha256", text(installed.path("sha256")));
        line("plugin.contracts", list(detail.path("contracts")));
        for (JsonNode route : detail.path("routes")) {
            line("plugin.route", text(route.path("id")) + "  " + text(route.path("state")) + "  "
                    + text(route.path("from")).replaceFirst("\\?.*", "") + (route.path("problem").isObject()
                    ? "  " + problem(route.path("problem")) : ""));
        }
        line("plugin.schedules", list(detail.path("schedules")));
        line("plugin.forms", list(detail.path("forms")));
        return ExitCode.OK.number();
    }

    private void line(String key, String value) {
        if (!value.isBlank()) {
            out().println("  " + text(key) + ": " + value);
        }
    }

    private static String list(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(t -> all.add(t.asText()));
        return String.join(", ", all);
    }
}
