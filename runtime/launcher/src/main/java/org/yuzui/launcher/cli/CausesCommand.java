package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code yuzui record causes}: why records stopped, the most frequent reason first. */
@Command(name = "causes")
final class CausesCommand extends ClientCommand {

    private static final int SENTENCE = 90;

    @Mixin
    private FlowOptions flows;

    @Override
    public Integer call() {
        byte[] body = hub().get("/api/v1/causes", flows.query());
        if (json()) {
            print(body);
            return ExitCode.OK.number();
        }
        JsonNode causes = HubClient.parse(body);
        Table table = new Table(text("causes.flows"), text("record.cause"), text("causes.where"), text("causes.last"), text("causes.group"),
                text("causes.sentence"));
        for (JsonNode group : causes.path("groups")) {
            JsonNode latest = group.path("latest");
            String sentence = cause(latest);
            table.row(text(group.path("flows")), text(latest.path("causeCode")), text(latest.path("plugin")) + " " + text(latest.path("route")),
                    time(group.path("lastAt")), text(group.path("id")),
                    sentence.length() > SENTENCE ? sentence.substring(0, SENTENCE) + "…" : sentence);
        }
        table.print(out());
        if (!causes.path("all").asBoolean()) {
            out().println(text("causes.newest", text(causes.path("counted"))));
        }
        return ExitCode.OK.number();
    }
}
