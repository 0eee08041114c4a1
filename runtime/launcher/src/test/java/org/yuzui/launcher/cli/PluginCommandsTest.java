package org.yuzui.launcher.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code yuzui plugin …}: what is asked of the hub, and what a person is told. */
class PluginCommandsTest extends BeforeAHub {

    private static final String EVENT = """
            {"number":7,"plugin":"his","action":"UPDATE","fromVersion":"0.1.0","toVersion":"0.2.0","file":"his-0.2.0.jar","sha256":"%s",
            "who":"bootstrap","door":"cli","startedAt":"2026-11-22T08:30:00.125+08:00","outcome":"DONE","problem":null,"took":"PT0.31S",
            "paused":"PT0.042S","settings":3,"plan":null}""".formatted("ab".repeat(32));
    private static final String PLAN = """
            {"id":"0123456789ab","action":"UPDATE","plugin":"his","title":{"zh":"医院","en":"Hospital"},"fromVersion":"0.1.0","toVersion":"0.2.0",
            "file":"his-0.2.0.jar","sha256":"%s","signature":{"state":"TRUSTED","algorithm":"Ed25519","signer":"province","detail":null},
            "imports":["org.yuzui.spi 1.0.0"],"changes":[
            {"kind":"contracts","id":"his.visit.v1","action":"CHANGE","details":["/bed is new."],"problems":[]},
            {"kind":"routes","id":"receive-visit","action":"KEEP","details":[],"problems":[]},
            {"kind":"schedules","id":"hourly","action":"ADD","details":[],"problems":[]},
            {"kind":"reports","id":"old","action":"REMOVE","details":[],"problems":[]}],
            "outside":%s,"pauses":[{"what":"route receive-visit","lastTime":"PT0.042S"},{"what":"route other","lastTime":null}],
            "problems":%s}""";
    private static final String EFFECT = """
            [{"id":"contracts:his.visit.v1","owner":"site","place":"routes/visits.camel.yaml","why":"It reads what changes."}]""";
    private static final String SETTINGS = """
            {"plugin":"his","schema":{"type":"object","properties":{"password":{"type":"string","x-secret":true},"code":{"type":"string"},
            "listen":{"type":"object","properties":{"port":{"type":"integer"},"on":{"type":"boolean"}}},
            "facilities":{"type":"object","additionalProperties":{"type":"string"}}}},
            "written":{"password":"***","listen":{"port":2575}},"effective":{"password":"***","listen":{"port":2575,"on":true}},
            "file":"config/plugins/his.yaml","revision":3,"revisions":[{"number":2,"at":"2026-11-22T08:30:00+08:00","who":"li","version":"0.1.0"}]}""";

    @TempDir
    private Path folder;

    @Test
    void aJarIsSentAsItIsWithTheSignatureThatLiesBesideIt() throws IOException {
        Path jar = Files.writeString(folder.resolve("his-0.2.0.jar"), "PK jar");
        rest.answer("POST /api/v1/plugins", EVENT);

        assertThat(yuzui("plugin", "install", jar.toString(), "--accept", "contracts:a.v1", "--accept", "b")).isZero();

        assertThat(rest.calls).containsExactly(
                "POST /api/v1/plugins?accept=contracts%3Aa.v1&accept=b&fileName=his-0.2.0.jar PK jar");
        assertThat(rest.headers.getFirst("User-Agent")).startsWith("yuzui-cli");
        assertThat(rest.headers.getFirst("Content-Type")).isEqualTo("application/java-archive");
        assertThat(rest.headers.getFirst("X-Yuzui-Signature")).isNull();
        assertThat(out.toString().strip())
                .isEqualTo("his: UPDATE 0.1.0 → 0.2.0 DONE, took 310 ms (entry 7). It paused for 42 ms.");

        Files.writeString(folder.resolve("his-0.2.0.jar.sig"), "signed");
        yuzui("plugin", "install", jar.toString());
        assertThat(rest.headers.getFirst("X-Yuzui-Signature")).isEqualTo(base64("signed"));
        yuzui("plugin", "install", jar.toString(), "--signature", Files.writeString(folder.resolve("other"), "other").toString());
        assertThat(rest.headers.getFirst("X-Yuzui-Signature")).isEqualTo(base64("other"));
    }

