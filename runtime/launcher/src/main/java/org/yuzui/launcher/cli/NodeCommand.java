package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code yuzui node …} */
@Command(name = "node", subcommands = NodeCommand.Status.class)
final class NodeCommand extends GroupCommand {

    @Command(name = "status")
    static final class Status extends ClientCommand {
        @Override
        public Integer call() {
            byte[] body = hub().get("/api/v1/hub");
            JsonNode hub = HubClient.parse(body);
            boolean ready = hub.path("ready").asBoolean();
            if (json()) {
                print(body);
                return (ready ? ExitCode.OK : ExitCode.FAILED).number();
            }
            out().println(text(ready ? "node.ready" : "node.not-ready", text(hub.path("node")), text(hub.path("version")), url()));
            line("node.unit", text(hub.path("unit")) + " " + title(hub.path("unitTitle")));
            line("node.started", time(hub.path("startedAt")));
            line("node.java", text(hub.path("java")));
            line("node.store", text(hub.path("store")));
            line("node.broker", text(hub.path("broker")));
            line("node.lag", text(hub.path("ledgerLag")));
            for (JsonNode check : hub.path("checks")) {
                out().println("  " + (check.path("ok").asBoolean() ? "✓ " : "✗ ") + text(check.path("name")) + " "
                        + text(check.path("detail")));
            }
            return (ready ? ExitCode.OK : ExitCode.FAILED).number();
        }

        private void line(String key, String value) {
            out().println("  " + text(key) + ": " + value.strip());
        }
    }
}
