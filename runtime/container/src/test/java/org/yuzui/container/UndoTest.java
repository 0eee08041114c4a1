package org.yuzui.container;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.container.Patience.await;

/** Going back, taking away, stopping and starting; and that a restart brings up what was wanted last. */
class UndoTest {

    private static final String SCHEMA = """
            {"type": "object", "properties": {"port": {"type": "integer", "default": 1}}}
            """;

    private HubUnderTest hub;

    @BeforeEach
    void startWithTwoVersionsOneAfterTheOther(@TempDir Path home) throws IOException {
        hub = new HubUnderTest(home).start();
        hub.installs(jar("0.1.0"), "his-0.1.0.jar");
        hub.installs(jar("0.2.0"), "his-0.2.0.jar");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static PluginJar jar(String version) {
        return PluginJar.of("his", version).entry("HUB-INF/settings.schema.json", SCHEMA);
    }

    @Test
    void aRollbackBringsBackTheVersionBeforeAndTheNextOneTheOther() throws IOException {
        hub.does(new PluginRequest.Rollback("his", null));
        assertThat(hub.status("his").version()).isEqualTo("0.1.0");
        assertThat(hub.folder()).containsExactly("his-0.1.0.jar");

        hub.does(new PluginRequest.Rollback("his", null));
        assertThat(hub.status("his").version()).isEqualTo("0.2.0");
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.1.0 DONE", "UPDATE 0.1.0>0.2.0 DONE",
                "ROLLBACK 0.2.0>0.1.0 DONE", "ROLLBACK 0.1.0>0.2.0 DONE");
    }

    @Test
    void aRollbackOutlastsARestartAlthoughItIsALowerVersion() {
        hub.does(new PluginRequest.Rollback("his", "0.1.0"));
        hub.close();

        hub.start();

        assertThat(hub.status("his")).returns("0.1.0", PluginStatus::version).returns(PluginState.RUNNING, PluginStatus::state);
        assertThat(hub.history("his")).hasSize(3);
    }

    @Test
    void theSettingsGoBackWithTheVersion() throws IOException {
        hub.settings("his", "port: 2");
        await().until(() -> hub.history("his").contains("CONFIGURE 0.2.0>0.2.0 DONE"));

        hub.does(new PluginRequest.Rollback("his", null));

        assertThat(port()).isEqualTo(1);
        assertThat(hub.config.resolve("his.yaml")).doesNotExist();
        hub.does(new PluginRequest.Rollback("his", null));
        assertThat(port()).isEqualTo(2);
        assertThat(hub.config.resolve("his.yaml")).hasContent("port: 2");
        hub.close();
        hub.start();
        assertThat(port()).isEqualTo(2);
        assertThat(hub.history("his")).hasSize(5);
    }

    @Test
    void earlierSettingsCanBeRestored() throws IOException {
        hub.settings("his", "port: 2");
        await().until(() -> hub.history("his").contains("CONFIGURE 0.2.0>0.2.0 DONE"));
        hub.settings("his", "port: 3");
        await().until(() -> port() == 3);

        PluginEvent event = hub.does(new PluginRequest.RestoreSettings("his", null));

        assertThat(port()).isEqualTo(2);
        assertThat(hub.config.resolve("his.yaml")).hasContent("port: 2");
        assertThat(event.settings()).isEqualTo(3);
        assertThat(hub.plugins().settings("his").revisions()).extracting(PluginSettings.Revision::number)
                .containsExactly(3L, 2L, 1L);
        assertThatThrownBy(() -> hub.does(new PluginRequest.RestoreSettings("his", 9L)))
                .hasMessageContaining("no revision 9");
    }

