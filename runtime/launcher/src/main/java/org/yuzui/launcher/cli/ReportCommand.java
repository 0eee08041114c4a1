package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code yuzui report …} */
@Command(name = "report", subcommands = {ReportCommand.Show.class, ReportCommands.Status.class,
        ReportCommands.Template.class, ReportCommands.HandIn.class, ReportCommands.Export.class, ReportCommands.Verify.class,
        ReportCommands.Recount.class, OutlookCommands.Overview.class, OutlookCommands.Compare.class, OutlookCommands.Groups.class,
        OutlookCommands.Forecast.class, OutlookCommands.Feedback.class, OutlookCommands.MovePeriod.class})
final class ReportCommand extends GroupCommand {

    @Command(name = "show")
    static final class Show extends ClientCommand {
        @Parameters(index = "0", paramLabel = "FORM", descriptionKey = "form.parameter")
        private String form;
        @Parameters(index = "1", paramLabel = "PERIOD", descriptionKey = "period.parameter")
        private String period;
        @Option(names = "--unit", paramLabel = "CODE", descriptionKey = "report-unit")
        private String unit;
        @Option(names = "--depth", paramLabel = "N")
        private int depth = Integer.MAX_VALUE;

        @Override
        public Integer call() {
            Map<String, Object> query = new HashMap<>();
            query.put("unit", unit);
            byte[] body = hub().get("/api/v1/reports/" + HubClient.encode(form) + "/" + HubClient.encode(period), query);
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode report = HubClient.parse(body);
            out().println(title(report.path("title")) + "  " + text(report.path("period")) + "  "
                    + name(report.path("total").path("unit")));
            out().println();
            JsonNode indicators = report.path("indicators");
            List<String> heads = new ArrayList<>(List.of(text("report.unit"), text("report.code")));
            for (JsonNode indicator : indicators) {
                String measure = text(indicator.path("unit"));
                heads.add(title(indicator.path("title")) + (measure.isEmpty() ? "" : " (" + measure + ")"));
            }
            heads.add(text("report.received"));
            Table table = new Table(heads.toArray(String[]::new)).rightFrom(2);
            rows(table, report.path("total"), indicators, 0);
            table.print(out());
            missing(report.path("total").path("missing"));
            return ExitCode.OK.number();
        }

        private void rows(Table table, JsonNode total, JsonNode indicators, int level) {
            List<Object> row = new ArrayList<>();
            row.add("  ".repeat(level) + name(total.path("unit")));
            row.add(text(total.path("unit").path("code")));
            for (JsonNode indicator : indicators) {
                row.add(value(total.path("values").path(text(indicator.path("code"))), indicator.path("precision").asInt()));
            }
            row.add(text(total.path("received")) + "/" + text(total.path("expected")));
            table.row(row.toArray());
            if (level < depth) {
                total.path("parts").forEach(part -> rows(table, onlyPart(part), indicators, level + 1));
            }
        }

        /** A county with one respondent would say the same in two lines: the respondent alone says it. */
        private static JsonNode onlyPart(JsonNode total) {
            boolean county = text(total.path("unit").path("level")).equals("COUNTY");
            return county && total.path("parts").size() == 1 ? total.path("parts").get(0) : total;
        }

        private static String value(JsonNode value, int precision) {
            return value.isNumber() ? new BigDecimal(value.asText()).setScale(precision, RoundingMode.HALF_UP).toPlainString()
                    : "–";
        }

        private void missing(JsonNode missing) {
            if (missing.isEmpty()) {
                return;
            }
            out().println();
            out().println(text("report.missing", missing.size()));
            Table table = new Table(text("report.unit"), text("report.code"), text("report.missing.periods"));
            missing.forEach(m -> table.row(name(m), text(m.path("unit")), text(m.path("periods"))));
            table.print(out());
        }
    }
}
