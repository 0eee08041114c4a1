package org.yuzui.testkit;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.yuzui.launcher.PluginWorkbench.Candidate;
import org.yuzui.launcher.PluginWorkbench.CaseOutcome;
import org.yuzui.launcher.authoring.PackedPlugin;
import org.yuzui.launcher.authoring.PluginFolder;
import org.yuzui.launcher.authoring.PluginPacker;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.cases.CaseFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A plugin's {@code examples/} as tests of JUnit: what {@code yuzui plugin test} does, in a build. */
public final class PluginCases {

    private PluginCases() {
    }

    /**
     * One test for each case; the folder is packed as it lies there, and the cases share a hub where they can.
     *
     * <pre>{@code
     * @TestFactory
     * Stream<DynamicNode> examples() {
     *     return PluginCases.of(Path.of("."));
     * }
     * }</pre>
     *
     * @param folder the plugin's
     */
    public static Stream<DynamicNode> of(Path folder) {
        Clock clock = Clock.system(ZoneId.of("Asia/Shanghai"));
        Path work = workFolder();
        PackedPlugin packed = new PluginPacker(PluginFolder.of(folder), clock).pack(work.resolve("plugin.jar"));
        Path examples = folder.resolve("examples").toAbsolutePath();
        CaseBench bench = new CaseBench(new Candidate(packed.descriptor(), packed.file(), examples, work), clock);
        List<CaseFile> cases = CaseFile.readAll(examples);
        assertThat(cases).as("cases under " + examples).isNotEmpty();
        // Without the folder's URI: Surefire neither counts a test that has one nor sees it fail.
        // JUnit closes the stream when the last of its tests has run.
        return cases.stream().sorted(Comparator.comparing(c -> c.units() != null)).<DynamicNode>map(c -> DynamicTest.dynamicTest(c.name(), () -> {
            CaseOutcome outcome = bench.run(c.name(), o -> { }).get(0);
            assertThat(outcome.ok()).as(String.join("\n", outcome.differences())).isTrue();
        })).onClose(() -> {
            bench.close();
            TestHub.delete(work);
        });
    }

    private static Path workFolder() {
        try {
            return Files.createTempDirectory("yuzui-cases");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
