package org.yuzui.testkit.certification;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.PluginWorkbench.Candidate;
import org.yuzui.launcher.PluginWorkbench.Certificate;
import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.launcher.PluginWorkbench.Effort;
import org.yuzui.launcher.authoring.PackedPlugin;
import org.yuzui.launcher.authoring.PluginFolder;
import org.yuzui.launcher.authoring.PluginPacker;
import org.yuzui.launcher.authoring.PluginTemplate;
import org.yuzui.testkit.cases.CaseFile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A new plugin passes; one that loses what it can't read does not. */
class CertificationTest {

    private static final Clock CLOCK = Clock.system(ZoneId.of("Asia/Shanghai"));

    @TempDir
    Path temp;

    private Path folder() {
        return new PluginTemplate("energy-meters", "能耗表计", "Energy meters", false).writeTo(temp.resolve("energy-meters"));
    }

    private Candidate candidate(Path folder) {
        PackedPlugin packed = new PluginPacker(PluginFolder.of(folder), CLOCK).pack(temp.resolve("jar/plugin.jar"));
        return new Candidate(packed.descriptor(), packed.file(), folder.resolve("examples"), temp.resolve("work"));
    }

    @Test
    void aNewPluginPassesAndTheReportSaysWhatWasDone() {
        Certificate certificate = new Certification(candidate(folder()), new Effort(true, 7), CLOCK).run(c -> { });
        assertThat(certificate.checks()).allSatisfy(c -> assertThat(c.failures()).as(c.name()).isEmpty());
        assertThat(certificate.checks()).extracting(Check::name).containsExactly("cases", "duplicates", "another order",
                "slow and dead peers", "kill in mid-commit", "redeployments", "broken input");
        assertThat(certificate.report()).startsWith("# Certificate of energy-meters 0.1.0: PASS")
                .contains("| SHA-256 of the jar | `").contains("quick, seed 7").contains("| redeployments | ");
    }

    @Test
    void aPluginThatLosesWhatItCanNotReadFails() throws Exception {
        Path folder = folder();
        Path route = folder.resolve("hub/routes/read-readings.camel.yaml");
        // Takes the file away and tells nobody.
        Files.writeString(route, Files.readString(route)
                .replace("              - to: record:energy-meters.reading.v1\n",
                        "              - unmarshal: {json: {}}\n              - to: record:energy-meters.reading.v1\n")
                .replace("org.yuzui.spi.RefusedException, java.io.IOException", "java.lang.Exception")
                .replace("                  - to: record:refused?contract=energy-meters.reading.v1\n", ""));
        Candidate candidate = candidate(folder);
        Check check = new BrokenInputCheck().run(new Trial(candidate, CaseFile.readAll(candidate.examples()).subList(0, 1),
                new Effort(true, 1), CLOCK));
        assertThat(check.passed()).isFalse();
        assertThat(check.failures()).anyMatch(f -> f.contains("neither answered nor kept as refused"));
    }

    @Test
    void withoutCasesNothingIsProven() throws Exception {
        Path folder = folder();
        Files.move(folder.resolve("examples"), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> new Certification(candidate(folder), new Effort(true, 1), CLOCK))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("no-cases"));
    }

    @Test
    void theSameSeedBreaksTheSameThings() {
        byte[] given = "a message".getBytes(StandardCharsets.UTF_8);
        assertThat(BrokenInput.of(given, new Random(3), 20, 1000)).usingRecursiveComparison()
                .isEqualTo(BrokenInput.of(given, new Random(3), 20, 1000));
    }
}
