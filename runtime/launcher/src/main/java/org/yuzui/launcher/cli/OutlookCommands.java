package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** {@code yuzui report …} over many periods, units and groups, and ahead. */
final class OutlookCommands {

    private OutlookCommands() {
    }

    /** One that is about a form, below a unit. */
    abstract static class OfForm extends ClientCommand {
        @Parameters(index = "0", paramLabel = "FORM", descriptionKey = "form.parameter")
        private String form;
        @Option(names = "--unit", paramLabel = "CODE", descriptionKey = "report-unit")
        private String unit;

        final String form() {
            return HubClient.encode(form);
        }

        final Map<String, Object> query() {
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("unit", unit);
            return query;
        }

        /** Asks, and prints the answer as it is or as a table. */
        final int show(String path, Map<String, Object> query) {
            byte[] body = hub().get(path, query);
            if (json()) {
                print(body);
            } else {
                table(HubClient.parse(body));
            }
            return ExitCode.OK.number();
        }

        abstract void table(JsonNode answer);

        static String rounded(JsonNode value, int precision) {
            return value.isNumber() ? new BigDecimal(value.asText()).setScale(precision, RoundingMode.HALF_UP).toPlainString() : "–";
        }

        static String percent(JsonNode value) {
            return value.isNumber() ? rounded(value, 2) + " %" : "–";
        }
    }

    /** One that is about a period of it. */
    abstract static class OfPeriod extends OfForm {
        @Parameters(index = "1", paramLabel = "PERIOD", descriptionKey = "period.parameter")
        private String period;

        final String period() {
            return HubClient.encode(period);
        }
    }

    /** How everybody stands, period by period. */
    @Command(name = "overview")
    static final class Overview extends OfForm {
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
            return show("/api/v1/forms/" + form() + "/overview", query);
        }

        @Override
        void table(JsonNode overview) {
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
    static final class Compare extends OfPeriod {
        @Parameters(index = "2", paramLabel = "INDICATOR", descriptionKey = "report-indicator")
        private String indicator;

        @Override
        public Integer call() {
            Map<String, Object> query = query();
            query.put("indicator", indicator);
            return show("/api/v1/reports/" + form() + "/" + period() + "/comparison", query);
        }

        @Override
        void table(JsonNode comparison) {
            int precision = comparison.path("indicator").path("precision").asInt();
            String measure = text(comparison.path("indicator").path("unit"));
            Table table = new Table(text("report.unit"), text("report.code"), text("report.rank"), title(comparison.path("indicator").path("title"))
                    + (measure.isEmpty() ? "" : " (" + measure + ")"), text("report.share"), text(comparison.path("lastYear")),
                    text("report.change")).rightFrom(2);
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
    static final class Groups extends OfPeriod {
        @Parameters(index = "2", paramLabel = "BY", descriptionKey = "report-by")
        private String by;

        @Override
        public Integer call() {
            Map<String, Object> query = query();
            query.put("by", by);
            return show("/api/v1/reports/" + form() + "/" + period() + "/groups", query);
        }

        @Override
        void table(JsonNode groups) {
            List<JsonNode> indicators = StreamSupport.stream(groups.path("form").path("indicators").spliterator(), false)
                    .filter(i -> !text(i.path("kind")).equals("CHOICE")).toList();
            List<String> heads = new ArrayList<>(List.of(text("report.group"), text("report.units"), text("report.received")));
            indicators.forEach(i -> heads.add(title(i.path("title")) + (text(i.path("unit")).isEmpty() ? "" : " (" + text(i.path("unit")) + ")")));
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
    static final class Forecast extends OfPeriod {
        @Override
        public Integer call() {
            return show("/api/v1/forms/" + form() + "/periods/" + period() + "/forecast", query());
        }

        @Override
        void table(JsonNode forecast) {
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
    static final class Feedback extends OfPeriod {
        @Override
        public Integer call() {
            return show("/api/v1/feedback/" + form() + "/" + period(), query());
        }

        @Override
        void table(JsonNode feedback) {
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
        @Parameters(index = "0", paramLabel = "FORM", descriptionKey = "form.parameter")
        private String form;
        @Parameters(index = "1", paramLabel = "PERIOD", descriptionKey = "period.parameter")
        private String period;
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
            byte[] answer = hub().post("/api/v1/forms/" + HubClient.encode(form) + "/periods/" + HubClient.encode(period) + "/move", body);
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
