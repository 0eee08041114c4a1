package org.yuzui.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.container.PluginSettings.Revision;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.container.Patience.await;

/** What becomes of a plugin's settings file over changes, upgrades, ways back and restarts. */
class SettingsLifeTest {

    private static final Pattern SEALED = Pattern.compile("\"\\$\\{secret:v1:[^}]+}\"");
    private static final String FIRST = """
            {"properties": {
               "server": {"type": "object", "properties": {"port": {"type": "integer", "default": 2575, "maximum": 65535}}},
               "password": {"type": "string", "x-secret": true}}}
            """;
    private static final String SECOND = """
            {"properties": {
               "listen": {"type": "object", "x-was": ["server"], "properties": {"port": {"type": "integer", "default": 2575}}},
               "access": {"type": "object", "properties": {"password": {"type": "string", "x-secret": true, "x-was": ["password"]}}}}}
            """;

    private HubUnderTest hub;

    @BeforeEach
    void prepare(@TempDir Path home) {
        hub = new HubUnderTest(home);
        first().copyTo(hub.jar("his-0.1.0.jar"));
    }

    private static PluginJar first() {
        return PluginJar.of("his", "0.1.0").entry("HUB-INF/settings.schema.json", FIRST);
    }

    private static PluginJar second() {
        return PluginJar.of("his", "0.2.0").entry("HUB-INF/settings.schema.json", SECOND);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aPlainSecretIsSealedInItsPlaceAndTheFileIsOtherwiseAsItWas() throws IOException {
        hub.settings("his", "# mine\nserver: {port: 1}  # low\npassword: geheim1\n").start();

        assertThat(file()).isEqualTo("# mine\nserver: {port: 1}  # low\npassword: S\n");
        assertThat(settings().text("password")).hasValue("geheim1");
        hub.diary.clear();

        hub.settings("his", "server: {port: 1}\npassword: geheim2\n");
        await().until(() -> settings().text("password").orElse("").equals("geheim2"));
        await().until(() -> file().equals("server: {port: 1}\npassword: S\n"));
        String sealed = Files.readString(hub.config.resolve("his.yaml"));
        hub.diary.clear();
        hub.settings("his", "server: {port: 1}\npassword: geheim2\n");
        await().until(() -> Files.readString(hub.config.resolve("his.yaml")).equals(sealed));
        assertThat(hub.diary).as("the same secret again is no change").isEmpty();
        assertThat(view().revision()).isEqualTo(2);
        assertThat(view().toString()).doesNotContain("geheim");
    }

    @Test
    void aChangeIsPlannedDoneAndUndone() throws IOException {
        hub.settings("his", "# mine\nserver:\n  port: 1  # low\n").start();
        PluginRequest change = new PluginRequest.Configure("his", json("{\"server\": {\"port\": 2}, \"password\": \"geheim\"}"));

        PluginPlan plan = hub.plugins().plan(change);

        assertThat(plan.changes()).filteredOn(c -> c.kind().equals("settings"))
                .extracting(c -> c.action() + " " + c.id() + " " + c.details())
                .containsExactly("ADD password [***]", "CHANGE server.port [1 → 2]");
        assertThat(file()).isEqualTo("# mine\nserver:\n  port: 1  # low\n");

        PluginEvent done = hub.does(change);

        assertThat(done.outcome()).isEqualTo(PluginEvent.Outcome.DONE);
        assertThat(done.settings()).isEqualTo(2);
        assertThat(file()).isEqualTo("# mine\nserver:\n  port: 2  # low\npassword: S\n");
        assertThat(settings().number("server.port", 0)).isEqualTo(2);
        assertThat(settings().text("password")).hasValue("geheim");
        assertThat(hub.plugins().event(done.number()).toString()).doesNotContain("geheim");

        hub.does(new PluginRequest.RestoreSettings("his", null));

        assertThat(file()).isEqualTo("# mine\nserver:\n  port: 1  # low\n");
        assertThat(settings().text("password")).isEmpty();
        hub.does(new PluginRequest.RestoreSettings("his", 2L));
        assertThat(settings().text("password")).hasValue("geheim");
        assertThat(view().revisions()).extracting(Revision::number).startsWith(view().revision());
    }

    @Test
    void aChangeThatTheSchemaOrAPartRefusesLeavesTheFile() throws IOException {
        hub.settings("his", "server: {port: 1}\n").start();

        assertThat(refusal(json("{\"server\": {\"prot\": 2}}"))).isEqualTo("config/plugins/his.yaml:1 server.prot: "
                + "The key 'prot' is not known. Did you mean 'port'?");
        hub.routes.onDeploy(p -> {
            throw new PluginException(Problem.of("port-in-use", "The port is taken."));
        });
        assertThat(refusal(json("{\"server\": {\"port\": 80}}"))).contains("The port is taken.");

        assertThat(file()).isEqualTo("server: {port: 1}\n");
        assertThat(hub.status("his").state()).isEqualTo(PluginState.RUNNING);
        assertThat(settings().number("server.port", 0)).isEqualTo(1);
    }

    @Test
    void whoeverEditsTheFileDuringAChangeWins() throws IOException {
        hub.settings("his", "server: {port: 1}\n").start();
        hub.routes.onStart(p -> {
            if (p.settings().number("server.port", 0) == 2) {
                hub.settings("his", "server: {port: 3}\n");
            }
        });

        assertThat(refusal(json("{\"server\": {\"port\": 2}}"))).contains("Somebody has changed the file meanwhile.");

        assertThat(file()).isEqualTo("server: {port: 3}\n");
        await().until(() -> settings().number("server.port", 0) == 3);
    }

    @Test
    void anUpgradeMovesTheSettingsAndAWayBackBringsTheOldOnesBack() throws IOException {
        hub.settings("his", "# mine\nserver: {port: 7}  # ours\npassword: geheim\n").start();
        hub.awaitRunning("his", "0.1.0");

        hub.installs(second(), "his-0.2.0.jar");

        assertThat(file()).isEqualTo("# mine\nlisten: {port: 7}  # ours\naccess:\n  password: S\n");
        assertThat(settings().number("listen.port", 0)).isEqualTo(7);
        assertThat(settings().text("access.password")).hasValue("geheim");

        hub.does(new PluginRequest.Rollback("his", null));

        assertThat(file()).isEqualTo("# mine\nserver: {port: 7}  # ours\npassword: S\n");
        assertThat(settings().text("password")).hasValue("geheim");
    }

    @Test
    void anUpgradeThatCannotTakeASettingOverIsRefusedAndTheFileStays() throws IOException {
        hub.settings("his", "server: {port: 7}\n").start();
        PluginJar strict = PluginJar.of("his", "0.2.0").entry("HUB-INF/settings.schema.json", "{\"properties\": {\"a\": {}}}");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> hub.installs(strict, "his-0.2.0.jar"));

        assertThat(refused.problem().sentence()).contains("config/plugins/his.yaml:1 server: The key 'server' is not known.");
        assertThat(file()).isEqualTo("server: {port: 7}\n");
        assertThat(hub.status("his").version()).isEqualTo("0.1.0");
    }

