package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code yuzui unit …} */
@Command(name = "unit", subcommands = {UnitCommand.Import.class})
final class UnitCommand extends GroupCommand {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /** Checks a unit file, and puts it into the hub's config/org. */
    @Command(name = "import")
    static final class Import extends ClientCommand {
        @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "report-file")
        private Path file;
        @Option(names = "--as", paramLabel = "NAME")
        private String as;
        @Option(names = "--check")
        private boolean check;

        @Override
        public Integer call() {
            String name = file.getFileName().toString();
            boolean workbook = name.toLowerCase(Locale.ROOT).endsWith(".xlsx");
            if (!workbook && !name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
                throw new Failure(ExitCode.USAGE, file + ": .xlsx, .csv");
            }
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("file", as != null ? as : workbook ? name.substring(0, name.length() - 5) + ".csv" : name);
            query.put("check", check ? "true" : null);
            byte[] body;
            try {
                body = hub().post("/api/v1/unit-files", query, workbook ? XLSX : "text/csv", read());
            } catch (Failure e) {
                problems(e);
                throw e;
            }
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode done = HubClient.parse(body);
            out().println(text(done.path("taken").asBoolean() ? "unit.taken" : "unit.checked", text(done.path("file")), text(done.path("units"))));
            for (String what : new String[] {"added", "changed", "removed"}) {
                if (!done.path(what).isEmpty()) {
                    StringBuilder codes = new StringBuilder();
                    done.path(what).forEach(c -> codes.append(' ').append(text(c)));
                    out().println("  " + text("unit." + what) + codes);
                }
            }
            return ExitCode.OK.number();
        }

        private byte[] read() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new Failure(ExitCode.USAGE, file + ": " + e.getMessage());
            }
        }

        /** Each on a line of its own. */
        private void problems(Failure failure) {
            if (failure.json() == null || json()) {
                return;
            }
            HubClient.parse(failure.json()).path("problems").forEach(p -> err().println("  " + text(p.path("file"))
                    + (p.path("line").isNull() ? "" : ":" + text(p.path("line"))) + (p.path("column").isNull() ? "" : " " + text(p.path("column")))
                    + "  " + text(p.path("message")) + (p.path("cure").isNull() ? "" : " " + text(p.path("cure")))));
        }
    }
}
