package org.yuzui.container;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.container.Patience.await;

/** The settings of plugins in a running hub. */
class SettingsTest {

    private static final String SCHEMA = """
            {"type": "object",
             "properties": {"listen": {"type": "object", "properties": {
                "host": {"type": "string", "default": "127.0.0.1"},
                "port": {"type": "integer", "default": 2575, "maximum": 65535}}}}}
            """;

    private HubUnderTest hub;

    @BeforeEach
    void prepare(@TempDir Path home) {
        hub = new HubUnderTest(home);
        PluginJar.of("his", "0.1.0").entry("HUB-INF/settings.schema.json", SCHEMA).copyTo(hub.jar("his.jar"));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void withoutAFileTheDefaultsHold() {
        hub.start();

        assertThat(settings().flat()).containsExactly(Map.entry("listen.host", "127.0.0.1"),
                Map.entry("listen.port", "2575"));
    }

    @Test
    void aChangeSwitchesJustThePartsOfThatPluginThatReadSettings() throws IOException {
        hub.contracts.withoutSettings();
        PluginJar.of("hr", "0.1.0").copyTo(hub.jar("hr.jar"));
        hub.settings("his", "listen: {port: 2576}").start();
        assertThat(settings().number("listen.port", 0)).isEqualTo(2576);
        hub.diary.clear();

        hub.settings("his", "listen: {port: 2577}");
        await().until(() -> settings().number("listen.port", 0) == 2577);
        hub.awaitRunning("his", "0.1.0");
        Files.delete(hub.config.resolve("his.yaml"));
        await().until(() -> settings().number("listen.port", 0) == 2575);
        hub.awaitRunning("his", "0.1.0");

        assertThat(hub.diary).containsExactly(
                "+ routes of his 0.1.0", "| routes of his 0.1.0", "> routes of his 0.1.0", "- routes of his 0.1.0",
                "+ routes of his 0.1.0", "| routes of his 0.1.0", "> routes of his 0.1.0", "- routes of his 0.1.0");
        assertThat(hub.history("his")).containsExactly("INSTALL null>0.1.0 DONE", "CONFIGURE 0.1.0>0.1.0 DONE",
                "CONFIGURE 0.1.0>0.1.0 DONE");
    }

    @Test
    void whatChangesNoValueRedeploysNothing() throws IOException {
        hub.settings("his", "listen: {port: 2576}").start();
        hub.diary.clear();

        hub.settings("his", "# the port of the hospitals\nlisten:\n  host: 127.0.0.1\n  port: 2576\n");
        PluginJar.of("marker", "1.0.0").copyTo(hub.jar("marker.jar"));
        hub.awaitRunning("marker", "1.0.0");

        assertThat(hub.diary).containsExactly("+ contracts of marker 1.0.0", "+ routes of marker 1.0.0",
                "> contracts of marker 1.0.0", "> routes of marker 1.0.0");
    }

    @Test
    void aBrokenChangeIsReportedAndThePluginGoesOnAsItWas() throws IOException {
        hub.settings("his", "listen: {port: 2576}").start();
        hub.diary.clear();

        hub.settings("his", "listen:\n  prot: 2577\n");

        assertThat(hub.awaitProblem("his", "unknown-key").sentence())
                .isEqualTo("config/plugins/his.yaml:2 listen.prot: The key 'prot' is not known. Did you mean 'port'?");
        assertThat(hub.status("his").state()).isEqualTo(PluginState.RUNNING);
        assertThat(hub.diary).isEmpty();

        hub.settings("his", "listen:\n  port: 2577\n");
        hub.awaitRunning("his", "0.1.0");
        assertThat(settings().number("listen.port", 0)).isEqualTo(2577);
    }

    @Test
    void settingsThatThePartsDoNotTakeLeaveWhatRunsUntouched() throws IOException {
        hub.settings("his", "listen: {port: 2576}").start();
        hub.diary.clear();
        hub.routes.onDeploy(p -> {
            if (p.settings().number("listen.port", 0) == 80) {
                throw new PluginException(Problem.of("port-in-use", "The port is taken."));
            }
        });

        hub.settings("his", "listen: {port: 80}");

        hub.awaitProblem("his", "port-in-use");
        assertThat(hub.status("his").state()).isEqualTo(PluginState.RUNNING);
        assertThat(hub.diary).containsExactly("+ contracts of his 0.1.0", "- contracts of his 0.1.0");
    }

    @Test
    void aPluginThatFailedForItsSettingsStartsWhenTheyAreMended() throws IOException {
        hub.settings("his", "listen: {port: 99999}").start();
        assertThat(hub.status("his")).returns(PluginState.FAILED, PluginStatus::state);
        assertThat(hub.status("his").problem().sentence())
                .isEqualTo("config/plugins/his.yaml:1 listen.port: The value must have a maximum value of 65535.");

        hub.settings("his", "listen: {port: 9999}");

        hub.awaitRunning("his", "0.1.0");
    }

    @Test
    void aPluginWithoutASchemaTakesNoSettings() throws IOException {
        PluginJar.of("hr", "0.1.0").copyTo(hub.jar("hr.jar"));
        hub.settings("hr", "a: 1").start();

        assertThat(hub.status("hr").problem().sentence())
                .isEqualTo("config/plugins/hr.yaml:1 a: The plugin has no settings. Remove the file.");
    }

    private Settings settings() {
        return hub.routes.seen.get("his").settings();
    }
}
