package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** {@code yuzui record look-through}: looks for a text in the contents of records, when it was told what that costs. */
@Command(name = "look-through")
final class LookThroughCommand extends ClientCommand {

    private static final String SEARCHES = "/api/v1/content-searches";
    private static final Set<String> UNDER_WAY = Set.of("WAITING", "RUNNING");

    @Parameters(index = "0", paramLabel = "TEXT", descriptionKey = "look-through.text")
    private String text;
    @Mixin
    private FlowOptions flows;
    @Option(names = "--yes", descriptionKey = "look-through.yes")
    private boolean yes;

    private final Set<String> shown = new HashSet<>();

    @Override
    public Integer call() {
        byte[] answer = hub().post(SEARCHES, flows.query(), "application/json", Map.of("text", text));
        JsonNode estimate = HubClient.parse(answer).path("estimate");
        if (!yes) {
            if (json()) {
                print(answer);
            } else {
                out().println(text("look-through.cost", text(estimate.path("flows")), megabytes(estimate), text(estimate.path("seconds"))));
                out().println(text("look-through.start"));
            }
            return ExitCode.OK.number();
        }
        return look(SEARCHES + "/" + text(HubClient.parse(answer).path("id")));
    }

    private int look(String path) {
        Thread stop = new Thread(() -> hub().post(path + "/stop", Map.of()), "stop-search"); // whoever presses Ctrl+C wants no more of it
        Runtime.getRuntime().addShutdownHook(stop);
        byte[] answer = follow(path, "content-search", hub().post(path + "/start", Map.of()), now -> {
            show(now);
            return UNDER_WAY.contains(text(now.path("state")));
        });
        JsonNode search = HubClient.parse(answer);
        Runtime.getRuntime().removeShutdownHook(stop);
        if (json()) {
            print(answer);
        } else {
            out().println(text("look-through.end", text(search.path("looked")), text(search.path("of")), text(search.path("found"))));
        }
        if (!search.path("problem").isNull()) {
            throw new Failure(ExitCode.FAILED, text(search.path("problem")));
        }
        return ExitCode.OK.number();
    }

    /** What has been found since the last look. */
    private void show(JsonNode search) {
        if (json()) {
            return;
        }
        for (JsonNode flow : search.path("hits")) {
            if (shown.add(text(flow.path("id")))) {
                out().println(text(flow.path("id")) + "  " + time(flow.path("firstAt")) + "  " + text(flow.path("status")) + "  "
                        + text(flow.path("contract")) + "  " + text(flow.path("key")));
            }
        }
        out().flush();
    }

    private static String megabytes(JsonNode estimate) {
        return String.format(java.util.Locale.ROOT, "%.1f", estimate.path("bytes").asLong() / 1e6);
    }
}
