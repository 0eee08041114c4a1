package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten ways to break a plugin that runs. Each is refused with the place and the cure; the version before works on, and the
 * hub with it. What was said is written to {@code target/ten-messages.md}, from where the guide has it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenThingsTest {

    private static final String ROUTES = "HUB-INF/routes/read-readings.camel.yaml";
    private static final String CONTRACT = "HUB-INF/contracts/meters.reading.v1.schema.json";

    private final Map<Integer, String> told = new TreeMap<>();
    private Site site;
    private Rest rest;
    private int readings;

    /** What is broken, on a bundle that works. */
    private interface Breaking {
        Bundle of(Bundle sound, Site site);
    }

    private record Thing(int number, String name, String done, Breaking breaking, String code, String place, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Thing> things() {
        return Stream.of(
                new Thing(1, "bad YAML", "a line of a route is indented by a tab",
                        (b, s) -> b.edit(ROUTES, "        - to: record", "\t- to: record"),
                        "bad-yaml", ROUTES + ":8", "TAB"),
                new Thing(2, "unknown scheme", "`ftpp:` where no component of that name is",
                        (b, s) -> b.edit(ROUTES, "uri: file:{{inbox}}", "uri: ftpp:10.0.0.7/out"),
                        "unknown-scheme", ROUTES + ":4", "ftpp"),
                new Thing(3, "missing bean", "`bean:readingCodec` is called, and nothing declares it",
                        (b, s) -> b.edit(ROUTES, "        - to: record", "        - to: bean:readingCodec\n        - to: record"),
                        "missing-bean", ROUTES + ":8", "readingCodec"),
                new Thing(4, "wrong contract", "the route publishes `meters.readng.v1`",
                        (b, s) -> b.edit(ROUTES, "record:meters.reading.v1", "record:meters.readng.v1"),
                        "not-declared", ROUTES + ":8", "meters.readng.v1"),
                new Thing(5, "missing setting", "the route reads `{{inbx}}`, which the schema does not have",
                        (b, s) -> b.edit(ROUTES, "{{inbox}}", "{{inbx}}"),
                        "missing-setting", ROUTES + ":4", "inbx"),
                new Thing(6, "port in use", "the route listens on the port of the plugin his",
                        (b, s) -> b.edit(ROUTES, "uri: file:{{inbox}}", "uri: mllp:127.0.0.1:" + s.mllpPort)
                                .edit(ROUTES, "{delay: 200, initialDelay: 0, readLock: none}", "{bindTimeout: 300, bindRetryInterval: 100}"),
                        "port-in-use", ROUTES + ":4", "his"),
                new Thing(7, "Java class not found", "a bean's type is a class that the jar does not have",
                        (b, s) -> b.edit(ROUTES, "- route:", """
                                - beans:
                                    - name: readingCodec
                                      type: org.yuzui.plugin.meters.ReadingCodec
                                - route:"""),
                        "class-not-found", ROUTES + ":3", "org.yuzui.plugin.meters.ReadingCodec"),
                new Thing(8, "incompatible contract", "`value` becomes a text, in the same contract",
                        (b, s) -> b.edit(CONTRACT, "\"type\": \"number\"", "\"type\": \"string\""),
                        "incompatible-contract", CONTRACT, "value"),
                new Thing(9, "zip-slip jar", "the jar has an entry `../../config/hub.yaml`",
                        (b, s) -> b.with("../../config/hub.yaml", "web: {host: 0.0.0.0}"),
                        "bad-entry", "!../../config/hub.yaml", "out of the jar"));
    }

    @BeforeAll
    void start() throws Exception {
        site = Site.create("ten-things");
        site.keepOnlyHospitals();
        site.start();
        rest = site.rest();
        rest.upload("meters-1.0.0.jar", sound().bytes());
        rest.awaitState("meters", "RUNNING");
    }

    @AfterAll
    void stop() throws IOException {
        StringBuilder table = new StringBuilder("| | what was done | what the hub says | what to do |\n|---|---|---|---|\n");
        told.values().forEach(row -> table.append(row).append('\n'));
        Files.writeString(Path.of(System.getProperty("yuzui.workdir")).resolveSibling("ten-messages.md"), table);
        site.close();
    }

    @ParameterizedTest
    @MethodSource("things")
    void isRefusedWithPlaceAndCureWhileTheVersionBeforeWorksOn(Thing thing) throws Exception {
        Bundle broken = thing.breaking.of(sound(), site).version("1.0.0", "1.1.0");
        Path file = broken.writeTo(site.home.resolve("broken/meters-1.1.0.jar"));

        Site.Ended ended = site.yuzui("plugin", "install", file.toString());

        assertThat(ended.code()).as(ended.out() + ended.err()).isIn(1, 2);
        Rest.Answer answer = rest.install("meters-1.1.0.jar", broken.bytes(), "");
        JsonNode problem = answer.body();
        assertThat(answer.status()).as(problem.toString()).isEqualTo(422);
        assertTold(thing.number, thing.name, thing.done, problem);
        assertThat(problem.path("code").asText()).as(problem.toString()).isEqualTo(thing.code);
        assertThat(problem.path("place").asText()).as(problem.toString()).contains(thing.place);
        assertThat(message(problem)).contains(thing.message);
        assertThat(ended.err()).contains(message(problem)).contains(problem.path("cure").asText())
                .contains(problem.path("place").asText());
        assertWorksOn();
    }

    @Test
    void aHalfCopiedJarIsShownWithItsReasonAndTakenWhenItIsWhole() throws Exception {
        byte[] whole = sound().version("1.0.0", "1.2.0").bytes();
        Path dropped = site.home.resolve("plugins/meters-1.2.0.jar");
        Files.write(dropped, Arrays.copyOf(whole, whole.length / 2));

        Rest.Answer sent = rest.install("meters-1.2.0.jar", Arrays.copyOf(whole, whole.length / 2), "");
        assertThat(sent.status()).isEqualTo(422);
        JsonNode status = Awaitility.await("the half jar is shown").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> failed("meters-1.2.0.jar"), p -> p != null);
        assertTold(10, "half-copied jar", "half of the jar lies in the folder plugins/", status.path("problem"));
        assertThat(status.at("/problem/code").asText()).isEqualTo("unreadable-jar");
        assertThat(status.at("/problem/place").asText()).isEqualTo("meters-1.2.0.jar");
        assertWorksOn();

        Path part = Files.write(site.home.resolve("plugins/.meters.part"), whole);
        Files.move(part, dropped, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Awaitility.await("the whole jar is taken").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> rest.get("/api/v1/plugins/meters").at("/plugin/version").asText().equals("1.2.0"));
        rest.call("POST", "/api/v1/plugins/meters/rollback", "application/json", "{\"version\": \"1.0.0\"}".getBytes());
    }

    private JsonNode failed(String file) throws Exception {
        for (JsonNode plugin : rest.get("/api/v1/plugins").path("plugins")) {
            if (plugin.path("problem").path("place").asText().contains(file)) {
                return plugin;
            }
        }
        return null;
    }

    private void assertTold(int number, String name, String done, JsonNode problem) {
        told.put(number, "| %d | **%s**: %s | `%s: %s` | %s |".formatted(number, name, done, problem.path("place").asText(),
                message(problem).replace("|", "\\|"), problem.path("cure").asText().replace("|", "\\|")));
        assertThat(problem.path("place").asText()).as(problem.toString()).isNotBlank();
        assertThat(problem.path("cure").asText()).as(problem.toString()).isNotBlank();
        assertThat(message(problem)).as(problem.toString()).doesNotContain("Exception", "org.apache", "java.", "\n", "..")
                .endsWith(".");
    }

    /** A problem of a call calls it {@code detail}. */
    private static String message(JsonNode problem) {
        return problem.path("detail").isTextual() ? problem.path("detail").asText() : problem.path("message").asText();
    }

    private void assertWorksOn() throws Exception {
        JsonNode plugin = rest.get("/api/v1/plugins/meters").path("plugin");
        assertThat(plugin.path("version").asText()).isEqualTo("1.0.0");
        assertThat(plugin.path("state").asText()).isEqualTo("RUNNING");
        assertThat(rest.status("/ready", null)).isEqualTo(200);
        String name = "m" + readings++ + ".json";
        Path inbox = site.home.resolve("in/meters");
        Path part = site.home.resolve("part");
        Files.writeString(part, "{\"meter\": \"" + name + "\", \"value\": 1}");
        Files.move(part, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Awaitility.await("the version before takes " + name).atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(inbox.resolve(".camel/" + name)));
    }

    private static Bundle sound() {
        return Bundle.of("HUB-INF/plugin.yaml", """
                id: meters
                version: "1.0.0"
                title: {zh: 表计, en: Meters}
                """, "HUB-INF/settings.schema.json", """
                {"type": "object", "additionalProperties": false,
                 "properties": {"inbox": {"type": "string", "default": "in/meters"}}}
                """, CONTRACT, """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Reading", "type": "object",
                 "x-key": ["/meter"], "required": ["meter", "value"], "additionalProperties": false,
                 "properties": {"meter": {"type": "string"},
                   "value": {"type": "number"}}}
                """, ROUTES, """
                - route:
                    id: read-readings
                    from:
                      uri: file:{{inbox}}
                      parameters: {delay: 200, initialDelay: 0, readLock: none}
                      steps:
                        - setHeader: {name: YuzuiSource, simple: 'file ${file:name}'}
                        - to: record:meters.reading.v1
                """);
    }
}
