package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** {@code yuzui report …} over many periods, units and groups, and ahead. */
final class OutlookCommands {

    private OutlookCommands() {
    }

    /** How everybody stands, period by period. */
    @Command(name = "overview")
    static final class Overview extends ShowsReport {
        @Parameters(index = "0", paramLabel = "FORM", descriptionKey = "form.parameter")
        private String form;
        @Option(names = "--from", paramLabel = "PERIOD", descriptionKey = "report-from")
        private String from;
        @Option(names = "--to", paramLabel = "PERIOD", descriptionKey = "report-to")
        private String to;
        @Option(names = "--institutions")
        private boolean institutions;

        @Override
        public Integer call() {
            Map<String, Object> query = query();
            query.put("from", from);
            query.put("to", to);
            query.put("institutions", institutions ? "true" : null);
            return show("/api/v1/forms/" + HubClient.encode(form) + "/overview", query);
        }

        @Override
        void show(JsonNode overview) {
            List<String> heads = new ArrayList<>(List.of(text("report.unit"), text("report.code")));
            overview.path("periods").forEach(p -> heads.add(text(p.path("period"))));
            Table table = new Table(heads.toArray(String[]::new));
            overview.path("rows").forEach(row -> {
                List<Object> cells = new ArrayList<>(List.of(name(row.path("unit")), text(row.path("unit").path("code"))));
                row.path("cells").forEach(c -> cells.add(c.isObject() ? text("report.state." + text(c.path("state"))) + " "
                        + text(c.path("received")) + "/" + text(c.path("expected")) : ""));
                table.row(cells.toArray());
            });
            table.print(out());
        }
    }

    /** The units right below, by one indicator. */
    @Command(name = "compare")
    static final class Compare extends ShowsReport {
        @Mixin
        private FormPeriod about;
        @Parameters(index = "2", paramLabel = "INDICATOR", descriptionKey = "report-indicator")
        private String indicator;

        @Override
        public Integer call() {
            Map<String, Object> query = query();
            query.put("indicator", indicator);
            return show(about.in("reports") + "/comparison", query);
        }

        @Override
        void show(JsonNode comparison) {
            int precision = comparison.path("indicator").path("precision").asInt();
            Table table = new Table(text("report.unit"), text("report.code"), text("report.rank"), heading(comparison.path("indicator")),
                    text("report.share"), text(comparison.path("lastYear")), text("report.change")).rightFrom(2);
            List<JsonNode> rows = new ArrayList<>(List.of(comparison.path("total")));
            comparison.path("rows").forEach(rows::add);
            rows.forEach(r -> table.row(name(r.path("unit")) + (r.path("stale").asBoolean() ? " *" : ""), text(r.path("unit").path("code")),
                    text(r.path("rank")), rounded(r.path("value"), precision), percent(r.path("share")), rounded(r.path("lastYear"), precision),
                    percent(r.path("change"))));
            table.print(out());
        }
    }

    /** Totals by tags or by a choice of the form. */
    @Command(name = "groups")
    static final class Groups extends ShowsReport {
        @Mixin
        private FormPeriod about;
        @Parameters(index = "2", paramLabel = "BY", descriptionKey = "report-by")
        private String by;

        @Override
        public Integer call() {
            Map<String, Object> query = query();
            query.put("by", by);
            return show(about.in("reports") + "/groups", query);
        }

        @Override
        void show(JsonNode groups) {
            List<JsonNode> indicators = StreamSupport.stream(groups.path("form").path("indicators").spliterator(), false)
                    .filter(i -> !text(i.path("kind")).equals("CHOICE")).toList();
            List<String> heads = new ArrayList<>(List.of(text("report.group"), text("report.units"), text("report.received")));
            indicators.forEach(i -> heads.add(heading(i)));
            Table table = new Table(heads.toArray(String[]::new)).rightFrom(1);
            List<JsonNode> rows = new ArrayList<>();
            groups.path("rows").forEach(rows::add);
            rows.add(groups.path("total"));
            rows.forEach(r -> {
                List<Object> cells = new ArrayList<>(List.of(title(r.path("title")), text(r.path("units")),
                        text(r.path("received")) + "/" + text(r.path("expected"))));
                indicators.forEach(i -> cells.add(rounded(r.path("values").path(text(i.path("code"))), i.path("precision").asInt())));
                table.row(cells.toArray());
            });
            table.print(out());
        }
    }

    /** Who will probably miss the deadline. */
    @Command(name = "forecast")
    static final class Forecast extends ShowsReport {
        @Mixin
        private FormPeriod about;

        @Override
        public Integer call() {
            return show(about.ofForm() + "/forecast", query());
        }

        @Override
        void show(JsonNode forecast) {
            Table table = new Table(text("report.unit"), text("report.code"), text("report.risk"), text("report.why"));
            forecast.path("units").forEach(u -> {
                List<String> why = new ArrayList<>();
                u.path("why").forEach(w -> why.add(title(w.path("text"))));
                table.row(name(u.path("unit")), text(u.path("unit").path("code")), text("report.risk." + text(u.path("risk"))),
                        String.join(messages().chinese() ? "；" : "; ", why));
            });
            table.print(out());
        }
    }

    /** What the bureau above holds about a unit. */
    @Command(name = "feedback")
    static final class Feedback extends ShowsReport {
        @Mixin
        private FormPeriod about;

        @Override
        public Integer call() {
            return show(about.in("feedback"), query());
        }

        @Override
        void show(JsonNode feedback) {
            out().println(name(feedback.path("unit")) + "  " + text(feedback.path("period")) + "  " + text("report.feedback.counts",
                    text(feedback.path("received")), text(feedback.path("expected")), text(feedback.path("accepted")))
                    + (feedback.path("stale").asBoolean() ? " *" : ""));
            Table table = new Table(text("report.indicator"), text("report.value"), text("report.accepted"), text("report.rank")).rightFrom(1);
            feedback.path("values").forEach(v -> table.row(text(v.path("indicator")), text(v.path("value")), text(v.path("accepted")),
                    v.path("rank").isNull() ? "" : text(v.path("rank")) + "/" + text(v.path("of"))));
            table.print(out());
        }
    }

    /** Gives an open period another version of its form. */
    @Command(name = "move-period")
    static final class MovePeriod extends ClientCommand {
        @Mixin
        private FormPeriod about;
        @Option(names = "--reason", paramLabel = "TEXT", required = true, descriptionKey = "report-reason")
        private String reason;
        @Option(names = "--form-version", paramLabel = "N")
        private Integer version;

        @Override
        public Integer call() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("reason", reason);
            if (version != null) {
                body.put("version", version);
            }
            byte[] answer = hub().post(about.ofForm() + "/move", body);
            if (json()) {
                print(answer);
            } else {
                JsonNode moved = HubClient.parse(answer);
                out().println(text("report.moved", text(moved.path("form")), text(moved.path("period")), text(moved.path("version"))));
            }
            return ExitCode.OK.number();
        }
    }
}
