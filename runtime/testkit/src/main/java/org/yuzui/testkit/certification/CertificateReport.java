package org.yuzui.testkit.certification;

import org.yuzui.launcher.Hub;
import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.testkit.cases.CaseFile;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The report that a person reads and keeps with the plugin. */
record CertificateReport(Trial trial, List<Check> checks, Instant at, Duration took) {

    private static final int MOST_FAILURES = 40;

    String markdown() {
        boolean passed = checks.stream().allMatch(Check::passed);
        var plugin = trial.candidate().descriptor();
        StringBuilder md = new StringBuilder();
        line(md, "# Certificate of " + plugin.id() + " " + plugin.version() + ": " + (passed ? "PASS" : "FAIL"));
        line(md, "");
        line(md, "| | |");
        line(md, "|---|---|");
        line(md, "| plugin | " + plugin.id() + " " + plugin.version() + ", " + cell(plugin.title().zh()) + " / "
                + cell(plugin.title().en()) + " |");
        line(md, "| SHA-256 of the jar | `" + sha256() + "` |");
        line(md, "| hub | Yuzui " + Hub.VERSION + ", Java " + Runtime.version().feature() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors |");
        line(md, "| date | " + OffsetDateTime.ofInstant(at, trial.clock().getZone()).truncatedTo(ChronoUnit.SECONDS) + " |");
        line(md, "| took | " + took.toSeconds() + " s |");
        line(md, "| effort | " + (trial.effort().quick() ? "quick" : "full") + ", seed " + trial.effort().seed() + " |");
        line(md, "| cases | " + cell(trial.cases().stream().map(CaseFile::name).collect(Collectors.joining(", "))) + " |");
        line(md, "");
        line(md, "| check | what was done | what was measured | result |");
        line(md, "|---|---|---|---|");
        for (Check check : checks) {
            line(md, "| " + check.name() + " | " + cell(check.done()) + " | " + cell(check.measured()) + " | "
                    + (check.skipped() ? "not applicable" : check.passed() ? "PASS" : "**FAIL**") + " |");
        }
        for (Check check : checks) {
            if (!check.passed()) {
                line(md, "");
                line(md, "## FAIL: " + check.name());
                line(md, "");
                line(md, "```");
                check.failures().stream().limit(MOST_FAILURES).forEach(f -> line(md, f.replace("```", "'''")));
                if (check.failures().size() > MOST_FAILURES) {
                    line(md, "… and " + (check.failures().size() - MOST_FAILURES) + " more");
                }
                line(md, "```");
            }
        }
        line(md, "");
        line(md, "The same again: `yuzui plugin certify --seed " + trial.effort().seed() + (trial.effort().quick() ? " --quick" : "")
                + "` with the same jar and the same cases.");
        return md.toString();
    }

    private String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CaseFile.bytes(trial.candidate().jar())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String cell(String text) {
        return text == null ? "" : text.replace("|", "\\|").replace("\n", " ");
    }

    private static void line(StringBuilder md, String text) {
        md.append(text).append('\n');
    }
}
