package org.yuzui.container;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.container.PluginEvent.Outcome;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.container.Patience.await;

/** One version takes the place of another: whole or not at all, at whichever step it goes wrong. */
class SwitchTest {

    private HubUnderTest hub;

    @BeforeEach
    void startWithOneVersion(@TempDir Path home) {
        hub = new HubUnderTest(home);
        PluginJar.of("his", "0.1.0").copyTo(hub.jar("his.jar"));
        hub.start();
        hub.diary.clear();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void theNewOneIsBuiltBesideTheOldWhichIsQuietBeforeTheNewOneStarts() throws IOException {
        PluginEvent event = hub.installs(PluginJar.of("his", "0.2.0"), "his-0.2.0.jar");

        assertThat(hub.diary).containsExactly("+ contracts of his 0.2.0", "+ routes of his 0.2.0",
                "| routes of his 0.1.0", "| contracts of his 0.1.0", "> contracts of his 0.2.0", "> routes of his 0.2.0",
                "- routes of his 0.1.0", "- contracts of his 0.1.0");
        assertThat(event).returns(PluginAction.UPDATE, PluginEvent::action).returns("0.1.0", PluginEvent::fromVersion)
                .returns("0.2.0", PluginEvent::toVersion).returns(Outcome.DONE, PluginEvent::outcome)
                .returns("tester", PluginEvent::who).returns("api", PluginEvent::door);
        assertThat(event.paused()).isPositive().isLessThan(event.took());
        assertThat(hub.status("his")).returns("0.2.0", PluginStatus::version).returns(PluginState.RUNNING, PluginStatus::state);
        assertThat(hub.folder()).containsExactly("his-0.2.0.jar");
        assertThat(hub.plugins().event(event.number()).orElseThrow()).isEqualTo(event);
        assertThat(event.plan().toVersion()).isEqualTo("0.2.0");
    }

    @Test
    void theStatesAreToldInOrderAndTheOldVersionRetiresOnce() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        hub.plugins().listen(s -> heard.add(s.version() + " " + s.state()));

        hub.installs(PluginJar.of("his", "0.2.0"), "his.jar");

        assertThat(heard).containsExactly("0.2.0 STARTING", "0.1.0 RETIRED", "0.2.0 RUNNING");
    }

    @Test
    void aVersionWhoseStartFailsGivesWayToTheOneBefore() {
        hub.routes.onStart(p -> failIn(p.descriptor().version(), "0.2.0"));

        assertThatThrownBy(() -> hub.installs(PluginJar.of("his", "0.2.0"), "his-0.2.0.jar"))
                .isInstanceOf(ProblemException.class).hasMessage("his-0.2.0.jar!HUB-INF/routes: The port is taken.");

        assertThat(hub.diary).containsExactly("+ contracts of his 0.2.0", "+ routes of his 0.2.0",
                "| routes of his 0.1.0", "| contracts of his 0.1.0", "> contracts of his 0.2.0",
                "- routes of his 0.2.0", "- contracts of his 0.2.0", "> contracts of his 0.1.0", "> routes of his 0.1.0");
        PluginEvent last = hub.plugins().history("his", null, 1).get(0);
        assertThat(last).returns(Outcome.FAILED, PluginEvent::outcome).returns(null, PluginEvent::plan);
        assertThat(last.problem().code()).isEqualTo("port-in-use");
        assertThat(last.paused()).isPositive();
        assertThat(hub.status("his")).returns("0.1.0", PluginStatus::version).returns(PluginState.RUNNING, PluginStatus::state)
                .returns(null, PluginStatus::problem);
    }

    @Test
    @Timeout(300)
    void aVersionThatDoesNotGetQuietInTimeStays() throws IOException {
        CountDownLatch stuck = new CountDownLatch(1);
        hub.close();
        hub.with(s -> s.withDrain(Duration.ofMillis(200))).start();
        hub.routes.onQuiesce(p -> stuck.await());
        hub.diary.clear();

        assertThatThrownBy(() -> hub.installs(PluginJar.of("his", "0.2.0"), "his-0.2.0.jar")).hasMessage("his.jar!HUB-INF/routes: "
                + "What runs did not come to its end within 0.2 s. Look for what it waits for, or give it more time with "
                + "plugins.drain in config/hub.yaml.");

        assertThat(hub.diary).containsExactly("+ contracts of his 0.2.0", "+ routes of his 0.2.0", "| routes of his 0.1.0",
                "- routes of his 0.2.0", "- contracts of his 0.2.0", "> contracts of his 0.1.0", "> routes of his 0.1.0");
        hub.does(new PluginRequest.Stop("his"));
        assertThat(hub.status("his").state()).isEqualTo(PluginState.STOPPED);
        stuck.countDown();
    }

