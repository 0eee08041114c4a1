package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code yuzui plugin history ID} */
@Command(name = "history")
final class PluginHistory extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Option(names = "--limit", paramLabel = "N")
    private Integer limit;

    @Option(names = "--before", paramLabel = "N")
    private Long before;

    @Option(names = "--entry", paramLabel = "N")
    private Long entry;

    @Override
    public Integer call() {
        return (entry == null ? list() : show()).number();
    }

    private ExitCode list() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("before", before);
        query.put("limit", limit);
        byte[] body = hub().get(PluginCommand.path(id, "history"), query);
        if (json()) {
            print(body);
            return ExitCode.OK;
        }
        JsonNode page = HubClient.parse(body);
        Table table = new Table(text("event.number"), text("event.started"), text("event.action"), text("event.versions"),
                text("event.outcome"), text("event.took"), text("event.who"), text("event.door"));
        page.path("events").forEach(e -> table.row(text(e.path("number")), time(e.path("startedAt")), text(e.path("action")),
                EventText.versions(e), text(e.path("outcome")), EventText.duration(e.path("took")), text(e.path("who")),
                text(e.path("door"))));
        table.print(out());
        for (JsonNode event : page.path("events")) {
            if (event.path("problem").isObject()) {
                out().println();
                out().println(text(event.path("number")) + ": " + problem(event.path("problem")));
            }
        }
        if (!page.path("next").isNull()) {
            out().println();
            out().println(text("event.next", text(page.path("next"))));
        }
        return ExitCode.OK;
    }

    private ExitCode show() {
        byte[] body = hub().get(PluginCommand.path(id, "history", entry.toString()));
        if (json()) {
            print(body);
            return ExitCode.OK;
        }
        JsonNode event = HubClient.parse(body);
        out().println(new EventText(this).sentence(event));
        line("event.started", time(event.path("startedAt")));
        line("event.who", text(event.path("who")) + "  " + text(event.path("door")));
        line("plugin.file", text(event.path("file")));
        line("plugin.sha256", text(event.path("sha256")));
        line("event.settings", text(event.path("settings")));
        line("plugin.problem", problem(event.path("problem")));
        if (event.path("plan").isObject()) {
            out().println();
            new PlanText(this, Ansi.AUTO.enabled()).print(event.path("plan"));
        }
        return ExitCode.OK;
    }

    private void line(String key, String value) {
        if (!value.isBlank()) {
            out().println("  " + text(key) + ": " + value);
        }
    }
}
