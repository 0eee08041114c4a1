package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.container.PluginSettings;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class FileSettingsDeskTest {

    private static final Pattern SEALED = Pattern.compile("\"\\$\\{secret:v1:[^}]+}\"");
    private static final HubFile SCHEMA = schema("""
            {"type": "object",
             "properties": {
               "listen": {"type": "object", "properties": {
                 "host": {"type": "string", "default": "127.0.0.1"},
                 "port": {"type": "integer", "default": 2575, "maximum": 65535}}},
               "password": {"type": "string", "minLength": 4, "x-secret": true},
               "pin": {"type": "integer", "x-secret": true},
               "mirrors": {"type": "array", "items": {"type": "object", "properties": {
                 "url": {"type": "string"}, "token": {"$ref": "#/$defs/secret"}}}},
               "tokens": {"type": "object", "additionalProperties": {"$ref": "#/$defs/secret"}},
               "vault": {"type": "object", "x-secret": true, "additionalProperties": {"type": "string"}}},
             "$defs": {"secret": {"type": "string", "x-secret": true}}}
            """);

    @TempDir
    private Path home;
    private Path file;
    private FileSettingsDesk desk;

    @BeforeEach
    void open() throws IOException {
        file = Files.createDirectories(home.resolve("config/plugins")).resolve("his.yaml");
        desk = desk();
    }

    @Test
    void plainSecretsAreSealedAndNothingElseOfTheFileChanges() {
        String text = "# mine\r\npassword: geheim1   # to be changed\r\nlisten: {port: 2576}\r\npin: 1234\r\n"
                + "tokens:\r\n  a: 'geheim2'\r\nmirrors:\r\n- {url: \"http://x\", token: geheim3}\r\nvault:\r\n  v: |\r\n    geheim4\r\n";

        SettingsFile sealed = desk.sealed(SCHEMA, text(text));

        assertThat(SEALED.matcher(sealed.text()).replaceAll("S")).isEqualTo("# mine\r\npassword: S   # to be changed\r\n"
                + "listen: {port: 2576}\r\npin: S\r\ntokens:\r\n  a: S\r\nmirrors:\r\n- {url: \"http://x\", token: S}\r\n"
                + "vault:\r\n  v: S\r\n");
        assertThat(desk.settings(SCHEMA, sealed).tree()).isEqualTo(desk.settings(SCHEMA, text(text)).tree());
        assertThat(desk.sealed(SCHEMA, sealed)).isSameAs(sealed);
        assertThat(desk.sealed(SCHEMA, text(text))).isEqualTo(sealed);
    }

    @Test
    void secretsThatLieElsewhereAndEmptyOnesStayAsTheyAre() {
        SettingsFile text = text("password: ${env:PASSWORD}\ntokens: {a: '', b: \"x-${env:B}\"}\npin:\n");

        assertThat(desk.sealed(SCHEMA, text)).isSameAs(text);
        assertThat(desk.settings(SCHEMA, text).text("password")).hasValue("from outside");
    }

    @Test
    void anAliasOfASecretIsSealedAtEachOfItsPlaces() {
        SettingsFile sealed = desk.sealed(SCHEMA, text("password: &p geheim\ntokens: {a: *p, b: *p}\n"));

        assertThat(sealed.text()).doesNotContain("geheim");
        assertThat(desk.settings(SCHEMA, sealed).map("tokens")).containsOnly(Map.entry("a", "geheim"), Map.entry("b", "geheim"));
    }

    @Test
    void aLargeFileIsNoTrouble() {
        StringBuilder yaml = new StringBuilder("tokens:\n");
        for (int i = 0; i < 2_000; i++) {
            yaml.append("  t").append(i).append(": geheim").append(i).append("  # 第 ").append(i).append('\n');
        }

        SettingsFile sealed = assertTimeoutPreemptively(Duration.ofMinutes(2), () -> desk.sealed(SCHEMA, text(yaml.toString())));

        assertThat(sealed.text()).doesNotContain("geheim").contains("  # 第 1999\n");
        assertThat(desk.settings(SCHEMA, sealed).text("tokens.t1711")).hasValue("geheim1711");
    }

    @Test
    void aSecretIsSealedAnewAfterTheKeyWasRotated() throws IOException {
        SettingsFile sealed = desk.sealed(SCHEMA, text("password: geheim\n"));
        Path other = home.resolve("other.key");
        new SecretBox(other).seal("x", "/x", json("1"));
        Files.writeString(keyFile(), Files.readString(keyFile()) + Files.readString(other));

        SettingsFile again = desk.sealed(SCHEMA, sealed);
        Files.copy(other, keyFile(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(again).isNotEqualTo(sealed);
        assertThat(desk.settings(SCHEMA, again).text("password")).hasValue("geheim");
        assertThat(desk.changes(SCHEMA, again, SCHEMA, again)).isEmpty();
    }

    @Test
    void aLostKeyNamesFileLineKeyAndCure() throws IOException {
        SettingsFile sealed = desk.sealed(SCHEMA, text("listen: {port: 1}\ntokens:\n  a: geheim\n"));
        Files.delete(keyFile());

        Problem problem = refusal(() -> desk.settings(SCHEMA, sealed));

        assertThat(problem.code()).isEqualTo("secret-not-readable");
        assertThat(problem.place()).isEqualTo("config/plugins/his.yaml:3 tokens.a");
        assertThat(problem.cure()).startsWith("Set it again: yuzui plugin set his tokens.a=…");
        assertThat(desk.patched(SCHEMA, sealed, json("{\"tokens\": {\"a\": \"new1\"}}")).text()).doesNotContain("new1");
    }

    @Test
    void aSealedTextThatWasPastedElsewhereIsRefused() {
        String sealed = desk.sealed(SCHEMA, text("password: geheim\n")).text();

        assertThat(refusal(() -> desk.settings(SCHEMA, text(sealed.replace("password:", "listen:\n  host:")))).sentence())
                .startsWith("config/plugins/his.yaml:2 listen.host: The secret can't be decrypted.").doesNotContain("geheim");
    }

    @Test
    void aChangeKeepsTheFileAndSealsItsSecrets() {
        SettingsFile after = desk.patched(SCHEMA, text("# mine\nlisten:\n  port: 1  # low\n"),
                json("{\"listen\": {\"port\": 2}, \"password\": \"geheim\", \"mirrors\": [{\"url\": \"u\", \"token\": \"geheim\"}]}"));

        assertThat(SEALED.matcher(after.text()).replaceAll("S"))
                .isEqualTo("# mine\nlisten:\n  port: 2  # low\npassword: S\nmirrors: [{url: u, token: S}]\n");
        assertThat(desk.settings(SCHEMA, after).text("password")).hasValue("geheim");
    }

    @Test
    void theFirstChangeMakesAFileWithAHeader() {
        SettingsFile after = desk.patched(SCHEMA, new SettingsFile("config/plugins/his.yaml", null), json("{\"pin\": 7}"));

        assertThat(SEALED.matcher(after.text()).replaceAll("S"))
                .isEqualTo("# Settings of the plugin his. What can stand here: yuzui plugin settings his\n\npin: S\n");
        assertThat(desk.settings(SCHEMA, after).number("pin", 0)).isEqualTo(7);
    }

    @Test
    void starsMeanAsItIs() {
        SettingsFile now = desk.sealed(SCHEMA, text("password: geheim\nmirrors: [{url: a, token: t1}, {url: b, token: t2}]\n"));

        SettingsFile same = desk.patched(SCHEMA, now, json("{\"password\": \"***\"}"));
        SettingsFile after = desk.patched(SCHEMA, now,
                json("{\"mirrors\": [{\"url\": \"c\", \"token\": \"***\"}, {\"url\": \"b\", \"token\": \"***\"}]}"));

        assertThat(same).isEqualTo(now);
        assertThat(desk.settings(SCHEMA, after).tree().at("/mirrors/1/token").asText()).isEqualTo("t2");
        assertThat(refusal(() -> desk.patched(SCHEMA, now, json("{\"pin\": \"***\"}"))).code()).isEqualTo("secret-not-set");
    }

    @Test
    void everythingThatIsWrongWithAChangeIsToldWithPlaceAndNearestKey() {
        assertThat(refusal(() -> desk.patched(SCHEMA, text("# a\nlisten:\n  port: 1\n"),
                json("{\"listen\": {\"port\": 99999, \"prot\": 1}, \"password\": \"abc\", \"pasword\": \"geheim\"}"))).sentence())
                .startsWith("config/plugins/his.yaml: 4 settings are wrong:")
                .contains("config/plugins/his.yaml:3 listen.port: The value must have a maximum value of 65535.")
                .contains("config/plugins/his.yaml:2 listen.prot: The key 'prot' is not known. Did you mean 'port'?")
                .contains("password: The value must be at least 4 characters long.")
                .contains("pasword: The key 'pasword' is not known. Did you mean 'password'?")
                .doesNotContain("abc").doesNotContain("geheim");
        assertThat(refusal(() -> desk.patched(SCHEMA, text(""), json("[1]"))).code()).isEqualTo("wrong-type");
    }

    @Test
    void aViewShowsNoSecretNotEvenOneUnderAWrongKey() {
        PluginSettings view = desk.view("his", SCHEMA, text("""
                password: geheim1
                pasword: geheim2
                tokens: {a: geheim3, b: "${env:B}"}
                vault: {deep: geheim4}
                listen: {host: "${env:HOST}"}
                """), 3, List.of());

        assertThat(view.written()).isEqualTo(json("{\"password\": \"***\", \"pasword\": \"***\", \"tokens\": {\"a\": \"***\", "
                + "\"b\": \"${env:B}\"}, \"vault\": {\"deep\": \"***\"}, \"listen\": {\"host\": \"${env:HOST}\"}}"));
        assertThat(view.effective().at("/listen")).isEqualTo(json("{\"host\": \"${env:HOST}\", \"port\": 2575}"));
        assertThat(view.toString()).doesNotContain("geheim");
        assertThat(view.schema().at("/properties/pin/x-secret").asBoolean()).isTrue();
        assertThat(view.file()).isEqualTo("config/plugins/his.yaml");
        assertThat(desk.view("his", SCHEMA, text("a: [\n"), 1, List.of()).written()).isEmpty();
    }

    @Test
    void aPlanTellsEachSettingAndNoSecret() {
        SettingsFile now = desk.sealed(SCHEMA, text("listen: {port: 1}\npassword: geheim1\npin: 5\n"));
        SettingsFile then = text("listen: {host: \"${env:HOST}\"}\npassword: geheim2\npin: 5\ntokens: {x: geheim3}\nmirrors: [{token: geheim4}]\n");

        assertThat(desk.changes(SCHEMA, now, SCHEMA, then)).extracting(c -> c.action() + " " + c.id() + ": " + c.details())
                .containsExactly("CHANGE listen.host: [127.0.0.1 → ${env:HOST}]", "CHANGE listen.port: [1 → 2575 (the default)]",
                        "ADD mirrors: [[{\"token\":\"***\"}]]", "CHANGE password: [*** → ***]", "ADD tokens.x: [***]");
        assertThat(desk.changes(SCHEMA, now, null, null)).isEmpty();
        assertThat(desk.changes(SCHEMA, then, SCHEMA, desk.sealed(SCHEMA, then))).isEmpty();
        assertThat(desk.changes(null, null, SCHEMA, now)).extracting(c -> c.action() + " " + c.id() + ": " + c.details())
                .containsExactly("ADD listen.host: [A new setting, by default 127.0.0.1.]", "ADD listen.port: [1]",
                        "ADD password: [***]", "ADD pin: [***]");
    }

    @Test
    void aFileIsWrittenWholeAndKeepsItsRights() throws IOException {
        Files.writeString(file, "pin: 1\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        desk.write("his", desk.patched(SCHEMA, desk.read("his"), json("{\"listen\": {\"port\": 5}}")));

        assertThat(file).content().endsWith("listen:\n  port: 5\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
        assertThat(desk.nanosToNextChange()).isEmpty();
        assertThat(desk.read("his").text()).contains("port: 5");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        desk.write("his", desk.read("his").with(null));
        assertThat(file).doesNotExist();
    }

    @Test
    void whoeverChangedTheFileMeanwhileIsNotOverwritten() throws IOException {
        Files.writeString(file, "listen: {port: 1}\n");
        SettingsFile after = desk.patched(SCHEMA, desk.read("his"), json("{\"listen\": {\"port\": 5}}"));
        Files.writeString(file, "listen: {port: 2}\n");

        assertThat(catchThrowableOfType(ProblemException.class, () -> desk.write("his", after)).problem().code())
                .isEqualTo("settings-changed-meanwhile");
        assertThat(file).hasContent("listen: {port: 2}\n");
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldFile() throws IOException {
        Files.writeString(file, "listen: {port: 1}\n");
        SettingsFile after = desk.patched(SCHEMA, desk.read("his"), json("{\"listen\": {\"port\": 5}}"));
        Files.createSymbolicLink(file.resolveSibling(".his.yaml.part"), Path.of("/dev/full"));

        assertThatThrownBy(() -> desk.write("his", after)).isInstanceOf(IOException.class);

        assertThat(file).hasContent("listen: {port: 1}\n");
    }

    private FileSettingsDesk desk() {
        return new FileSettingsDesk(home.resolve("config/plugins"), keyFile(), Map.of("PASSWORD", "from outside", "B", "b")::get);
    }

    private Path keyFile() {
        return home.resolve("data/keys/settings.key");
    }

    static HubFile schema(String json) {
        return new HubFile("settings.schema", "his.jar!HUB-INF/settings.schema.json", json.getBytes(UTF_8));
    }

    private static SettingsFile text(String yaml) {
        return new SettingsFile("config/plugins/his.yaml", yaml.getBytes(UTF_8));
    }

    private static Problem refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
