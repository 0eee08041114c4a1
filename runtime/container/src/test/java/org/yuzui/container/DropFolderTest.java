package org.yuzui.container;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.container.Patience.await;

class DropFolderTest {

    private HubUnderTest hub;

    @BeforeEach
    void prepare(@TempDir Path home) {
        // A path that a careless URL would not survive.
        hub = new HubUnderTest(home.resolve("鱼 嘴+1%20"));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void whatLiesInTheFolderRunsWhenStartReturns() {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his-0.1.0.jar"));
        PluginJar.of("finance", "1.2.3").copyTo(hub.jar("finance.jar"));

        hub.start();

        assertThat(hub.plugins().list()).extracting(PluginStatus::id).containsExactly("finance", "his");
        assertThat(hub.plugins().list()).extracting(PluginStatus::state).containsOnly(PluginState.RUNNING);
        assertThat(hub.status("his").origin()).isEqualTo("his-0.1.0.jar");
        assertThat(hub.diary).containsExactly("+ contracts of finance 1.2.3", "+ routes of finance 1.2.3",
                "> contracts of finance 1.2.3", "> routes of finance 1.2.3", "+ contracts of his 0.1.0", "+ routes of his 0.1.0",
                "> contracts of his 0.1.0", "> routes of his 0.1.0");
    }

    @Test
    void closingUndoesEverythingInReverseAndLeavesTheJars() {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        PluginJar.of("finance", "1.2.3").copyTo(hub.jar("finance.jar"));
        hub.start();
        hub.diary.clear();

        hub.close();

        assertThat(hub.diary).containsExactly("| routes of his 0.1.0", "| contracts of his 0.1.0",
                "- routes of his 0.1.0", "- contracts of his 0.1.0", "| routes of finance 1.2.3", "| contracts of finance 1.2.3",
                "- routes of finance 1.2.3", "- contracts of finance 1.2.3");
        assertThat(hub.jar("his.jar")).exists();
        assertThat(hub.status("his").state()).isEqualTo(PluginState.STOPPED);
    }

    @Test
    void aSecondStartFindsTheSameAgain() {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start().close();

        hub.start();

        hub.awaitRunning("his", "0.1.0");
    }

    @Test
    void jarsAreTakenInUpdatedAndRemovedWhileTheHubRuns() throws IOException {
        hub.start();

        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.awaitRunning("his", "0.1.0");

        PluginJar.of("his", "0.2.0").copyTo(hub.jar("his.jar"));
        hub.awaitRunning("his", "0.2.0");

        PluginJar.of("his", "0.3.0").renameTo(hub.jar("his.jar"));
        hub.awaitRunning("his", "0.3.0");

        PluginJar.of("his", "0.4.0").copyTo(hub.jar("his-0.4.0.jar"));
        hub.awaitRunning("his", "0.4.0");

        await().until(() -> hub.folder().equals(List.of("his-0.4.0.jar")));
        Files.delete(hub.jar("his-0.4.0.jar"));
        hub.awaitGone("his");
        List<String> expected = new ArrayList<>(List.of("+ contracts of his 0.1.0", "+ routes of his 0.1.0",
                "> contracts of his 0.1.0", "> routes of his 0.1.0"));
        for (int i = 1; i < 4; i++) {
            String old = " of his 0." + i + ".0";
            String next = " of his 0." + (i + 1) + ".0";
            expected.addAll(List.of("+ contracts" + next, "+ routes" + next, "| routes" + old, "| contracts" + old,
                    "> contracts" + next, "> routes" + next, "- routes" + old, "- contracts" + old));
        }
        expected.addAll(List.of("| routes of his 0.4.0", "| contracts of his 0.4.0", "- routes of his 0.4.0",
                "- contracts of his 0.4.0"));
        assertThat(hub.diary).containsExactlyElementsOf(expected);
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.1.0 DONE", "UPDATE 0.1.0>0.2.0 DONE",
                "UPDATE 0.2.0>0.3.0 DONE", "UPDATE 0.3.0>0.4.0 DONE", "REMOVE 0.4.0>null DONE");
    }

    @Test
    void twoQuickDropsEndWithTheLastOne() throws IOException {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();

        PluginJar.of("his", "0.2.0").renameTo(hub.jar("his.jar"));
        PluginJar.of("his", "0.3.0").renameTo(hub.jar("his.jar"));

        hub.awaitRunning("his", "0.3.0");
        assertThat(hub.folder()).containsExactly("his.jar");
    }

