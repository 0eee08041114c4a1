package org.yuzui.container;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.container.Patience.await;

/** What goes wrong while parts come up and go down, and what is left running then. */
class RollbackTest {

    private HubUnderTest hub;

    @BeforeEach
    void prepare(@TempDir Path home) {
        hub = new HubUnderTest(home);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aVersionThatFailsGivesWayToTheOneBefore() {
        failRoutesOf("0.2.0");
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();
        hub.diary.clear();

        PluginJar.of("his", "0.2.0").copyTo(hub.jar("his.jar"));

        Problem problem = hub.awaitProblem("his", "port-in-use");
        assertThat(problem.place()).isEqualTo("his.jar!HUB-INF/routes");
        assertThat(hub.status("his")).returns(PluginState.RUNNING, PluginStatus::state).returns("0.1.0", PluginStatus::version);
        assertThat(hub.diary).containsExactly("+ contracts of his 0.2.0", "- contracts of his 0.2.0");

        PluginJar.of("his", "0.3.0").copyTo(hub.jar("his.jar"));
        hub.awaitRunning("his", "0.3.0");
    }

    @Test
    void aVersionThatCannotEvenBeResolvedLeavesTheRunningOneUntouched() {
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();
        hub.diary.clear();

        PluginJar.of("his", "0.2.0").header("Import-Package", "com.example").copyTo(hub.jar("his-0.2.0.jar"));

        hub.awaitProblem("his", "missing-package");
        assertThat(hub.status("his")).returns(PluginState.RUNNING, PluginStatus::state).returns("0.1.0", PluginStatus::version);
        assertThat(hub.diary).isEmpty();
    }

    @Test
    void ofSeveralThatAreNewTheHighestVersionThatComesUpRuns() throws IOException {
        failRoutesOf("0.3.0");
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("a.jar"));
        PluginJar.of("his", "0.2.0").copyTo(hub.jar("b.jar"));
        PluginJar.of("his", "0.3.0").copyTo(hub.jar("c.jar"));

        hub.start();

        hub.awaitProblem("his", "port-in-use");
        assertThat(hub.status("his")).returns(PluginState.RUNNING, PluginStatus::state).returns("0.2.0", PluginStatus::version);
        Files.delete(hub.jar("c.jar"));
        hub.awaitRunning("his", "0.2.0");
        assertThat(hub.diary).containsExactly("+ contracts of his 0.3.0", "- contracts of his 0.3.0",
                "+ contracts of his 0.2.0", "+ routes of his 0.2.0", "> contracts of his 0.2.0", "> routes of his 0.2.0");
    }

    @Test
    void whenTheOldOneDoesNotComeBackEitherBothReasonsAreTold() {
        AtomicBoolean broken = new AtomicBoolean();
        hub.routes.onStart(p -> {
            if (broken.get()) {
                throw new PluginException(Problem.of("port-in-use", "The port is taken by " + p.descriptor().version() + "."));
            }
        });
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        PluginJar.of("hr", "0.1.0").copyTo(hub.jar("hr.jar"));
        hub.start();
        broken.set(true);

        PluginJar.of("his", "0.2.0").copyTo(hub.jar("his.jar"));

        assertThat(hub.awaitProblem("his", "port-in-use").message()).isEqualTo("The port is taken by 0.2.0. And what ran before "
                + "did not come back: his.jar!HUB-INF/routes: The port is taken by 0.1.0.");
        assertThat(hub.status("his").state()).isEqualTo(PluginState.FAILED);
        assertThat(hub.status("hr").state()).isEqualTo(PluginState.RUNNING);
    }

    @Test
    void aPartThatThrowsWhenClosedDoesNotKeepTheOthersUp() throws IOException {
        hub.routes.onClose(p -> {
            throw new IllegalStateException("not in the mood");
        });
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();
        hub.diary.clear();

        Files.delete(hub.jar("his.jar"));

        hub.awaitGone("his");
        assertThat(hub.diary).containsExactly("| routes of his 0.1.0", "| contracts of his 0.1.0",
                "- routes of his 0.1.0", "- contracts of his 0.1.0");
    }

    @Test
    @Timeout(300)
    void aPluginThatBlocksIsGivenUpAndWhatItBringsUpLateIsUndone() {
        CountDownLatch stuck = new CountDownLatch(1);
        hub.with(s -> s.withPatience(Duration.ofSeconds(5)));
        hub.routes.onDeploy(p -> {
            if (p.descriptor().id().equals("blocker")) {
                awaitWhateverHappens(stuck);
            }
        });
        PluginJar.of("blocker", "0.1.0").copyTo(hub.jar("a.jar"));
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));

        hub.start();

        assertThat(hub.status("blocker").problem().code()).isEqualTo("too-slow");
        assertThat(hub.status("his").state()).isEqualTo(PluginState.RUNNING);
        hub.diary.clear();
        stuck.countDown();
        await().untilAsserted(() -> assertThat(hub.diary)
                .containsExactly("+ routes of blocker 0.1.0", "- routes of blocker 0.1.0"));
    }

    @Test
    @Timeout(300)
    void closingDoesNotWaitForAPluginThatNeverComesUp() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        hub.start();
        hub.routes.onDeploy(p -> {
            reached.countDown();
            awaitWhateverHappens(stuck);
        });
        PluginJar.of("blocker", "0.1.0").copyTo(hub.jar("a.jar"));
        reached.await();

        hub.close();

        assertThat(stuck.getCount()).isEqualTo(1);
        stuck.countDown();
    }

    @Test
    @Timeout(300)
    void closingDoesNotWaitForAPluginThatNeverGoesDown() {
        CountDownLatch stuck = new CountDownLatch(1);
        hub.with(s -> s.withPatience(Duration.ofSeconds(5)));
        hub.routes.onClose(p -> awaitWhateverHappens(stuck));
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();

        hub.close();

        assertThat(hub.diary).endsWith("- routes of his 0.1.0", "- contracts of his 0.1.0");
        stuck.countDown();
    }

    private void failRoutesOf(String version) {
        hub.routes.onDeploy(p -> {
            if (p.descriptor().version().equals(version)) {
                throw new PluginException(Problem.of("port-in-use", "The port is taken."));
            }
        });
    }

    /** As bad code does: an interrupt changes nothing. */
    private static void awaitWhateverHappens(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException e) {
                open = latch.getCount() == 0;
            }
        }
    }
}
