package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** {@code yuzui rule …} */
@Command(name = "rule", subcommands = {RuleCommand.ListCommand.class, RuleCommand.Show.class, RuleCommand.Decisions.class,
        RuleCommand.Evaluate.class})
final class RuleCommand extends GroupCommand {

    private static final String RULES = "/api/v1/rules";

    @Command(name = "list")
    static final class ListCommand extends ClientCommand {
        @Override
        public Integer call() {
            byte[] body = hub().get(RULES);
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            Table table = new Table(text("rule.id"), text("rule.title"), text("rule.decided"), text("rule.refused"), text("rule.findings"))
                    .rightFrom(2);
            for (JsonNode rule : HubClient.parse(body).path("rules")) {
                table.row(text(rule.path("id")), title(rule.path("title")), text(rule.path("decided")), text(rule.path("refused")),
                        text(rule.path("findings")));
            }
            table.print(out());
            return ExitCode.OK.number();
        }
    }

    /** A command about one rule. */
    abstract static class OfOne extends ClientCommand {

        @Parameters(index = "0", paramLabel = "PLUGIN/RULE", descriptionKey = "rule.parameter")
        private String id;

        final String path() {
            String[] parts = id.split("/");
            if (parts.length != 2) {
                throw new Failure(ExitCode.USAGE, text("rule.bad-id", id));
            }
            return RULES + "/" + HubClient.encode(parts[0]) + "/" + HubClient.encode(parts[1]);
        }

        /** Rows as people count them; a dash for none. */
        static String rows(JsonNode rows) {
            StringJoiner all = new StringJoiner(",");
            rows.forEach(r -> all.add(r.asText()));
            return rows.isEmpty() ? "–" : all.toString();
        }
    }

    @Command(name = "show")
    static final class Show extends OfOne {
        @Override
        public Integer call() {
            byte[] body = hub().get(path());
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode detail = HubClient.parse(body);
            JsonNode rule = detail.path("rule");
            out().println(title(rule.path("title")) + "  " + text(rule.path("id")) + "  " + text(detail.path("place")));
            for (JsonNode element : detail.path("model").path("elements")) {
                out().println();
                out().println(heading(element));
                for (JsonNode logic : element.path("logic")) {
                    if (logic.path("table").isObject()) {
                        table(logic.path("table"), detail.path("rows").path(text(logic.path("table").path("name"))));
                    } else {
                        String name = text(logic.path("name"));
                        text(logic.path("text")).lines().forEach(l -> out().println("  " + (name.isEmpty() ? "" : name + ": ") + l));
                    }
                }
            }
            JsonNode findings = detail.path("model").path("findings");
            if (!findings.isEmpty()) {
                out().println();
            }
            findings.forEach(f -> out().println(problem(f)));
            return ExitCode.OK.number();
        }

        private String heading(JsonNode element) {
            String name = text(element.path("name"));
            String title = title(element.path("title"));
            String type = text(element.path("type"));
            return text("rule.kind." + text(element.path("kind"))) + " " + name + (title.equals(name) ? "" : " (" + title + ")")
                    + (type.isEmpty() ? "" : " : " + type) + (element.path("optional").asBoolean() ? ", " + text("rule.optional") : "");
        }

        private void table(JsonNode table, JsonNode counts) {
            List<String> heads = new ArrayList<>(List.of(text(table.path("hitPolicy"))));
            table.path("inputs").forEach(c -> heads.add(title(c.path("title"))));
            table.path("outputs").forEach(c -> heads.add("→ " + title(c.path("title"))));
            heads.add(text("rule.counted"));
            Table shown = new Table(heads.toArray(String[]::new));
            int number = 0;
            for (JsonNode row : table.path("rows")) {
                List<Object> cells = new ArrayList<>(List.of(++number));
                row.path("when").forEach(c -> cells.add(c.asText()));
                row.path("then").forEach(c -> cells.add(c.asText()));
                cells.add(text(counts.path(number - 1)));
                shown.row(cells.toArray());
            }
            shown.print(out());
        }
    }

    @Command(name = "decisions")
    static final class Decisions extends OfOne {
        @Option(names = "--limit", paramLabel = "N")
        private Integer limit;

        @Override
        public Integer call() {
            byte[] body = hub().get(path() + "/decisions", limit == null ? Map.of() : Map.of("limit", limit));
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            Table table = new Table(text("rule.at"), text("rule.rows"), text("rule.said"), text("rule.record"));
            for (JsonNode decision : HubClient.parse(body).path("decisions")) {
                StringJoiner fired = new StringJoiner(" ");
                decision.path("fired").forEach(f -> fired.add(text(f.path("table")) + ":" + rows(f.path("chosen"))));
                table.row(time(decision.path("at")), fired, decision.path("refused").isObject()
                        ? text(decision.path("refused").path("code")) + " " + text(decision.path("refused").path("place"))
                        : decision.path("outputs").toString(), text(decision.path("flow")));
            }
            table.print(out());
            return ExitCode.OK.number();
        }
    }

    @Command(name = "evaluate")
    static final class Evaluate extends OfOne {
        @Option(names = "--input", paramLabel = "FILE", required = true)
        private String input;
        @Option(names = "--decision", paramLabel = "NAME")
        private String decision;

        @Override
        public Integer call() {
            JsonNode given = read();
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set("inputs", given.isArray() ? given : JsonNodeFactory.instance.arrayNode().add(given));
            body.put("decision", decision);
            byte[] answer = hub().post(path() + "/evaluate", Map.of(), "application/json", body);
            JsonNode results = HubClient.parse(answer).path("results");
            boolean all = true;
            for (JsonNode result : results) {
                all &= result.path("refused").isNull();
            }
            if (json()) {
                print(answer);
            } else {
                results.forEach(this::print);
            }
            return (all ? ExitCode.OK : ExitCode.FAILED).number();
        }

        private JsonNode read() {
            try {
                return HubClient.parse(input.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(input)));
            } catch (IOException e) {
                throw new Failure(ExitCode.USAGE, text("replay.unreadable", input));
            }
        }

        private void print(JsonNode result) {
            out().println(result.path("refused").isNull() ? result.path("outputs").toPrettyString() : problem(result.path("refused")));
            for (JsonNode table : result.path("tables")) {
                StringJoiner asked = new StringJoiner(", ");
                table.path("values").forEach(v -> asked.add(v.toString()));
                out().println(text(table.path("table")) + "  " + asked);
                for (JsonNode row : table.path("rows")) {
                    StringJoiner cells = new StringJoiner(" ");
                    row.path("cells").forEach(c -> cells.add(c.isNull() ? "?" : c.asBoolean() ? "✓" : "✗"));
                    out().println("  " + text(row.path("row")) + "  " + cells + (row.path("chosen").asBoolean() ? "  " + text("rule.chosen")
                            : row.path("matched").asBoolean() ? "  " + text("rule.matched") : ""));
                }
            }
        }
    }
}
