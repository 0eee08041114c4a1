package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code yuzui audit …} */
@Command(name = "audit", subcommands = AuditCommand.ListCommand.class)
final class AuditCommand extends GroupCommand {

    /** Who did what, and why. */
    @Command(name = "list")
    static final class ListCommand extends ClientCommand {

        @Option(names = "--act", paramLabel = "ACT")
        private String act;
        @Option(names = "--object", paramLabel = "ID")
        private String object;
        @Option(names = "--who", paramLabel = "NAME")
        private String who;
        @Option(names = "--from", paramLabel = "TIME")
        private String from;
        @Option(names = "--to", paramLabel = "TIME")
        private String to;
        @Option(names = "--cursor", paramLabel = "CURSOR")
        private String cursor;
        @Option(names = "--limit", paramLabel = "N")
        private Integer limit;

        @Override
        public Integer call() {
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("act", act);
            query.put("object", object);
            query.put("who", who);
            query.put("from", from);
            query.put("to", to);
            query.put("cursor", cursor);
            query.put("limit", limit);
            byte[] body = hub().get("/api/v1/audit", query);
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode page = HubClient.parse(body);
            Table table = new Table(text("audit.at"), text("audit.who"), text("audit.act"), text("audit.object"), text("audit.outcome"),
                    text("audit.reason"));
            for (JsonNode entry : page.path("entries")) {
                JsonNode refused = entry.path("details").path("refused");
                table.row(time(entry.path("at")), text(entry.path("who")), text(entry.path("act")), text(entry.path("object")),
                        refused.isMissingNode() ? text("audit.done") : text("audit.refused", refused.asText()), text(entry.path("reason")));
            }
            table.print(out());
            if (!page.path("next").isNull()) {
                out().println();
                out().println(text("record.next", text(page.path("next"))));
            }
            return ExitCode.OK.number();
        }
    }
}