    @Test
    void whatCanNotBeReadIsSaidBeforeTheHubIsAsked() throws IOException {
        assertThat(yuzui("plugin", "install", folder.resolve("none.jar").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.jar", "can't be read");
        Path jar = Files.writeString(folder.resolve("his.jar"), "PK jar");
        assertThat(yuzui("plugin", "install", jar.toString(), "--signature", "nowhere.sig")).isEqualTo(2);
        Files.write(folder.resolve("his.jar.sig"), new byte[10_000]);
        assertThat(yuzui("plugin", "install", jar.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere.sig").contains("his.jar.sig is no signature");
        assertThat(rest.calls).isEmpty();
    }

    @Test
    void aDryRunTellsWhatWouldHappenInSections() throws IOException {
        Path jar = Files.writeString(folder.resolve("his-0.2.0.jar"), "PK jar");
        rest.answer("POST /api/v1/plugins", PLAN.formatted("ab".repeat(32), "[]", "[]"));

        assertThat(yuzui("plugin", "install", jar.toString(), "--dry-run")).isZero();

        assertThat(rest.calls.get(0)).startsWith("POST /api/v1/plugins?dryRun=true&fileName=his-0.2.0.jar");
        assertThat(out.toString().lines()).containsExactly(
                "Update his from 0.1.0 to 0.2.0  Hospital",
                "  his-0.2.0.jar  SHA-256 abababababab…",
                "  signed by province (Ed25519)",
                "  uses of the hub: org.yuzui.spi 1.0.0",
                "",
                "Changes",
                "  ~ contracts  his.visit.v1",
                "      /bed is new.",
                "  + schedules  hourly",
                "  - reports    old",
                "  (1 more stay as they are)",
                "",
                "Pauses",
                "  route receive-visit  42 ms the last time",
                "  route other",
                "",
                "This can be done.");
        out.getBuffer().setLength(0);
        assertThat(yuzui("plugin", "install", jar.toString(), "--dry-run", "--lang", "zh")).isZero();
        assertThat(out.toString()).contains("将 his 从 0.1.0 更新到 0.2.0  医院", "暂停", "上次 42 ms", "可以执行。");
        out.getBuffer().setLength(0);
        assertThat(yuzui("plugin", "install", jar.toString(), "--dry-run", "--json")).isZero();
        assertThat(HubClient.parse(out.toString().getBytes(StandardCharsets.UTF_8)).path("id").asText()).isEqualTo("0123456789ab");
    }

    @Test
    void aDryRunEndsAsTheDeedWould() {
        rest.answer("POST /api/v1/plugins/his/rollback", PLAN.formatted("cd", EFFECT, "[]"));
        assertThat(yuzui("plugin", "rollback", "his", "0.0.9", "--dry-run", "--token", FakeRest.TOKEN)).isEqualTo(9);
        assertThat(rest.calls).containsExactly("POST /api/v1/plugins/his/rollback?dryRun=true {\"version\":\"0.0.9\"}");
        assertThat(out.toString().lines()).containsSubsequence(
                "Touched outside the plugin",
                "  contracts:his.visit.v1",
                "      site  routes/visits.camel.yaml: It reads what changes.");
        assertThat(out.toString().strip()).endsWith("yuzui plugin rollback his 0.0.9 --url " + rest.url()
                + " --lang en --accept contracts:his.visit.v1").doesNotContain(FakeRest.TOKEN);

        assertThat(yuzui("plugin", "rollback", "his", "--dry-run", "--accept", "contracts:his.visit.v1")).isZero();
        assertThat(yuzui("plugin", "rollback", "his", "--dry-run", "--accept", "0123456789ab")).as("the plan as a whole").isZero();
        assertThat(yuzui("plugin", "rollback", "his", "--dry-run", "--json")).isEqualTo(9);
        rest.answer("POST /api/v1/plugins/his/rollback", PLAN.formatted("cd", EFFECT, """
                [{"code":"port-in-use","place":"config/plugins/his.yaml:3","message":"Port 2575 is taken.","cure":"Choose another."}]"""));
        assertThat(yuzui("plugin", "rollback", "his", "--dry-run", "--accept", "0123456789ab")).isEqualTo(2);
        assertThat(out.toString()).contains("! config/plugins/his.yaml:3: Port 2575 is taken. Choose another.",
                "This can not be done until the problems are mended.");
    }

    @Test
    void whatIsNotAcceptedIsShownWithTheCommandThatGoesOn() throws IOException {
        Path jar = Files.writeString(folder.resolve("his 2.jar"), "PK jar");
        rest.answer("POST /api/v1/plugins", 409, """
                {"type":"urn:yuzui:problem:plan-not-accepted","title":"Conflict","status":409,"code":"plan-not-accepted","place":null,
                "detail":"Something outside the plugin would be touched.","cure":null,"plan":%s}"""
                .formatted(PLAN.formatted("cd", EFFECT, "[]")));

        assertThat(yuzui("plugin", "install", jar.toString())).isEqualTo(9);

        assertThat(out.toString()).contains("Nothing was done").contains(
                "yuzui plugin install '" + jar + "' --url " + rest.url() + " --lang en --accept contracts:his.visit.v1");
        assertThat(yuzui("plugin", "install", jar.toString(), "--json")).isEqualTo(9);
        assertThat(err.toString()).contains("\"code\":\"plan-not-accepted\"");
    }

    @Test
    void aJarThatIsRefusedIsSaidWithItsPlace() throws IOException {
        Path jar = Files.writeString(folder.resolve("his.jar"), "PK jar");
        rest.answer("POST /api/v1/plugins", 422, """
                {"type":"urn:yuzui:problem:bad-yaml","title":"x","status":422,"code":"bad-yaml","place":"his.jar!HUB-INF/plugin.yaml:3",
                "detail":"This is not valid YAML.","cure":"Look at the quotes."}""");

        assertThat(yuzui("plugin", "install", jar.toString())).isEqualTo(2);

        assertThat(err.toString().strip()).isEqualTo("his.jar!HUB-INF/plugin.yaml:3: This is not valid YAML. Look at the quotes.");
        assertThat(run("plugin", "install", jar.toString(), "--url", rest.url(), "--token", "wrong", "--lang", "en")).isEqualTo(7);
        assertThat(err.toString()).contains("does not accept this token");
    }

    @Test
    void theOtherChangesAreOneCallEach() {
        rest.answer("DELETE /api/v1/plugins/his", EVENT).answer("POST /api/v1/plugins/his/stop", EVENT)
                .answer("POST /api/v1/plugins/his/start", EVENT).answer("POST /api/v1/plugins/his/rollback", EVENT)
                .answer("POST /api/v1/plugins/his/settings/restore", EVENT).answer("POST /api/v1/plugins/his/settings", EVENT);

        for (String line : List.of("remove his", "stop his --accept x", "start his", "rollback his", "restore-settings his 2",
                "restore-settings his", "unset his listen.port facilities.H1 code")) {
            assertThat(yuzui(("plugin " + line).split(" "))).as(line).isZero();
        }

        assertThat(rest.calls).containsExactly("DELETE /api/v1/plugins/his", "POST /api/v1/plugins/his/stop?accept=x {}",
                "POST /api/v1/plugins/his/start {}", "POST /api/v1/plugins/his/rollback {}",
                "POST /api/v1/plugins/his/settings/restore {\"revision\":2}", "POST /api/v1/plugins/his/settings/restore {}",
                "POST /api/v1/plugins/his/settings {\"listen\":{\"port\":null},\"facilities\":{\"H1\":null},\"code\":null}");
        assertThat(yuzui("plugin", "stop", "hiss")).isEqualTo(8);
        assertThat(yuzui("plugin", "stop")).isEqualTo(2);
    }

    @Test
    void settingsTakeTheTypesOfTheirSchema() {
        rest.answer("GET /api/v1/plugins/his/settings", SETTINGS).answer("POST /api/v1/plugins/his/settings", EVENT);

        assertThat(yuzui("plugin", "set", "his", "listen.port=2576", "listen.on=false", "code=0123", "facilities.H1=510104-H01",
                "other=true")).isZero();

        assertThat(rest.calls.get(1)).isEqualTo("POST /api/v1/plugins/his/settings {\"listen\":{\"port\":2576,\"on\":false},"
                + "\"code\":\"0123\",\"facilities\":{\"H1\":\"510104-H01\"},\"other\":true}");
        assertThat(rest.headers.getFirst("Content-Type")).isEqualTo("application/merge-patch+json");
        assertThat(yuzui("plugin", "set", "his", "listen.port=many")).isZero();
        assertThat(rest.calls.get(3)).as("the hub says what is wrong").contains("\"port\":\"many\"");
        assertThat(yuzui("plugin", "set", "his")).isEqualTo(2);
        assertThat(yuzui("plugin", "set", "his", "listen.port")).isEqualTo(2);
    }

    @Test
    void aSecretIsPipedInAndNeverShown() {
        rest.answer("GET /api/v1/plugins/his/settings", SETTINGS).answer("POST /api/v1/plugins/his/settings", EVENT);
        pipe("s3cret\nother\n", () ->
                assertThat(yuzui("plugin", "set", "his", "password=-", "--secret", "code")).isZero());
        assertThat(rest.calls.get(1)).endsWith("{\"password\":\"s3cret\",\"code\":\"other\"}");
        pipe("", () -> assertThat(yuzui("plugin", "set", "his", "--secret", "password")).isEqualTo(2));
        assertThat(err.toString()).contains("no value for 'password'");

        rest.answer("POST /api/v1/plugins/his/settings", PLAN.formatted("cd", EFFECT, "[]"));
        assertThat(yuzui("plugin", "set", "his", "password=s3cret", "code=x", "--dry-run")).isEqualTo(9);
        assertThat(out.toString()).contains("yuzui plugin set his password=- code=x").doesNotContain("s3cret");
    }

    @Test
    void whatIsThereIsShown() {
        rest.answer("GET /api/v1/plugins/his/settings", SETTINGS);
        assertThat(yuzui("plugin", "settings", "his")).isZero();
        assertThat(out.toString().lines()).containsExactly("config/plugins/his.yaml, revision 3",
                "KEY          VALUE  FROM", "password     ***    file", "listen.port  2575   file", "listen.on    true   default", "",
                "REVISION  SINCE                WHO  VERSION", "2         2026-11-22 08:30:00  li   0.1.0");
        out.getBuffer().setLength(0);

        rest.answer("GET /api/v1/plugins/his/versions", """
                {"versions":[{"version":"0.2.0","sha256":"abababababababab","file":"his.jar","bytes":10,"since":"2026-11-22T08:30:00+08:00",
                "lastRan":null,"current":true}]}""");
        assertThat(yuzui("plugin", "versions", "his")).isZero();
        assertThat(out.toString()).contains("*  0.2.0    2026-11-22 08:30:00", "abababababab…");
        out.getBuffer().setLength(0);

        rest.answer("GET /api/v1/plugins/his/history", "{\"events\":[" + EVENT + "],\"next\":7}");
        assertThat(yuzui("plugin", "history", "his", "--limit", "1")).isZero();
        assertThat(rest.calls).contains("GET /api/v1/plugins/his/history?limit=1");
        assertThat(out.toString()).contains("7      2026-11-22 08:30:00  UPDATE  0.1.0 → 0.2.0  DONE", "--before 7");
        out.getBuffer().setLength(0);

        rest.answer("GET /api/v1/plugins/his/history/7", EVENT.replace("\"plan\":null", "\"plan\":" + PLAN.formatted("cd", "[]", "[]")));
        assertThat(yuzui("plugin", "history", "his", "--entry", "7")).isZero();
        assertThat(out.toString()).contains("WHO: bootstrap  cli", "Update his from 0.1.0 to 0.2.0", "  + schedules  hourly");
        out.getBuffer().setLength(0);

        rest.answer("GET /api/v1/plugins/his", """
                {"plugin":{"id":"his","version":"0.1.0","title":{"zh":"医院","en":"Hospital"},"state":"DEGRADED","problem":{"code":"x","place":null,
                "message":"The system can't be reached.","cure":null},"since":"2026-11-22T08:30:00+08:00","origin":"his.jar"},
                "installed":null,"contracts":["his.visit.v1","his.daily.v1"],"routes":[],"schedules":[],"forms":[]}""");
        assertThat(yuzui("plugin", "show", "his")).isZero();
        assertThat(out.toString().lines()).containsExactly("his 0.1.0  Hospital", "  STATE: DEGRADED  2026-11-22 08:30:00",
                "  PROBLEM: The system can't be reached.", "  FILE: his.jar", "  CONTRACTS: his.visit.v1, his.daily.v1");
    }

    private static void pipe(String text, Runnable during) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            during.run();
        } finally {
            System.setIn(before);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