    @Test
    void aDatabaseThatIsAwayAtTheCommitUndoesTheSwitch() throws IOException {
        hub.routes.onStart(p -> {
            if (p.descriptor().version().equals("0.2.0")) {
                hub.store.goAway();
            }
        });

        assertThatThrownBy(() -> hub.installs(PluginJar.of("his", "0.2.0"), "his-0.2.0.jar"))
                .hasMessageContaining("the database is away");

        assertThat(hub.status("his")).returns("0.1.0", PluginStatus::version).returns(PluginState.RUNNING, PluginStatus::state);
        assertThat(hub.diary).endsWith("- routes of his 0.2.0", "- contracts of his 0.2.0", "> contracts of his 0.1.0",
                "> routes of his 0.1.0");
        hub.store.comeBack();
        hub.routes.forget();
        hub.installs(PluginJar.of("his", "0.3.0"), "his-0.3.0.jar");
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.1.0 DONE", "UPDATE 0.1.0>0.2.0 FAILED",
                "UPDATE 0.1.0>0.3.0 DONE");
    }

    @Test
    void nothingBeginsWhileTheDatabaseIsAwayAndADroppedJarWaitsForIt() {
        hub.store.goAway();
        PluginJar.of("his", "0.2.0").copyTo(hub.jar("his.jar"));
        hub.awaitProblem("his", "journal-unavailable");
        assertThat(hub.status("his").version()).isEqualTo("0.1.0");

        hub.store.comeBack();

        hub.awaitRunning("his", "0.2.0");
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.1.0 DONE", "UPDATE 0.1.0>0.2.0 DONE");
    }

    @Test
    void theSameContentAgainIsNoEvent() throws IOException {
        hub.diary.clear();

        PluginEvent event = hub.installs(PluginJar.of("his", "0.1.0"), "again.jar");

        assertThat(event).returns(PluginAction.INSTALL, PluginEvent::action).returns("his.jar", PluginEvent::file);
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.1.0 DONE");
        assertThat(hub.diary).isEmpty();
        assertThat(hub.folder()).containsExactly("his.jar");
    }

    @Test
    void aPlanChangesNothing() throws IOException {
        Path jar = PluginJar.of("his", "0.2.0").copyTo(hub.config.resolve("elsewhere.jar"));

        PluginPlan plan = hub.plugins().plan(new PluginRequest.Install(jar, "his-0.2.0.jar", null));

        assertThat(plan).returns(PluginAction.UPDATE, PluginPlan::action).returns("0.1.0", PluginPlan::fromVersion)
                .returns("0.2.0", PluginPlan::toVersion).returns(List.of(), PluginPlan::problems);
        assertThat(hub.plugins().plan(new PluginRequest.Install(jar, "his-0.2.0.jar", null)).id()).isEqualTo(plan.id());
        assertThat(hub.diary).isEmpty();
        assertThat(hub.history("his")).hasSize(1);
        PluginJar.of("his", "0.2.0").header("Import-Package", "com.example").copyTo(jar);
        assertThat(hub.plugins().plan(new PluginRequest.Install(jar, "his-0.2.0.jar", null)).problems())
                .extracting(Problem::code).containsExactly("missing-package");
    }

    @Test
    void troublesAreShownAndGoAwayByThemselves() {
        List<String> heard = new CopyOnWriteArrayList<>();
        hub.plugins().listen(s -> heard.add(s.state() + (s.problem() == null ? "" : " " + s.problem().sentence())));

        hub.routes.troubled("his", new Problem("unreachable", "receive-visit", "The HIS can't be reached.", null));
        hub.routes.troubled("his");

        assertThat(heard).containsExactly("DEGRADED receive-visit: The HIS can't be reached.", "RUNNING");
    }

    @Test
    void changesFromSeveralThreadsComeOneAfterTheOther() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        for (int t = 0; t < 4; t++) {
            Path jar = PluginJar.of("his", "1." + t + ".0").copyTo(hub.config.resolve("jar" + t));
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 5; i++) {
                    hub.plugins().plan(new PluginRequest.Install(jar, "his.jar", null));
                    hub.does(new PluginRequest.Install(jar, "his.jar", null));
                }
            });
            thread.setUncaughtExceptionHandler((x, e) -> thrown.add(e));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(thrown).isEmpty();
        assertThat(hub.diary.stream().filter(l -> l.startsWith(">")).count())
                .isEqualTo(hub.diary.stream().filter(l -> l.startsWith("|")).count());
        String running = null;
        for (String line : hub.diary) { // never two at once
            if (line.startsWith("> routes")) {
                assertThat(running).isNull();
                running = line;
            } else if (line.startsWith("| routes")) {
                running = null;
            }
        }
        await().untilAsserted(() -> assertThat(hub.folder()).hasSize(1));
    }

    private static void failIn(String version, String wrong) {
        if (version.equals(wrong)) {
            throw new PluginException(Problem.of("port-in-use", "The port is taken."));
        }
    }
}
