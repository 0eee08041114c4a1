package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.reporting.ReportFile;
import org.yuzui.reporting.Sheets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code yuzui report} does besides showing totals. */
final class ReportCommands {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private ReportCommands() {
    }

    /** Who has answered, and how far each answer has come. */
    @Command(name = "status")
    static final class Status extends ShowsReport {
        @Mixin
        private FormPeriod about;

        @Override
        public Integer call() {
            return show(about.in("reports") + "/table", query());
        }

        @Override
        void show(JsonNode table) {
            JsonNode due = table.path("due");
            out().println(title(table.path("form").path("title")) + "  " + text(table.path("period")) + "  "
                    + (due.path("unknown").isObject() ? problem(due.path("unknown")) : due.path("at").isNull() ? ""
                    : text("report.due", time(due.path("at")))));
            out().println();
            Table rows = new Table(text("report.unit"), text("report.code"), text("report.received"), text("report.accepted"),
                    text("report.returned"), text("report.late"), text("report.state"));
            row(rows, table.path("total"));
            table.path("rows").forEach(r -> row(rows, r));
            rows.print(out());
        }

        private void row(Table table, JsonNode row) {
            JsonNode stands = row.path("stands");
            JsonNode own = row.path("standing");
            table.row(name(row.path("unit")) + (row.path("stale").asBoolean() ? " *" : ""), text(row.path("unit").path("code")),
                    text(row.path("received")) + "/" + text(row.path("expected")), stands.path("ACCEPTED").asInt(),
                    stands.path("RETURNED").asInt(), text(row.path("late")),
                    own.isObject() ? text("report.state." + text(own.path("state"))) : "");
        }
    }

    /** The file to fill in. */
    @Command(name = "template")
    static final class Template extends ClientCommand {
        @Mixin
        private FormPeriod about;
        @Parameters(index = "2", paramLabel = "UNIT", descriptionKey = "report-respondent")
        private String unit;
        @Parameters(index = "3", paramLabel = "FILE", descriptionKey = "report-file")
        private Path file;

        @Override
        public Integer call() {
            byte[] body = hub().get(about.in("submissions") + "/" + HubClient.encode(unit) + "/template",
                    Map.of("as", kind(file).word()));
            write(file, body);
            out().println(text("report.written", file));
            return ExitCode.OK.number();
        }
    }

    /** Hands in a filled file. */
    @Command(name = "hand-in")
    static final class HandIn extends ClientCommand {
        @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "report-file")
        private Path file;
        @Option(names = "--note", paramLabel = "TEXT")
        private String note;

        @Override
        public Integer call() {
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("note", note);
            byte[] body;
            try {
                body = hub().post("/api/v1/submission-files", query, kind(file) == Sheets.Kind.XLSX ? XLSX : "text/csv", read(file));
            } catch (Failure e) {
                failures(e);
                throw e;
            }
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode submission = HubClient.parse(body);
            out().println(text("report.handed-in", text(submission.path("form")), text(submission.path("period")),
                    text(submission.path("unit")), text(submission.path("version"))));
            submission.path("warnings").forEach(w -> out().println("  " + text(w.path("place")) + " " + title(w.path("says"))));
            return ExitCode.OK.number();
        }

        /** Each on a line of its own, in the reader's language where the form has it. */
        private void failures(Failure failure) {
            if (failure.json() == null || json()) {
                return;
            }
            HubClient.parse(failure.json()).path("failures").forEach(f -> err().println("  " + text(f.path("place")) + " "
                    + (f.path("says").isObject() ? title(f.path("says")) : text(f.path("message")))));
        }
    }

    /** A report with all that it is made of (.json), or its table (.xlsx, .csv, .pdf). */
    @Command(name = "export")
    static final class Export extends ClientCommand {
        @Mixin
        private FormPeriod about;
        @Parameters(index = "2", paramLabel = "FILE", descriptionKey = "report-file")
        private Path file;
        @Mixin
        private BelowUnit below;

        @Override
        public Integer call() {
            Map<String, Object> query = below.query();
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            String as = name.substring(name.lastIndexOf('.') + 1);
            if (!List.of("json", "xlsx", "csv", "pdf").contains(as)) {
                throw new Failure(ExitCode.USAGE, file + ": .json, .xlsx, .csv, .pdf");
            }
            query.put("as", as);
            query.put("language", as.equals("json") ? null : messages().chinese() ? "zh" : "en");
            byte[] body = hub().get(about.in("reports") + "/export", query);
            write(file, body);
            out().println(text("report.written", file));
            return ExitCode.OK.number();
        }
    }

    /** Recomputes an exported report without a hub. */
    @Command(name = "verify")
    static final class Verify extends LocalCommand {
        @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "report-file")
        private Path file;

        @Override
        public Integer call() {
            ReportFile.Verification verification = ReportFile.verify(read(file));
            if (verification.good()) {
                out().println(text("report.verified", verification.form(), verification.period(), verification.unit(),
                        verification.submissions(), verification.totals()));
                out().println(verification.digest());
                return ExitCode.OK.number();
            }
            verification.problems().forEach(err()::println);
            return ExitCode.FAILED.number();
        }
    }

    /** Makes totals again from all answers. */
    @Command(name = "recount")
    static final class Recount extends ClientCommand {
        @Mixin
        private FormPeriod about;

        @Override
        public Integer call() {
            byte[] body = hub().post(about.in("reports") + "/recount", Map.of());
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode recount = HubClient.parse(body);
            List<JsonNode> differences = new ArrayList<>();
            recount.path("differences").forEach(differences::add);
            out().println(text("report.recounted", text(recount.path("submissions")), text(recount.path("millis")), differences.size()));
            differences.forEach(d -> out().println("  " + text(d.path("unit")) + " " + text(d.path("cell")) + ": " + text(d.path("kept"))
                    + " → " + text(d.path("computed"))));
            return differences.isEmpty() ? ExitCode.OK.number() : ExitCode.FAILED.number();
        }
    }

    private static Sheets.Kind kind(Path file) {
        return Sheets.Kind.of(file.getFileName().toString())
                .orElseThrow(() -> new Failure(ExitCode.USAGE, file + ": .xlsx, .csv"));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, file + ": " + e.getMessage());
        }
    }

    private static void write(Path file, byte[] body) {
        try {
            Files.write(file, body);
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, file + ": " + e.getMessage());
        }
    }
}