    @Test
    void anUpgradeThatFailsLateLeavesTheFile() throws IOException {
        hub.settings("his", "server: {port: 7}\n").start();
        hub.routes.onStart(p -> {
            if (p.descriptor().version().equals("0.2.0")) {
                throw new PluginException(Problem.of("port-in-use", "The port is taken."));
            }
        });

        catchThrowableOfType(ProblemException.class, () -> hub.installs(second(), "his-0.2.0.jar"));

        assertThat(file()).isEqualTo("server: {port: 7}\n");
        hub.awaitRunning("his", "0.1.0");
        assertThat(view().revision()).isEqualTo(1);
    }

    @Test
    void aSecretThatWasWrittenWhileTheHubWasDownIsSealedAndNeverKeptInPlain() throws IOException {
        hub.settings("his", "password: geheim1\n").start();
        hub.close();
        hub.settings("his", "password: geheim2\n").startAfterKill();

        assertThat(settings().text("password")).hasValue("geheim2");
        assertThat(file()).isEqualTo("password: S\n");
        hub.does(new PluginRequest.RestoreSettings("his", null));
        assertThat(settings().text("password")).hasValue("geheim1");
        hub.does(new PluginRequest.RestoreSettings("his", 2L));
        assertThat(file()).isEqualTo("password: S\n");
    }

    @Test
    void aFileThatCannotBeWrittenIsGoodAllTheSame() throws IOException {
        Files.createDirectories(hub.config.resolve(".his.yaml.part"));
        hub.settings("his", "password: geheim\n").start();

        hub.awaitRunning("his", "0.1.0");
        assertThat(settings().text("password")).hasValue("geheim");
        assertThat(Files.readString(hub.config.resolve("his.yaml"))).isEqualTo("password: geheim\n");
        hub.diary.clear();
        PluginJar.of("marker", "1.0.0").copyTo(hub.jar("marker.jar"));
        hub.awaitRunning("marker", "1.0.0");
        assertThat(hub.diary).noneMatch(l -> l.contains("his"));
        hub.close();
        hub.startAfterKill();
        assertThat(settings().text("password")).hasValue("geheim");
        assertThat(view().revision()).isEqualTo(1);
    }

    @Test
    void aLostKeyIsSaidAndTheSecretCanBeSetAgain() throws IOException {
        hub.settings("his", "password: geheim1\n").start();
        hub.close();
        Files.delete(hub.config.resolve("../../data/keys/settings.key"));
        hub.startAfterKill();

        assertThat(hub.status("his").problem().sentence()).startsWith("config/plugins/his.yaml:1 password: The secret can't be "
                + "decrypted.").contains("yuzui plugin set his password=…");
        hub.does(new PluginRequest.Configure("his", json("{\"password\": \"geheim2\"}")));

        hub.awaitRunning("his", "0.1.0");
        assertThat(settings().text("password")).hasValue("geheim2");
        assertThat(file()).isEqualTo("password: S\n");
    }

    @Test
    void whatAPluginListensOnFollowsItsSettings() throws IOException {
        PluginJar.of("hr", "0.1.0").entry("HUB-INF/plugin.yaml", "id: hr\nversion: 0.1.0\nlistens: [\"mllp {{server.port}}\"]\n")
                .entry("HUB-INF/settings.schema.json", FIRST).copyTo(hub.jar("hr.jar"));
        hub.settings("hr", "server: {port: 7}\n").start();

        assertThat(hub.routes.seen.get("hr").descriptor().listens()).containsExactly("mllp 7");
    }

    private String refusal(JsonNode changes) {
        return catchThrowableOfType(ProblemException.class, () -> hub.does(new PluginRequest.Configure("his", changes)))
                .problem().sentence();
    }

    private PluginSettings view() {
        return hub.plugins().settings("his");
    }

    /** With every sealed secret as S. */
    private String file() throws IOException {
        return SEALED.matcher(Files.readString(hub.config.resolve("his.yaml"))).replaceAll("S");
    }

    private Settings settings() {
        return hub.routes.seen.get("his").settings();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
