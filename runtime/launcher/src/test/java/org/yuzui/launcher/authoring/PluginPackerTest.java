package org.yuzui.launcher.authoring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A plugin's folder, made from the templates and then changed as its author might. */
class PluginPackerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneId.of("Asia/Shanghai"));

    @TempDir
    Path temp;

    private Path plain() {
        return new PluginTemplate("energy-meters", "能耗表计", "Energy meters", false).writeTo(temp.resolve("plain"));
    }

    private Path java() {
        return new PluginTemplate("energy-meters", "能耗表计", "Energy meters", true).writeTo(temp.resolve("java"));
    }

    private static PackedPlugin pack(Path folder) {
        return new PluginPacker(PluginFolder.of(folder), CLOCK).pack(null);
    }

    private static List<String> places(Path folder) {
        return new PluginPacker(PluginFolder.of(folder), CLOCK).check().stream().map(Problem::place).toList();
    }

    private static void change(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void aFolderWithoutJavaBecomesABundle() throws IOException {
        PackedPlugin packed = pack(plain());
        assertThat(packed.file()).hasFileName("energy-meters-0.1.0.jar");
        try (JarFile jar = new JarFile(packed.file().toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            assertThat(headers.getValue("Bundle-SymbolicName")).isEqualTo("org.yuzui.plugin.energy-meters");
            assertThat(headers.getValue("Bundle-Version")).isEqualTo("0.1.0");
            assertThat(headers.getValue("Require-Capability")).contains("yuzui.plugin");
            assertThat(headers.getValue("Import-Package")).isNull();
            assertThat(jar.stream().map(ZipEntry::getName)).containsExactly("META-INF/MANIFEST.MF",
                    "HUB-INF/contracts/energy-meters.reading.v1.schema.json", "HUB-INF/plugin.yaml",
                    "HUB-INF/routes/forward-readings.camel.yaml", "HUB-INF/routes/read-readings.camel.yaml",
                    "HUB-INF/settings.schema.json");
        }
    }

    @Test
    void theSameFolderGivesTheSameBytesAndLeftoversAreNoPartOfIt() throws IOException {
        Path folder = plain();
        String first = pack(folder).sha256();
        for (String leftover : List.of("hub/.DS_Store", "hub/routes/read-readings.camel.yaml~", "hub/routes/.x.camel.yaml.swp",
                "hub/routes/old.camel.yaml.bak")) {
            Files.writeString(folder.resolve(leftover), "left over");
        }
        Files.setLastModifiedTime(folder.resolve("hub/plugin.yaml"), java.nio.file.attribute.FileTime.fromMillis(0));
        assertThat(pack(folder).sha256()).isEqualTo(first);
    }

    @Test
    void javaIsCompiledAndImportsWhatItUsesOfTheHub() throws IOException {
        PackedPlugin packed = pack(java());
        try (JarFile jar = new JarFile(packed.file().toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Import-Package").split(",(?=[a-z])"))
                    .hasSize(4).contains("com.fasterxml.jackson.databind", "com.fasterxml.jackson.databind.node", "org.apache.camel")
                    .anyMatch(i -> i.matches("org\\.yuzui\\.spi;version=\"\\[\\d+\\.\\d+,\\d+\\)\""));
            assertThat(jar.getEntry("org/yuzui/plugin/energymeters/ReadingCodec.class")).isNotNull();
        }
    }

    @Test
    void theVersionComesFromThePom() throws IOException {
        Path folder = java();
        change(folder.resolve("hub/plugin.yaml"), "\"0.1.0\"", "\"${project.version}\"");
        change(folder.resolve("pom.xml"), "<version>0.1.0</version>\n  <name>", "<version>2.3.4</version>\n  <name>");
        assertThat(pack(folder).descriptor().version()).isEqualTo("2.3.4");
    }

    @Test
    void withoutAPomTheVersionMustBeWritten() throws IOException {
        Path folder = plain();
        change(folder.resolve("hub/plugin.yaml"), "\"0.1.0\"", "\"${project.version}\"");
        assertThatThrownBy(() -> pack(folder)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().sentence()).startsWith("hub/plugin.yaml:3 version:").contains("There is no pom.xml"));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsPlace() throws IOException {
        Path folder = plain();
        change(folder.resolve("hub/plugin.yaml"), "consumes", "consums");
        change(folder.resolve("hub/settings.schema.json"), "\"type\": \"string\", \"minLength\": 1, \"default\": \"in/",
                "\"type\": \"strin\", \"minLength\": 1, \"default\": \"in/");
        change(folder.resolve("hub/contracts/energy-meters.reading.v1.schema.json"), "x-key", "x-keyy");
        change(folder.resolve("hub/routes/read-readings.camel.yaml"), "doTry", "doTrry");
        change(folder.resolve("hub/routes/forward-readings.camel.yaml"), "file:{{outbox}}", "fiile:{{outbx}}");
        Files.createDirectories(folder.resolve("hub/schedules"));
        Files.writeString(folder.resolve("hub/schedules/nightly.schedule.yaml"), "title: Nightly\ncron: 'every night'\n");
        Files.createDirectories(folder.resolve("hub/reports"));
        Files.writeString(folder.resolve("hub/reports/daily.form.yaml"), "title: Daily\nperiod: decade\n");
        Files.writeString(folder.resolve("hub/routes/other.yaml"), "");
        assertThat(places(folder)).containsExactlyInAnyOrder(
                "hub/plugin.yaml:8 consums",
                "hub/settings.schema.json /properties/inbox/type",
                "hub/contracts/energy-meters.reading.v1.schema.json:6 x-keyy",
                "hub/schedules/nightly.schedule.yaml:2 cron",
                "hub/reports/daily.form.yaml:2 period",
                "hub/routes/other.yaml",
                "hub/routes/read-readings.camel.yaml:13",
                "hub/routes/forward-readings.camel.yaml:12",
                "hub/routes/forward-readings.camel.yaml:12");
    }

    @Test
    void aContractThatNobodyDeclaredIsNamedWithItsLine() throws IOException {
        Path folder = plain();
        change(folder.resolve("hub/routes/forward-readings.camel.yaml"), "record:energy-meters.reading.v1?", "record:his.visit.v1?");
        assertThat(new PluginPacker(PluginFolder.of(folder), CLOCK).check()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("not-declared");
            assertThat(p.place()).isEqualTo("hub/routes/forward-readings.camel.yaml:6");
        });
    }

    @Test
    void javacsErrorsAreShownWithFileAndLine() throws IOException {
        Path folder = java();
        Path source = folder.resolve("src/main/java/org/yuzui/plugin/energymeters/ReadingCodec.java");
        change(source, "settings.text(", "settings.txt(");
        assertThat(new PluginPacker(PluginFolder.of(folder), CLOCK).check()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("does-not-compile");
            assertThat(p.place()).matches("src/main/java/org/yuzui/plugin/energymeters/ReadingCodec.java:\\d+");
            assertThat(p.message()).contains("txt");
        });
    }

    @Test
    void aBeansClassThatIsNotThereIsNamed() throws IOException {
        Path folder = java();
        change(folder.resolve("hub/routes/read-readings.camel.yaml"), ".ReadingCodec", ".ReadingCoddec");
        assertThat(places(folder)).containsExactly("hub/routes/read-readings.camel.yaml:5");
    }

    @Test
    void librariesAreEmbedded() throws IOException {
        Path folder = java();
        Path jar = pack(plain()).file();
        Files.createDirectories(folder.resolve("lib"));
        Files.copy(jar, folder.resolve("lib/other.jar"));
        try (JarFile packed = new JarFile(pack(folder).file().toFile())) {
            assertThat(packed.getManifest().getMainAttributes().getValue("Bundle-ClassPath")).isEqualTo(".,lib/other.jar");
            assertThat(packed.getEntry("lib/other.jar")).isNotNull();
        }
    }

    @Test
    void aFolderThatIsNoPluginIsSaidToBeNone() {
        assertThatThrownBy(() -> PluginFolder.of(temp)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().code()).isEqualTo("no-plugin-folder"));
    }

    @Test
    void anExistingFolderIsNotWrittenOver() {
        Path folder = plain();
        assertThatThrownBy(() -> new PluginTemplate("x", null, null, false).writeTo(folder))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("folder-not-empty"));
        assertThatThrownBy(() -> new PluginTemplate("My_System", null, null, false))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("bad-plugin-id"));
    }
}