    @Test
    void aLowerVersionBesideAHigherOneIsNotTakenAndOneInItsPlaceIs() throws IOException {
        PluginJar.of("his", "0.2.0").copyTo(hub.jar("his.jar"));
        hub.start();

        PluginJar.of("his", "0.1.0").copyTo(hub.jar("old.jar"));
        assertThat(hub.awaitProblem("old.jar", "superseded").message()).isEqualTo("The hub has version 0.2.0 of the plugin 'his', "
                + "which goes before this one, 0.1.0.");
        assertThat(hub.status("his").version()).isEqualTo("0.2.0");

        PluginJar.of("his", "0.1.5").renameTo(hub.jar("his.jar"));
        hub.awaitRunning("his", "0.1.5");
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.2.0 DONE", "UPDATE 0.2.0>0.1.5 DONE");
    }

    @Test
    void aRefusedJarStaysAsItWasPutAndIsNotTriedAgainByARestart() throws IOException {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();
        PluginJar.of("his", "0.2.0").header("Import-Package", "com.example").copyTo(hub.jar("his-0.2.0.jar"));
        hub.awaitProblem("his", "missing-package");
        hub.close();

        hub.start();

        hub.awaitProblem("his", "missing-package");
        assertThat(hub.status("his")).returns("0.1.0", PluginStatus::version).returns(PluginState.RUNNING, PluginStatus::state);
        assertThat(hub.folder()).containsExactly("his-0.2.0.jar", "his.jar");
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.1.0 DONE", "UPDATE 0.1.0>0.2.0 FAILED");
    }

    @Test
    void aRunningVersionWhoseFileWasWrittenOverWithARefusedOneGetsItsFileBack() throws IOException {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();
        PluginJar.of("his", "0.2.0").header("Import-Package", "com.example").copyTo(hub.jar("his.jar"));
        hub.awaitProblem("his", "missing-package");

        Files.delete(hub.jar("his.jar"));

        hub.awaitRunning("his", "0.1.0");
        await().until(() -> hub.folder().equals(List.of("his.jar")));
        assertThat(hub.jar("his.jar")).hasBinaryContent(PluginJar.of("his", "0.1.0").bytes());
    }

    @Test
    void newContentUnderTheSameVersionIsAnUpdateToo() {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();

        PluginJar.of("his", "0.1.0").entry("HUB-INF/routes/a.camel.yaml", "- route: {}").copyTo(hub.jar("his.jar"));

        await().until(() -> hub.routes.seen.get("his").files("routes", ".camel.yaml").size() == 1);
        assertThat(hub.routes.seen.get("his").files("routes", ".camel.yaml")).singleElement().satisfies(file -> {
            assertThat(file.id()).isEqualTo("a");
            assertThat(file.path()).isEqualTo("his.jar!HUB-INF/routes/a.camel.yaml");
            assertThat(file.bytes()).asString().isEqualTo("- route: {}");
        });
    }

    @Test
    void touchingOrRenamingAJarDoesNotRedeployIt() throws IOException {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();
        hub.diary.clear();

        Files.setLastModifiedTime(hub.jar("his.jar"), FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        Files.move(hub.jar("his.jar"), hub.jar("hospital.jar"), StandardCopyOption.ATOMIC_MOVE);
        PluginJar.of("marker", "1.0.0").copyTo(hub.jar("marker.jar"));
        hub.awaitRunning("marker", "1.0.0");

        await().until(() -> hub.status("his").origin().equals("hospital.jar"));
        assertThat(hub.diary).containsExactly("+ contracts of marker 1.0.0", "+ routes of marker 1.0.0",
                "> contracts of marker 1.0.0", "> routes of marker 1.0.0");
    }

    @Test
    void aHalfCopiedJarWaitsForTheRest() throws IOException {
        hub.with(s -> s.withQuiet(Duration.ofHours(1))).start();
        byte[] bytes = PluginJar.of("his", "0.1.0").bytes();
        Path jar = hub.jar("his.jar");

        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
        PluginJar.of("marker", "1.0.0").copyTo(hub.jar("marker.jar"));
        hub.awaitRunning("marker", "1.0.0");
        assertThat(hub.plugins().list()).extracting(PluginStatus::id).containsExactly("marker");

        Files.write(jar, Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length), StandardOpenOption.APPEND);
        hub.awaitRunning("his", "0.1.0");
    }

