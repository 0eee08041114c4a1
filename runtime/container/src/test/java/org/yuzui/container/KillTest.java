package org.yuzui.container;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.container.Patience.await;

/** The hub ends in the middle of something: it is left standing at a step, and another one starts on its folders and rows. */
@Timeout(300)
class KillTest {

    enum Step { DEPLOY, QUIESCE, START, CLOSE_OLD }

    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private HubUnderTest hub;

    @BeforeEach
    void startWithOneVersion(@TempDir Path home) {
        hub = new HubUnderTest(home);
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his-0.1.0.jar"));
        hub.start();
    }

    @AfterEach
    void stop() {
        never.countDown();
        hub.close();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void inAnUpdateThroughTheApi(Step step) throws Exception {
        Plugins dead = hub.plugins();
        standAt(step);
        Path jar = PluginJar.of("his", "0.2.0").copyTo(hub.config.resolve("upload"));
        Thread caller = new Thread(() -> hub.does(new PluginRequest.Install(jar, "his-0.2.0.jar", null)));
        caller.setUncaughtExceptionHandler((t, e) -> { });
        caller.start();
        awaitReached();

        hub.startAfterKill();

        boolean through = step == Step.CLOSE_OLD;
        assertThat(hub.status("his")).returns(through ? "0.2.0" : "0.1.0", PluginStatus::version)
                .returns(PluginState.RUNNING, PluginStatus::state);
        assertThat(hub.diary.stream().filter(l -> l.startsWith(">")).toList())
                .isEqualTo(List.of("> contracts of his " + hub.status("his").version(), "> routes of his " + hub.status("his").version()));
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.1.0 DONE",
                "UPDATE 0.1.0>0.2.0 " + (through ? "DONE" : "INTERRUPTED"));
        assertThat(hub.folder()).containsExactly("his-" + hub.status("his").version() + ".jar");
        never.countDown();
        dead.close();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void inAnUpdateByTheDropFolderTheJarIsTakenAgain(Step step) throws Exception {
        Plugins dead = hub.plugins();
        standAt(step);
        PluginJar.of("his", "0.2.0").copyTo(hub.jar("his-0.2.0.jar"));
        awaitReached();

        hub.startAfterKill();

        hub.awaitRunning("his", "0.2.0");
        assertThat(hub.history("his")).startsWith("INSTALL null>0.1.0 DONE").endsWith("UPDATE 0.1.0>0.2.0 DONE")
                .hasSize(step == Step.CLOSE_OLD ? 2 : 3);
        await().until(() -> hub.folder().equals(List.of("his-0.2.0.jar")));
        never.countDown();
        dead.close();
    }

    @Test
    void betweenTheCommitOfARollbackAndTheTidyingOfTheFolder() throws Exception {
        hub.installs(PluginJar.of("his", "0.2.0"), "his-0.2.0.jar");
        Plugins dead = hub.plugins();
        standAt(Step.CLOSE_OLD);
        Thread caller = new Thread(() -> hub.does(new PluginRequest.Rollback("his", null)));
        caller.setUncaughtExceptionHandler((t, e) -> { });
        caller.start();
        reached.await();
        assertThat(hub.folder()).containsExactly("his-0.2.0.jar");

        hub.startAfterKill();

        assertThat(hub.status("his").version()).isEqualTo("0.1.0");
        assertThat(hub.folder()).containsExactly("his-0.1.0.jar");
        never.countDown();
        dead.close();
    }

    @Test
    void aRemovalThatWasCommittedStaysOne() throws Exception {
        Plugins dead = hub.plugins();
        standAt(Step.CLOSE_OLD);
        Thread caller = new Thread(() -> hub.does(new PluginRequest.Remove("his")));
        caller.setUncaughtExceptionHandler((t, e) -> { });
        caller.start();
        reached.await();

        hub.startAfterKill();

        assertThat(hub.status("his")).isNull();
        assertThat(hub.folder()).isEmpty();
        never.countDown();
        dead.close();
    }

    @Test
    void aWantedVersionThatDoesNotComeUpStaysWantedAndNothingElseTakesItsPlace() throws IOException {
        hub.installs(PluginJar.of("his", "0.2.0"), "his-0.2.0.jar");
        hub.close();
        hub.routes.onStart(p -> {
            throw new PluginException(Problem.of("port-in-use", "The port is taken."));
        });

        hub.start();

        assertThat(hub.status("his")).returns("0.2.0", PluginStatus::version).returns(PluginState.FAILED, PluginStatus::state);
        assertThat(hub.status("his").problem().code()).isEqualTo("port-in-use");
        assertThat(hub.folder()).containsExactly("his-0.2.0.jar");
        hub.routes.forget();
        hub.does(new PluginRequest.Start("his"));
        assertThat(hub.status("his")).returns("0.2.0", PluginStatus::version).returns(PluginState.RUNNING, PluginStatus::state);
    }

    @Test
    void whatWasChangedInTheFolderWhileTheHubWasDownIsTakenUp() throws IOException {
        PluginJar.of("hr", "1.0.0").copyTo(hub.jar("hr.jar"));
        hub.awaitRunning("hr", "1.0.0");
        hub.close();
        Files.delete(hub.jar("hr.jar"));
        PluginJar.of("his", "0.2.0").copyTo(hub.jar("his-0.1.0.jar"));

        hub.start();

        assertThat(hub.plugins().list()).singleElement().returns("0.2.0", PluginStatus::version);
        assertThat(hub.history("hr")).endsWith("REMOVE 1.0.0>null DONE");
    }

    private void awaitReached() throws InterruptedException {
        reached.await();
        await().until(() -> hub.history("his").size() == 2); // which is written beside
    }

    private void standAt(Step step) {
        RecordingPart.Behaviour stand = p -> {
            reached.countDown();
            never.await();
        };
        RecordingPart.Behaviour standInNew = p -> {
            if (p.descriptor().version().equals("0.2.0")) {
                stand.on(p);
            }
        };
        switch (step) {
            case DEPLOY -> hub.routes.onDeploy(standInNew);
            case QUIESCE -> hub.routes.onQuiesce(stand);
            case START -> hub.routes.onStart(standInNew);
            case CLOSE_OLD -> hub.routes.onClose(stand);
            default -> throw new IllegalArgumentException(step.name());
        }
    }
}
