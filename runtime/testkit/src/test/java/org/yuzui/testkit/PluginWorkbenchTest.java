package org.yuzui.testkit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.PluginWorkbench;
import org.yuzui.launcher.PluginWorkbench.Candidate;
import org.yuzui.launcher.PluginWorkbench.CaseOutcome;
import org.yuzui.launcher.authoring.PackedPlugin;
import org.yuzui.launcher.authoring.PluginFolder;
import org.yuzui.launcher.authoring.PluginPacker;
import org.yuzui.launcher.authoring.PluginTemplate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A new plugin, with cases that its author adds, on a real hub. */
class PluginWorkbenchTest {

    private static final Clock CLOCK = Clock.system(ZoneId.of("Asia/Shanghai"));

    @TempDir
    Path temp;
    private Path folder;

    @BeforeEach
    void aNewPlugin() {
        folder = new PluginTemplate("energy-meters", "能耗表计", "Energy meters", false).writeTo(temp.resolve("energy-meters"));
    }

    private void file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String reading(String meter, String value) {
        return "{\"unit\": \"510104-H01\", \"meter\": \"" + meter + "\", \"at\": \"2026-03-02T08:00:00+08:00\", \"value\": " + value + "}";
    }

    private Candidate candidate() {
        PackedPlugin packed = new PluginPacker(PluginFolder.of(folder), CLOCK).pack(temp.resolve("jar/plugin.jar"));
        return new Candidate(packed.descriptor(), packed.file(), folder.resolve("examples"), temp.resolve("work"));
    }

    private Map<String, CaseOutcome> run() {
        List<CaseOutcome> outcomes = PluginWorkbench.find().test(candidate(), null, o -> { });
        return outcomes.stream().collect(Collectors.toMap(CaseOutcome::name, Function.identity()));
    }

    @Test
    void casesOfAllKindsOnOneHub() throws IOException {
        file("examples/repeated/case.yaml", "contract: energy-meters.reading.v1\nrepeat: 3\n");
        file("examples/repeated/given.json", reading("M3", "3"));
        file("examples/repeated/expect.json", reading("M3", "3"));

        file("examples/part/case.yaml", "contract: energy-meters.reading.v1\nmatch: contains\n");
        file("examples/part/given-1.json", reading("M4", "4"));
        file("examples/part/given-2.json", reading("M5", "5"));
        file("examples/part/expect.json", "[{\"meter\": \"M5\"}, {\"meter\": \"M4\"}]");

        file("examples/published/case.yaml", "door: record\nto: energy-meters.reading.v1\ncontract: energy-meters.reading.v1\nanswer: NEW\n");
        file("examples/published/given.json", reading("M7", "7"));
        file("examples/published/expect.json", reading("M7", "7"));
        file("examples/published/expect/out/energy-meters/510104-H01-M7.json", reading("M7", "7"));

        file("examples/other-settings/case.yaml", "contract: energy-meters.reading.v1\nsettings: {inbox: elsewhere}\n");
        file("examples/other-settings/given.json", reading("M8", "8"));
        file("examples/other-settings/expect.json", reading("M8", "8"));

        file("examples/differs/case.yaml", "contract: energy-meters.reading.v1\n");
        file("examples/differs/given.json", reading("M9", "9"));
        file("examples/differs/expect.json", reading("M9", "10"));

        file("examples/wrong-reason/case.yaml", "reason: unknown-unit\n");
        file("examples/wrong-reason/given.json", "no JSON");

        Map<String, CaseOutcome> outcomes = run();
        for (String good : List.of("reading", "unknown-unit", "repeated", "part", "published", "other-settings")) {
            assertThat(outcomes.get(good).differences()).as(good).isEmpty();
        }
        assertThat(outcomes.get("unknown-unit").refusal()).startsWith("unknown-unit: ");
        assertThat(outcomes.get("differs").differences()).contains("-  \"value\" : 10", "+  \"value\" : 9");
        assertThat(outcomes.get("wrong-reason").differences()).contains("Nothing was refused for the reason unknown-unit.")
                .anyMatch(d -> d.startsWith("Refused: not-json"));
    }

    @Test
    void aPluginThatDoesNotStartSaysWhy() throws IOException {
        file("hub/routes/read-readings.camel.yaml", """
                - route:
                    id: read-readings
                    from:
                      uri: file:{{inbox}}?noSuchOption=true
                      steps:
                        - to: record:energy-meters.reading.v1
                """);
        assertThatThrownBy(this::run).isInstanceOfSatisfying(ProblemException.class, e ->
                assertThat(e.problem().place()).matches(".*!HUB-INF/routes/read-readings.camel.yaml:\\d"));
    }

    @Test
    void aCaseThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PluginWorkbench.find().test(candidate(), "readding", o -> { }))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().cure()).contains("'reading'"));
    }
}
