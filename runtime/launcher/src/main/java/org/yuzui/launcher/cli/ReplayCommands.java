package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code yuzui record replay|dismiss|mend}: what had stopped goes on, or needs nothing more. */
final class ReplayCommands {

    private static final String REPLAYS = "/api/v1/replays";
    /** As much as the hub takes in JSON; a larger one is sent as it is. */
    private static final long MOST_BYTES = 8 << 20;

    private ReplayCommands() {
    }

    /** Sends on, or dismisses, what is chosen. */
    abstract static class Chosen extends ClientCommand {

        @Parameters(paramLabel = "ID", arity = "0..*", descriptionKey = "replay.ids")
        private List<String> ids;
        @Mixin
        private FlowOptions flows;
        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "replay.reason")
        private String reason;
        @Option(names = "--dry-run", descriptionKey = "replay.dry-run")
        private boolean dryRun;
        @Option(names = "--no-wait", descriptionKey = "replay.no-wait")
        private boolean noWait;
        private String waits = "";

        final int carryOut(String action, Map<String, Object> more) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("action", action);
            body.put("only", ids == null || ids.isEmpty() ? null : ids);
            body.putAll(more);
            body.put("reason", reason);
            Map<String, Object> query = flows.query();
            query.put("dryRun", dryRun ? "true" : null);
            byte[] answer = hub().post(REPLAYS, query, "application/json", body);
            if (dryRun) {
                return preview(answer, more);
            }
            if (!noWait) {
                answer = follow(REPLAYS + "/" + text(HubClient.parse(answer).path("id")), "replay", answer, this::goesOn);
            }
            JsonNode replay = HubClient.parse(answer);
            if (json()) {
                print(answer);
            } else {
                out().println(text("replay.stands", text(replay.path("id")), text(replay.path("state")), text(replay.path("total")),
                        text(replay.path("done")), text(replay.path("skipped")), text(replay.path("failed"))));
                if (!text(replay.path("problem")).isEmpty()) {
                    out().println("  " + text(replay.path("problem")));
                }
            }
            return (replay.path("failed").asLong() == 0 && replay.path("problem").isNull() ? ExitCode.OK : ExitCode.FAILED).number();
        }

        /** Says what it waits for, once. */
        private boolean goesOn(JsonNode replay) {
            boolean goesOn = replay.path("endedAt").isNull() && !text(replay.path("state")).equals("PAUSED");
            String now = text(replay.path("problem"));
            if (goesOn && !now.isEmpty() && !now.equals(waits)) {
                waits = now;
                err().println(text("replay.waits", waits));
            }
            return goesOn;
        }

        /** How many; and of one alone what would come of it. */
        private int preview(byte[] answer, Map<String, Object> more) {
            boolean one = ids != null && ids.size() == 1 && sendsOn();
            byte[] tried = one ? hub().post(REPLAYS + "/dry-run", trial(more)) : null;
            if (json()) {
                print(one ? tried : answer);
                return ExitCode.OK.number();
            }
            JsonNode preview = HubClient.parse(answer);
            out().println(text("replay.preview", text(preview.path("fresh")), text(preview.path("applied")), text(preview.path("lost"))));
            if (one) {
                show(HubClient.parse(tried));
            }
            return ExitCode.OK.number();
        }

        private Map<String, Object> trial(Map<String, Object> more) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("id", ids.get(0));
            body.put("version", more.get("version"));
            return body;
        }

        private void show(JsonNode trial) {
            out().println();
            JsonNode refused = trial.path("refused");
            if (refused.isObject()) {
                out().println(text("replay.would-refuse", text(refused.path("code")), text(refused.path("message"))));
            }
            for (JsonNode outcome : trial.path("wouldPublish")) {
                out().println(text("replay.would." + text(outcome.path("outcome")), text(outcome.path("contract")), text(outcome.path("key"))));
            }
            if (trial.path("more").asInt() > 0) {
                out().println(text("replay.would-more", text(trial.path("more"))));
            }
            for (JsonNode difference : trial.path("diff")) {
                out().println("  " + text(difference.path("pointer")) + ": " + difference.path("before") + " → " + difference.path("after"));
            }
            for (JsonNode step : trial.path("leftOut")) {
                out().println(text("replay.left-out", text(step)));
            }
        }

        /** Whether something goes in again, and is not dismissed. */
        boolean sendsOn() {
            return true;
        }
    }

    @Command(name = "replay")
    static final class Replay extends Chosen {
        @Option(names = "--subscription", paramLabel = "NAME")
        private String subscription;
        @Option(names = "--from-hop", paramLabel = "HOP", descriptionKey = "replay.from-hop")
        private String fromHop;
        @Option(names = "--plugin-version", paramLabel = "current|original", descriptionKey = "replay.version")
        private String version;
        @Option(names = "--per-second", paramLabel = "N")
        private Integer perSecond;

        @Override
        public Integer call() {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("subscription", subscription);
            more.put("fromHop", fromHop);
            more.put("version", version);
            more.put("perSecond", perSecond);
            return carryOut("SEND_ON", more);
        }
    }

    @Command(name = "dismiss")
    static final class Dismiss extends Chosen {
        @Override
        public Integer call() {
            return carryOut("DISMISS", Map.of());
        }

        @Override
        boolean sendsOn() {
            return false;
        }
    }

    @Command(name = "mend")
    static final class Mend extends ClientCommand {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "record.id.parameter")
        private String id;
        @Option(names = "--file", paramLabel = "FILE", required = true)
        private Path file;
        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "replay.reason")
        private String reason;

        @Override
        public Integer call() {
            String path = "/api/v1/records/" + HubClient.encode(id) + "/mend";
            byte[] message;
            try {
                if (Files.size(file) > MOST_BYTES) {
                    hub().upload(path, reason == null ? Map.of() : Map.of("reason", reason), file, "application/octet-stream", Map.of());
                    out().println(text("replay.mended", id));
                    return ExitCode.OK.number();
                }
                message = Files.readAllBytes(file);
            } catch (IOException e) {
                throw new Failure(ExitCode.USAGE, text("replay.unreadable", file.toString()));
            }
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("base64", Base64.getEncoder().encodeToString(message));
            body.put("reason", reason);
            hub().post(path, body);
            out().println(text("replay.mended", id));
            return ExitCode.OK.number();
        }
    }
}
