package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

import java.util.LinkedHashSet;
import java.util.Set;

/** {@code yuzui route …} */
@Command(name = "route", subcommands = RouteCommand.ListCommand.class)
final class RouteCommand extends GroupCommand {

    @Command(name = "list")
    static final class ListCommand extends ClientCommand {
        @Override
        public Integer call() {
            byte[] body = hub().get("/api/v1/routes");
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            Table table = new Table(text("route.owner"), text("route.id"), text("route.state"), text("route.from"),
                    text("route.done"), text("route.failed"));
            Set<String> problems = new LinkedHashSet<>();
            for (JsonNode route : HubClient.parse(body).path("routes")) {
                table.row(text(route.path("owner")), text(route.path("id")), text(route.path("state")),
                        text(route.path("from")).replaceFirst("\\?.*", ""), text(route.path("done")), text(route.path("failed")));
                if (route.path("problem").isObject()) {
                    // one broken file, however many routes of its last good version still run
                    problems.add(problem(route.path("problem")));
                }
            }
            table.print(out());
            for (String problem : problems) {
                out().println();
                out().println(text("route.notTaken", problem));
            }
            return ExitCode.OK.number();
        }
    }
}
