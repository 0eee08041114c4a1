package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** {@code yuzui record …} */
@Command(name = "record", subcommands = {RecordCommand.Find.class, RecordCommand.Show.class, PayloadCommand.class,
        LookThroughCommand.class, CausesCommand.class, ReplayCommands.Replay.class, ReplayCommands.Dismiss.class, ReplayCommands.Mend.class})
final class RecordCommand extends GroupCommand {

    private static final Set<String> WITH_CAUSE = Set.of("REFUSED", "DEAD", "RETRYING", "IGNORED");

    @Command(name = "find")
    static final class Find extends ClientCommand {
        @Mixin
        private FlowOptions flows;
        @Option(names = "--limit", paramLabel = "N")
        private Integer limit;
        @Option(names = "--cursor", paramLabel = "CURSOR")
        private String cursor;

        @Override
        public Integer call() {
            Map<String, Object> query = flows.query();
            query.put("limit", limit);
            query.put("cursor", cursor);
            byte[] body = hub().get("/api/v1/records", query);
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode page = HubClient.parse(body);
            Table table = new Table(text("record.id"), text("record.status"), text("record.contract"), text("record.key"),
                    text("record.unit"), text("record.first"), text("record.arrivals"), text("record.hops"), text("record.cause"));
            for (JsonNode flow : page.path("records")) {
                boolean shown = WITH_CAUSE.contains(text(flow.path("status")));
                table.row(text(flow.path("id")), text(flow.path("status")), text(flow.path("contract")), text(flow.path("key")),
                        text(flow.path("unit")), time(flow.path("firstAt")), text(flow.path("arrivals")), text(flow.path("hops")),
                        shown ? text(flow.path("causeCode")) : "");
            }
            table.print(out());
            if (!page.path("next").isNull()) {
                out().println();
                out().println(text("record.next", text(page.path("next"))));
            }
            return ExitCode.OK.number();
        }
    }

    @Command(name = "show")
    static final class Show extends ClientCommand {
        private static final int CHILDREN = 20;
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "record.id.parameter")
        private String id;
        @Option(names = "--payload")
        private boolean payload;

        @Override
        public Integer call() {
            String path = "/api/v1/records/" + HubClient.encode(id);
            byte[] body = hub().get(payload && json() ? path + "/payload" : path);
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode detail = HubClient.parse(body);
            head(detail);
            out().println();
            for (JsonNode hop : detail.path("hops")) {
                out().println(timeMillis(hop.path("at")) + "  " + hop(hop));
                line("record.cause", cause(hop));
            }
            made(path);
            replays(path);
            if (!detail.path("related").isEmpty()) {
                out().println();
                out().println(text("record.related"));
                for (JsonNode version : detail.path("related")) {
                    out().println("  " + text("record.version", text(version.path("version"))) + "  "
                            + text(version.path("id")) + "  " + time(version.path("arrivedAt")));
                }
            }
            if (payload) {
                out().println();
                out().println(HubClient.parse(hub().get(path + "/payload")).path("body").toPrettyString());
            }
            return ExitCode.OK.number();
        }

        /** Those that it was chosen for. */
        private void replays(String path) {
            JsonNode replays = HubClient.parse(hub().get(path + "/replays", Map.of("limit", CHILDREN))).path("replays");
            if (replays.isEmpty()) {
                return;
            }
            out().println();
            out().println(text("record.replays"));
            for (JsonNode one : replays) {
                JsonNode replay = one.path("replay");
                out().println("  " + text(replay.path("id")) + "  " + text(replay.path("action")) + "  " + text(one.path("outcome")) + "  "
                        + joined(replay, "who", "reason") + "  " + time(replay.path("startedAt")));
                line("record.cause", text(one.path("cause")));
            }
        }

        /** What became of it in other records. */
        private void made(String path) {
            JsonNode page = HubClient.parse(hub().get(path + "/children", Map.of("limit", CHILDREN)));
            if (page.path("records").isEmpty()) {
                return;
            }
            out().println();
            out().println(text("record.children"));
            for (JsonNode child : page.path("records")) {
                out().println("  " + text(child.path("id")) + "  " + text(child.path("status")) + "  " + joined(child, "contract", "key")
                        + "  " + time(child.path("firstAt")));
            }
            if (!page.path("next").isNull()) {
                out().println("  …");
            }
        }

        private void head(JsonNode detail) {
            JsonNode flow = detail.path("flow");
            out().println(text(flow.path("id")) + "  " + text(flow.path("status")));
            line("record.contract", text(flow.path("contract")));
            line("record.key", text(flow.path("key")));
            line("record.unit", text(flow.path("unit")));
            line("record.source", joined(flow, "source", "sourceType", "sourceId"));
            line("record.arrivals", text(flow.path("arrivals")));
            JsonNode stored = detail.path("stored");
            if (stored.isObject()) {
                line("record.stored", text(stored.path("latest").asBoolean() ? "record.version.latest" : "record.version",
                        text(stored.path("version"))) + "  " + text(stored.path("day")));
            }
            line("record.cause", cause(flow));
        }

        private void line(String key, String value) {
            if (!value.isEmpty()) {
                out().println("  " + text(key) + ": " + value);
            }
        }

        /** What happened, where, how long it took. */
        private String hop(JsonNode hop) {
            StringJoiner s = new StringJoiner("  ");
            String kind = text(hop.path("kind"));
            s.add(kind + " ".repeat(Math.max(0, 9 - kind.length())));
            s.add(joined(hop, "plugin", "version", "route"));
            if (!hop.path("subscription").isNull()) {
                s.add("→ " + text(hop.path("subscription")));
            }
            if (!hop.path("parent").isNull()) {
                s.add("← " + text(hop.path("parent")));
            }
            if (hop.path("durationMicros").asLong() > 0) {
                s.add(String.format(java.util.Locale.ROOT, "%.1f ms", hop.path("durationMicros").asLong() / 1000.0));
            }
            if (!hop.path("causeCode").isNull()) {
                s.add(text(hop.path("causeCode")));
            }
            return s.toString();
        }

        private static String joined(JsonNode from, String... fields) {
            StringJoiner s = new StringJoiner(" ");
            for (String field : fields) {
                String value = text(from.path(field));
                if (!value.isEmpty()) {
                    s.add(value);
                }
            }
            return s.toString();
        }
    }
}
