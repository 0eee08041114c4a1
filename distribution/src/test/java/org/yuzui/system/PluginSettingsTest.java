package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A plugin's settings are changed and undone through commands and calls; a secret is seen by nobody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginSettingsTest {

    private static final String SECRET = "tigergarten-4711";
    private static final String SCHEMA = """
            {"type": "object", "additionalProperties": false, "properties": {
               "%s": {"type": "string", "default": "hello"%s},
               %s
               "password": {"type": "string", "x-secret": true}}}
            """;
    private static final String COUNT = "\"count\": {\"type\": \"integer\", \"default\": 1, \"maximum\": 9},";

    private Site site;
    private Rest rest;

    @BeforeAll
    void start() throws Exception {
        site = Site.create("plugin-settings");
        site.keepOnlyHospitals();
        Files.createDirectories(site.home.resolve("config/plugins"));
        Files.writeString(site.home.resolve("config/plugins/speaker.yaml"), "# mine\ntext: good morning   # for now\n");
        site.start();
        rest = site.rest();
        rest.upload("speaker-1.0.0.zip", plugin("1.0.0", "text", SCHEMA.formatted("text", "", COUNT)));
        awaitSaid("good morning");
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void aChangeIsPlannedDoneTakenBackAndRestored() throws Exception {
        Site.Ended planned = site.yuzui("plugin", "set", "speaker", "text=good evening", "--dry-run").ok();
        assertThat(planned.out()).contains("text", "good morning → good evening");
        assertThat(file()).isEqualTo("# mine\ntext: good morning   # for now\n");

        site.yuzui("plugin", "set", "speaker", "text=good evening", "count=2").ok();
        awaitSaid("good evening");
        assertThat(file()).contains("# mine\n", "text: good evening   # for now", "count: 2");

        site.yuzui("plugin", "unset", "speaker", "text").ok();
        awaitSaid("hello");
        assertThat(rest.get("/api/v1/plugins/speaker/settings").at("/written/text").isMissingNode()).isTrue();

        site.yuzui("plugin", "restore-settings", "speaker").ok();
        awaitSaid("good evening");
        Rest.Answer patched = settings("{\"text\": \"good night\"}");
        assertThat(patched.status()).as(patched.body().toString()).isEqualTo(200);
        awaitSaid("good night");
        rest.post("/api/v1/plugins/speaker/settings/restore", "{\"revision\": 1}");
        awaitSaid("good morning");
        assertThat(file()).isEqualTo("# mine\ntext: good morning   # for now\n");
    }

    @Test
    @Order(2)
    void aWrongKeyOrValueIsRefusedByItsName() throws Exception {
        Site.Ended unknown = site.yuzui("plugin", "set", "speaker", "txet=x");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("config/plugins/speaker.yaml", "'txet'", "Did you mean 'text'?");
        Rest.Answer wrong = settings("{\"count\": 10}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body().toString()).contains("count", "9");
        assertThat(site.yuzui("plugin", "set", "nobody", "a=b").code()).isEqualTo(8);
        assertThat(file()).isEqualTo("# mine\ntext: good morning   # for now\n");
    }

    @Test
    @Order(3)
    void anUpgradeMovesWhatWasCalledOtherwiseAndRefusesWhatItDoesNotKnow() throws Exception {
        site.yuzui("plugin", "set", "speaker", "count=3").ok();
        Rest.Answer refused = rest.install("speaker-2.0.0.zip", plugin("2.0.0", "greeting",
                SCHEMA.formatted("greeting", ", \"x-was\": [\"text\"]", "")), "");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("place").asText()).startsWith("config/plugins/speaker.yaml:3");
        assertThat(refused.body().path("detail").asText()).contains("'count'");
        assertThat(refused.body().path("cure").asText()).isNotBlank();
        assertThat(rest.awaitState("speaker", "RUNNING").path("version").asText()).isEqualTo("1.0.0");

        byte[] moved = plugin("2.0.0", "greeting", SCHEMA.formatted("greeting", ", \"x-was\": [\"text\"]", COUNT));
        JsonNode plan = rest.install("speaker-2.0.0.zip", moved, "&dryRun=true").body();
        assertThat(plan.path("changes").toString()).contains("greeting");
        assertThat(file()).contains("text: good morning");
        rest.upload("speaker-2.0.0.zip", moved);

        assertThat(file()).isEqualTo("# mine\ngreeting: good morning   # for now\ncount: 3\n");
        awaitSaid("good morning");
        site.yuzui("plugin", "rollback", "speaker").ok();
        assertThat(file()).as("with the version its settings come back").contains("text: good morning", "count: 3");
    }

    @Test
    @Order(4)
    void aSecretIsNowhereToBeSeen() throws Exception {
        Site.Ended set = site.yuzuiReads(SECRET + "\n", "plugin", "set", "speaker", "--secret", "password");
        assertThat(set.code()).as(set.out() + set.err()).isZero();
        Awaitility.await("the route has the secret").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> said("length").equals("it has " + SECRET.length()));
        assertThat(file()).containsPattern("password: \"?\\$\\{secret:v1:").doesNotContain(SECRET);

        assertThat(site.yuzui("plugin", "settings", "speaker").ok().out()).contains("***");
        site.yuzui("plugin", "settings", "speaker", "--json").ok();
        site.yuzui("plugin", "show", "speaker", "--json").ok();
        site.yuzui("plugin", "set", "speaker", "password=" + SECRET + "x", "--dry-run").ok();
        site.yuzui("route", "list").ok();
        String number = rest.get("/api/v1/plugins/speaker/history").at("/events/0/number").asText();
        site.yuzui("plugin", "history", "speaker", "--entry", number, "--json").ok();
        for (String path : new String[] {"settings", "history", "history/" + number, "versions", ""}) {
            assertThat(rest.get(("/api/v1/plugins/speaker/" + path).replaceFirst("/$", "")).toString()).doesNotContain(SECRET);
        }
        Rest.Answer kept = settings("{\"password\": \"***\", \"text\": \"good day\"}");
        assertThat(kept.status()).as(kept.body().toString()).isEqualTo(200);
        awaitSaid("good day");
        assertThat(said("length")).isEqualTo("it has " + SECRET.length());

        Rest.Answer bad = settings("{\"password\": {\"in\": \"" + SECRET + "\"}}");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.body().toString()).doesNotContain(SECRET);
        // Not in the log, not in what any command above has printed (both lie in the home), not in the database's files.
        assertThat(holders(SECRET)).isEmpty();
        assertThat(Files.getPosixFilePermissions(site.home.resolve("data/keys/settings.key"))).hasSize(2);
    }

    /** Files come and go while they are looked through: a hub runs on them. */
    private List<Path> holders(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        List<Path> holders = new ArrayList<>();
        Files.walkFileTree(site.home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && contains(file, wanted)) {
                    holders.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return holders;
    }

    private static boolean contains(Path file, byte[] wanted) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // came and went
        }
    }

    private Rest.Answer settings(String patch) throws Exception {
        return rest.call("POST", "/api/v1/plugins/speaker/settings", "application/merge-patch+json",
                patch.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitSaid(String text) {
        Awaitility.await("the route says " + text).atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> said("text").equals(text));
    }

    private String said(String what) throws IOException {
        Path file = site.home.resolve("out/speaker/" + what);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private String file() throws IOException {
        return Files.readString(site.home.resolve("config/plugins/speaker.yaml"));
    }

    private static byte[] plugin(String version, String key, String schema) throws IOException {
        return RelayPlugin.zip(Map.of("plugin.yaml", "id: speaker\nversion: \"" + version + "\"\n", "settings.schema.json", schema,
                "routes/speak.camel.yaml", """
                - route:
                    id: speak
                    from:
                      uri: timer:speak?period=100&delay=0
                      steps:
                        - setBody: {constant: "{{%s}}"}
                        - to: file:out/speaker?fileName=text&fileExist=Override&tempPrefix=.part-
                        - setBody: {constant: "{{password:}}"}
                        - setBody: {simple: "it has ${body.length()}"}
                        - to: file:out/speaker?fileName=length&fileExist=Override&tempPrefix=.part-
                """.formatted(key)));
    }
}
