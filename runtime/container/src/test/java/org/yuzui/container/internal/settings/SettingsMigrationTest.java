package org.yuzui.container.internal.settings;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.ProblemException;

import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Settings of one version under the schema of the next. */
class SettingsMigrationTest {

    private static final HubFile OLD = FileSettingsDeskTest.schema("""
            {"properties": {
               "server": {"type": "object", "properties": {"prt": {"type": "integer"}, "host": {"type": "string"}}},
               "key": {"type": "string", "x-secret": true},
               "timeout": {"type": "integer", "default": 10},
               "legacy": {"type": "boolean"}, "mode": {"type": "string"},
               "facilities": {"type": "object", "additionalProperties": {"type": "object", "properties": {"code": {"type": "string"}}}}}}
            """);
    private static final HubFile NEW = FileSettingsDeskTest.schema("""
            {"properties": {
               "listen": {"type": "object", "x-was": ["server"], "properties": {
                 "port": {"type": "integer", "x-was": ["server.prt"]}, "host": {"type": "string"}}},
               "secrets": {"type": "object", "properties": {"pseudonym": {"type": "string", "x-secret": true, "x-was": ["hash", "key"]}}},
               "timeout": {"type": "integer", "default": 20},
               "retries": {"type": "integer", "default": 3},
               "facilities": {"type": "object", "additionalProperties": {"type": "object", "properties": {
                 "unit": {"type": "string", "x-was": ["facilities.*.code"]}}}}},
             "x-gone": {"legacy": {"why": "It is always on.", "drop": true}, "mode": "Choose it in the rules."}}
            """);

    @TempDir
    private Path home;
    private FileSettingsDesk desk;

    @BeforeEach
    void open() {
        desk = new FileSettingsDesk(home.resolve("config/plugins"), home.resolve("data/keys/settings.key"), name -> null);
    }

    @Test
    void whatMovedIsMovedInTheFileAndWhatIsGoneIsDropped() {
        SettingsFile before = desk.sealed(OLD, text("""
                # Mine.

                # the door
                server:
                  prt: 2576  # not the usual one
                  host: a
                # shared with the hospital
                key: geheim  # since May
                legacy: true
                mode: fast
                facilities:
                  H1: {code: 510104}   # 锦江
                """.replace("510104}", "'510104'}")));

        SettingsFile after = desk.migrated(OLD, NEW, before);

        assertThat(after.text().replaceAll("\\$\\{secret:[^}]*}", "S")).isEqualTo("""
                # Mine.

                # the door
                listen:
                  port: 2576  # not the usual one
                  host: a
                mode: fast
                facilities:
                  H1: {unit: '510104'}   # 锦江
                secrets:
                  # shared with the hospital
                  pseudonym: "S"  # since May
                """);
        assertThat(desk.settings(NEW, after).tree()).isEqualTo(FileSettingsDeskTest.json("{\"listen\": {\"port\": 2576, \"host\": "
                + "\"a\"}, \"secrets\": {\"pseudonym\": \"geheim\"}, \"timeout\": 20, \"retries\": 3, "
                + "\"facilities\": {\"H1\": {\"unit\": \"510104\"}}}"));
        assertThat(desk.migrated(NEW, NEW, after)).isEqualTo(after);
        assertThat(desk.changes(OLD, before, NEW, after)).extracting(c -> c.action() + " " + c.id() + ": " + c.details().get(0))
                .containsExactly("CHANGE facilities.H1.unit: Is called so now, was facilities.H1.code: 510104",
                        "REMOVE legacy: This version doesn't know it any more, it is taken out of the file: It is always on.",
                        "CHANGE listen.host: Is called so now, was server.host: a",
                        "CHANGE listen.port: Is called so now, was server.prt: 2576",
                        "KEEP mode: This version doesn't know it any more, it stays in the file without effect: Choose it in the rules.",
                        "ADD retries: A new setting, by default 3.",
                        "CHANGE secrets.pseudonym: Is called so now, was key: ***",
                        "CHANGE timeout: The default changes: 10 → 20");
        assertThat(desk.changes(OLD, before, NEW, after).toString()).doesNotContain("geheim");
    }

    @Test
    void settingsThatNeedNoChangeStayTheSameText() {
        SettingsFile text = text("timeout: 5\n");
        SettingsFile none = new SettingsFile("config/plugins/his.yaml", null);

        assertThat(desk.migrated(OLD, NEW, text)).isEqualTo(text);
        assertThat(desk.migrated(null, NEW, none)).isEqualTo(none);
    }

    @Test
    void whatTheNewVersionDoesNotKnowRefusesWithTheLineInTheFileAsItIs() {
        assertThat(refusal(NEW, "server:\n  prt: 1\nlegacy: true\ntimeuot: 5\n"))
                .isEqualTo("config/plugins/his.yaml:4 timeuot: The key 'timeuot' is not known. Did you mean 'timeout'?");
    }

    @Test
    void aRequiredSettingThatIsMissingRefuses() {
        HubFile strict = FileSettingsDeskTest.schema("{\"required\": [\"unit\"], \"properties\": {\"unit\": {\"type\": \"string\"}}}");

        assertThat(refusal(strict, "")).isEqualTo("config/plugins/his.yaml unit: 'unit' is missing and has no default. "
                + "Write 'unit: …'.");
    }

    @Test
    void aSettingAtBothPlacesRefuses() {
        assertThat(refusal(NEW, "listen: {port: 1}\nserver: {prt: 2}\n")).isEqualTo("config/plugins/his.yaml:2 server: "
                + "'server' is called 'listen' in this version, and that stands there too. Remove one of the two.");
    }

    @Test
    void aPluginThatHasNoSettingsAnyMoreRefusesAFileThatSaysSomething() {
        assertThat(refusal(null, "timeout: 5\n")).contains("The plugin has no settings. Remove the file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"properties\": {\"a\": {\"x-was\": \"b\"}}}", "{\"properties\": {\"a\": {\"x-was\": [1]}}}",
        "{\"x-gone\": [\"a\"]}", "{\"x-gone\": {\"a\": {\"drop\": true}}}", "{\"x-gone\": {\"a\": {\"why\": \"b\", \"drop\": 1}}}"})
    void whatIsNotWrittenAsItShouldBeIsNamed(String schema) {
        assertThat(refusal(FileSettingsDeskTest.schema(schema), "")).startsWith("his.jar!HUB-INF/settings.schema.json ")
                .contains("x-was");
    }

    private String refusal(HubFile schema, String yaml) {
        return catchThrowableOfType(ProblemException.class, () -> desk.migrated(OLD, schema, text(yaml))).problem().sentence();
    }

    private static SettingsFile text(String yaml) {
        return new SettingsFile("config/plugins/his.yaml", yaml.getBytes(UTF_8));
    }
}
