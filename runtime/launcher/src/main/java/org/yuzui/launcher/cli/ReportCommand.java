package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** {@code yuzui report …} */
@Command(name = "report", subcommands = {ReportCommand.Show.class, ReportCommands.Status.class,
        ReportCommands.Template.class, ReportCommands.HandIn.class, ReportCommands.Export.class, ReportCommands.Verify.class,
        ReportCommands.Recount.class, OutlookCommands.Overview.class, OutlookCommands.Compare.class, OutlookCommands.Groups.class,
        OutlookCommands.Forecast.class, OutlookCommands.Feedback.class, OutlookCommands.MovePeriod.class})
final class ReportCommand extends GroupCommand {

    @Command(name = "show")
    static final class Show extends ShowsReport {
        @Mixin
        private FormPeriod about;
        @Option(names = "--depth", paramLabel = "N")
        private int depth = Integer.MAX_VALUE;

        @Override
        public Integer call() {
            return show(about.in("reports"), query());
        }

        @Override
        void show(JsonNode report) {
            out().println(title(report.path("title")) + "  " + text(report.path("period")) + "  "
                    + name(report.path("total").path("unit")));
            out().println();
            JsonNode indicators = report.path("indicators");
            List<String> heads = new ArrayList<>(List.of(text("report.unit"), text("report.code")));
            indicators.forEach(i -> heads.add(heading(i)));
            heads.add(text("report.received"));
            Table table = new Table(heads.toArray(String[]::new)).rightFrom(2);
            rows(table, report.path("total"), indicators, 0);
            table.print(out());
            missing(report.path("total").path("missing"));
        }

        private void rows(Table table, JsonNode total, JsonNode indicators, int level) {
            List<Object> row = new ArrayList<>();
            row.add("  ".repeat(level) + name(total.path("unit")));
            row.add(text(total.path("unit").path("code")));
            for (JsonNode indicator : indicators) {
                row.add(rounded(total.path("values").path(text(indicator.path("code"))), indicator.path("precision").asInt()));
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
