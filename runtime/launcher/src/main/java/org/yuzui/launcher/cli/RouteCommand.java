package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** {@code yuzui route …} */
@Command(name = "route",
        subcommands = {RouteCommand.ListCommand.class, RouteCommand.StopCommand.class, RouteCommand.StartCommand.class})
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

    /** Stops or starts one. */
    abstract static class Deed extends ClientCommand {
        @Parameters(index = "0", paramLabel = "OWNER", descriptionKey = "route.owner.parameter")
        private String owner;
        @Parameters(index = "1", paramLabel = "ROUTE", descriptionKey = "route.id.parameter")
        private String route;
        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "reason")
        private String reason;

        final int carryOut(String deed, String done) {
            byte[] body = hub().post("/api/v1/routes/" + HubClient.encode(owner) + "/" + HubClient.encode(route) + "/" + deed,
                    reason == null ? Map.of() : Map.of("reason", reason));
            if (json()) {
                print(body);
            } else {
                out().println(text(done, route, owner));
            }
            return ExitCode.OK.number();
        }
    }

    @Command(name = "stop")
    static final class StopCommand extends Deed {
        @Override
        public Integer call() {
            return carryOut("stop", "route.stopped");
        }
    }

    @Command(name = "start")
    static final class StartCommand extends Deed {
        @Override
        public Integer call() {
            return carryOut("start", "route.started");
        }
    }
}