    @Test
    void theLastVersionsAreKeptAndThoseThatNeverRanGoFirst() throws IOException {
        hub.close();
        hub.with(s -> s.withKeep(3)).start();
        hub.routes.onStart(p -> {
            if (p.descriptor().version().equals("0.9.0")) {
                throw new PluginException(Problem.of("port-in-use", "The port is taken."));
            }
        });

        assertThatThrownBy(() -> hub.installs(jar("0.9.0"), "his-0.9.0.jar")).isInstanceOf(PluginException.class);
        assertThat(hub.plugins().versions("his")).extracting(KeptVersion::version).containsExactly("0.9.0", "0.2.0", "0.1.0");
        hub.installs(jar("0.3.0"), "his-0.3.0.jar");
        hub.installs(jar("0.4.0"), "his-0.4.0.jar");
        assertThat(hub.plugins().versions("his")).extracting(KeptVersion::version).containsExactly("0.4.0", "0.3.0", "0.2.0");

        hub.does(new PluginRequest.Rollback("his", "0.2.0"));
        hub.installs(jar("0.5.0"), "his-0.5.0.jar");
        assertThat(hub.plugins().versions("his")).extracting(KeptVersion::version).containsExactly("0.5.0", "0.2.0", "0.4.0");
        assertThatThrownBy(() -> hub.does(new PluginRequest.Rollback("his", "0.1.0")))
                .hasMessage("his: No version 0.1.0 of 'his' is kept. Kept are 0.5.0, 0.2.0, 0.4.0; any other must be installed "
                        + "from its jar.");
    }

    @Test
    void aRemovedPluginIsGoneAfterARestartTooAndCanBeBroughtBack() throws IOException {
        hub.does(new PluginRequest.Remove("his"));
        assertThat(hub.status("his")).isNull();
        assertThat(hub.folder()).isEmpty();
        hub.close();
        hub.start();
        assertThat(hub.status("his")).isNull();

        hub.does(new PluginRequest.Rollback("his", null));
        assertThat(hub.status("his").version()).isEqualTo("0.2.0");
        hub.does(new PluginRequest.Remove("his"));
        hub.installs(jar("0.1.0"), "his-0.1.0.jar");
        assertThat(hub.status("his").version()).isEqualTo("0.1.0");
        assertThatThrownBy(() -> hub.does(new PluginRequest.Remove("hr"))).hasMessageContaining("There is no plugin 'hr'.");
    }

    @Test
    void aStoppedPluginStaysStoppedUntilItIsStarted() {
        hub.does(new PluginRequest.Stop("his"));
        assertThat(hub.status("his").state()).isEqualTo(PluginState.STOPPED);
        assertThat(hub.status("his").problem().message()).startsWith("Stopped by tester at ");
        hub.close();
        hub.diary.clear();
        hub.start();
        assertThat(hub.status("his")).returns(PluginState.STOPPED, PluginStatus::state).returns("0.2.0", PluginStatus::version);
        assertThat(hub.diary).isEmpty();
        hub.does(new PluginRequest.Stop("his"));

        hub.does(new PluginRequest.Start("his"));

        assertThat(hub.status("his")).returns(PluginState.RUNNING, PluginStatus::state).returns(null, PluginStatus::problem);
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.1.0 DONE", "UPDATE 0.1.0>0.2.0 DONE", "STOP 0.2.0>0.2.0 DONE",
                "START 0.2.0>0.2.0 DONE");
    }

    @Test
    void theDropFolderMayBeEmptiedWhileTheHubIsDownWhenItHeldSeveral() throws IOException {
        hub.installs(PluginJar.of("hr", "1.0.0"), "hr.jar");
        hub.close();
        Files.delete(hub.jar("his-0.2.0.jar"));
        Files.delete(hub.jar("hr.jar"));

        hub.start();

        hub.awaitRunning("his", "0.2.0");
        hub.awaitRunning("hr", "1.0.0");
        assertThat(hub.folder()).containsExactly("his-0.2.0.jar", "hr.jar");
    }

    private int port() {
        return hub.routes.seen.get("his").settings().number("port", 0);
    }
}