    @Test
    void aJarThatStaysHalfIsReportedAndLeavesTheRunningVersionAlone() throws IOException {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.hasty().start();
        byte[] bytes = PluginJar.of("his", "0.2.0").bytes();
        hub.diary.clear();

        Files.write(hub.jar("his.jar"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.write(hub.jar("other.jar"), Arrays.copyOf(bytes, bytes.length / 2));

        Problem problem = hub.awaitProblem("his", "unreadable-jar");
        assertThat(problem.place()).isEqualTo("his.jar");
        assertThat(hub.status("his")).returns("0.1.0", PluginStatus::version).returns(PluginState.RUNNING, PluginStatus::state);
        hub.awaitProblem("other.jar", "unreadable-jar");
        assertThat(hub.status("other.jar").state()).isEqualTo(PluginState.FAILED);
        assertThat(hub.diary).isEmpty();

        Files.write(hub.jar("his.jar"), bytes);
        hub.awaitRunning("his", "0.2.0");
    }

    @Test
    void temporaryNamesAreNotLookedAt() throws IOException {
        hub.start();
        for (String name : List.of(".his.jar", "his.jar.part", "his.tmp", "readme.txt")) {
            PluginJar.of("his", "0.1.0").copyTo(hub.jar(name));
        }
        Files.createDirectory(hub.jar("folder.jar"));
        PluginJar.of("marker", "1.0.0").copyTo(hub.jar("marker.jar"));
        hub.awaitRunning("marker", "1.0.0");

        assertThat(hub.plugins().list()).extracting(PluginStatus::id).containsExactly("marker");
    }

    @Test
    void ofTwoJarsWithTheSameIdTheHigherVersionRuns() throws IOException {
        PluginJar.of("his", "0.10.0").copyTo(hub.jar("a.jar"));
        PluginJar.of("his", "0.9.0").copyTo(hub.jar("b.jar"));
        PluginJar.of("his", "0.10.0-rc.1").copyTo(hub.jar("c.jar"));

        hub.start();

        assertThat(hub.status("his").version()).isEqualTo("0.10.0");
        assertThat(hub.status("b.jar").problem().sentence()).isEqualTo("b.jar: a.jar brings version 0.10.0 of the plugin 'his', "
                + "which goes before this one, 0.9.0. Remove the file; or, to have this version run: yuzui plugin install "
                + "plugins/b.jar.");
        assertThat(hub.status("c.jar").state()).isEqualTo(PluginState.FAILED);

        Files.delete(hub.jar("a.jar"));
        hub.awaitRunning("his", "0.10.0-rc.1");
        Files.delete(hub.jar("c.jar"));
        hub.awaitRunning("his", "0.9.0");
        await().until(() -> hub.plugins().list().size() == 1);
    }

    @Test
    void listenersHearOfEveryStateUntilTheyAreClosed() throws IOException {
        hub.start();
        List<String> heard = new CopyOnWriteArrayList<>();
        hub.plugins().listen(s -> {
            throw new IllegalStateException("a listener of little care");
        });
        var registration = hub.plugins().listen(s -> heard.add(s.id() + " " + s.version() + " " + s.state()));

        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.awaitRunning("his", "0.1.0");
        Files.delete(hub.jar("his.jar"));
        await().until(() -> heard.contains("his 0.1.0 RETIRED"));
        registration.close();
        PluginJar.of("hr", "0.1.0").copyTo(hub.jar("hr.jar"));
        hub.awaitRunning("hr", "0.1.0");

        assertThat(heard).containsExactly("his 0.1.0 STAGED", "his 0.1.0 STARTING", "his 0.1.0 RUNNING", "his 0.1.0 RETIRED");
    }

    @Test
    void aFolderThatIsTakenAwayKeepsItsPluginsUntilItIsBack() throws IOException {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();
        Path aside = hub.drop.resolveSibling("aside");

        Files.move(hub.drop, aside);
        assertThat(hub.status("his").state()).isEqualTo(PluginState.RUNNING);
        Files.createDirectory(hub.drop);
        PluginJar.of("hr", "0.1.0").copyTo(hub.jar("hr.jar"));

        hub.awaitRunning("hr", "0.1.0");
        hub.awaitGone("his");
    }
}
