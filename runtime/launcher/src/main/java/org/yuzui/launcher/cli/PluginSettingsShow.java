package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code yuzui plugin settings ID} */
@Command(name = "settings")
final class PluginSettingsShow extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Override
    public Integer call() {
        byte[] body = hub().get(PluginCommand.path(id, "settings"));
        if (json()) {
            print(body);
            return ExitCode.OK.number();
        }
        JsonNode settings = HubClient.parse(body);
        out().println(text("settings.head", text(settings.path("file")), text(settings.path("revision"))));
        Map<String, String> written = flat(settings.path("written"));
        Table table = new Table(text("settings.key"), text("settings.value"), text("settings.from"));
        flat(settings.path("effective")).forEach((key, value) ->
                table.row(key, value, text(written.containsKey(key) ? "settings.file" : "settings.default")));
        table.print(out());
        if (!settings.path("revisions").isEmpty()) {
            out().println();
            Table earlier = new Table(text("settings.revision"), text("settings.at"), text("event.who"), text("plugin.version"));
            settings.path("revisions").forEach(r ->
                    earlier.row(text(r.path("number")), time(r.path("at")), text(r.path("who")), text(r.path("version"))));
            earlier.print(out());
        }
        return ExitCode.OK.number();
    }

    /** Every leaf under its dotted path; lists as they are. */
    private static Map<String, String> flat(JsonNode tree) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", tree, flat);
        return flat;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        if (node.isObject() && (!node.isEmpty() || prefix.isEmpty())) {
            node.properties().forEach(e -> flatten(prefix.isEmpty() ? e.getKey() : prefix + "." + e.getKey(), e.getValue(), into));
        } else {
            into.put(prefix, node.isValueNode() ? node.asText() : node.toString());
        }
    }
}
