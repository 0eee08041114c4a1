package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code yuzui plugin versions ID} */
@Command(name = "versions")
final class PluginVersions extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Override
    public Integer call() {
        byte[] body = hub().get(PluginCommand.path(id, "versions"));
        if (json()) {
            print(body);
            return ExitCode.OK.number();
        }
        Table table = new Table("", text("plugin.version"), text("version.since"), text("version.last-ran"), text("version.bytes"),
                text("plugin.file"), text("plugin.sha256"));
        for (JsonNode v : HubClient.parse(body).path("versions")) {
            table.row(v.path("current").asBoolean() ? "*" : " ", text(v.path("version")), time(v.path("since")),
                    time(v.path("lastRan")), text(v.path("bytes")), text(v.path("file")),
                    PlanText.shortened(text(v.path("sha256"))));
        }
        table.print(out());
        return ExitCode.OK.number();
    }
}
