package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.testkit.Patience.await;

/**
 * A plugin without Java and a site route in a real hub: a file becomes a record, a subscription makes another record of
 * it, a site route writes it to a file, the ledger tells it all.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WayOfARecordTest {

    private static final String READING = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "title": "A reading", "required": ["unit", "meter", "at", "value"], "additionalProperties": false,
             "properties": {"unit": {"type": "string"}, "meter": {"type": "string"}, "at": {"type": "string", "format": "date-time"},
                            "value": {"type": "number"}},
             "x-key": ["/unit", "/meter"], "x-unit": "/unit", "x-date": "/at", "x-order": "/at"}
            """;
    private static final String READ = """
            - route:
                id: read-file
                from:
                  uri: file:in
                  parameters: {initialDelay: 0, delay: 50, move: done, moveFailed: failed}
                  steps:
                    - setHeader: {name: YuzuiSource, simple: 'file ${header.CamelFileName}'}
                    - to: record:meter.reading.v1
            - route:
                id: double
                from:
                  uri: record:meter.reading.v1?subscription=double
                  steps:
                    - setBody: {jq: '.value = .value * 2'}
                    - to: record:meter.double.v1
            """;
    private static final String TO_FILE = """
            - route:
                id: to-file
                from:
                  uri: record:meter.double.v1?subscription=to-file
                  steps:
                    - setBody: {jq: {expression: '.value | tostring', resultType: java.lang.String}}
                    - to: 'file:OUT?fileName=${header.YuzuiKey}.txt&tempFileName=${header.YuzuiKey}.part'
            """;

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of();

    private static PluginJar meters(String version) {
        return PluginJar.of("meters", version)
                .file("contracts/meter.reading.v1.schema.json", READING)
                .file("contracts/meter.double.v1.schema.json", READING)
                .file("routes/read.camel.yaml", READ);
    }

    private static Path folder(String name) {
        return HUB.home().resolve(name);
    }

    /** Routes name their folders relative to the process; in a test they must lie in the hub's home. */
    private static String here(String route) {
        return route.replace("file:in", "file:" + folder("in")).replace("file:OUT", "file:" + folder("out"));
    }

    private static void reading(String unit, String meter, int value) throws IOException {
        Files.createDirectories(folder("in"));
        Path part = folder("in").resolve(".part");
        Files.writeString(part, """
                {"unit": "%s", "meter": "%s", "at": "2026-11-22T08:00:00+08:00", "value": %d}""".formatted(unit, meter, value));
        Files.move(part, folder("in").resolve(meter + "-" + value + "-" + System.nanoTime() + ".json"));
    }

    private static List<String> hops(String contract, String key) {
        JsonNode page = HUB.get("/records?contract=" + contract + "&key=" + key);
        if (page.at("/records").isEmpty()) {
            return List.of();
        }
        JsonNode flow = HUB.get("/records/" + page.at("/records/0/id").asText());
        return flow.at("/hops").findValuesAsText("kind");
    }

    @Test
    @Order(1)
    void aPluginDroppedIntoTheFolderRuns() {
        meters("1.0.0").file("routes/read.camel.yaml", here(READ)).dropInto(folder("plugins"));
        await().untilAsserted(() -> assertThat(HUB.get("/plugins/meters").at("/plugin/version").asText()).isEqualTo("1.0.0"));
        HUB.write("routes/to-file.camel.yaml", here(TO_FILE));
        // A subscription sees what is published from its first day on.
        await().untilAsserted(() -> assertThat(route("to-file").at("/state").asText()).isEqualTo("Started"));
    }

    @Test
    @Order(2)
    void aFileBecomesARecordAndGoesItsWay() throws IOException {
        reading("510104-H01", "M1", 21);
        Path out = folder("out").resolve("510104-H01|M1.txt");
        await().untilAsserted(() -> assertThat(out).hasContent("42"));
        await().untilAsserted(() -> assertThat(hops("meter.reading.v1", "510104-H01%7CM1"))
                .containsExactlyInAnyOrder("RECEIVED", "STORED", "DELIVERED"));
        await().untilAsserted(() -> assertThat(hops("meter.double.v1", "510104-H01%7CM1"))
                .containsExactlyInAnyOrder("PUBLISHED", "STORED", "DELIVERED"));
    }

    @Test
    @Order(3)
    void whatIsRefusedIsFoundWithItsReason() throws IOException {
        reading("999999", "M2", 1);
        await().untilAsserted(() -> {
            JsonNode refused = HUB.get("/records?status=REFUSED").at("/records/0");
            assertThat(refused.at("/causeCode").asText()).isEqualTo("unknown-unit");
            assertThat(refused.at("/source").asText()).startsWith("file M2-1-");
        });
    }

    @Test
    @Order(4)
    void aSiteRouteChangesWhileTheHubRunsAndABrokenEditChangesNothing() throws IOException {
        HUB.write("routes/to-file.camel.yaml", here(TO_FILE).replace("tostring", "tostring | . + \"!\""));
        await().untilAsserted(() -> {
            reading("510104-H01", "E" + System.nanoTime(), 4);
            try (Stream<Path> files = Files.list(folder("out"))) {
                assertThat(files.map(WayOfARecordTest::text)).contains("8!");
            }
        });
        HUB.write("routes/to-file.camel.yaml", here(TO_FILE).replace("- setBody", "- setBoddy"));
        await().untilAsserted(() -> {
            JsonNode route = route("to-file");
            assertThat(route.at("/problem/place").asText()).isEqualTo("routes/to-file.camel.yaml:6");
            assertThat(route.at("/problem/message").asText()).contains("setBoddy");
            assertThat(route.at("/state").asText()).isEqualTo("Started");
        });
        reading("510104-H01", "M4", 5);
        await().untilAsserted(() -> assertThat(folder("out").resolve("510104-H01|M4.txt")).hasContent("10!"));
        HUB.write("routes/to-file.camel.yaml", here(TO_FILE));
        await().untilAsserted(() -> assertThat(route("to-file").at("/problem").isMissingNode()
                || route("to-file").at("/problem").isNull()).isTrue());
    }

    private static JsonNode route(String id) {
        for (JsonNode route : HUB.get("/routes").at("/routes")) {
            if (route.at("/id").asText().equals(id)) {
                return route;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    @Order(5)
    void aPluginThatIsTakenAwayLeavesItsRecordsWaiting() throws IOException {
        HUB.hub().plugins().carryOut(new PluginRequest.Remove("meters"),
                new Mandate("a test", "api", Set.of("contracts:meter.double.v1")));
        assertThat(HUB.get("/routes").findValuesAsText("id")).doesNotContain("read-file");
        assertThat(folder("plugins").resolve("meters.jar")).doesNotExist();
        meters("1.0.2").file("routes/read.camel.yaml", here(READ)).dropInto(folder("plugins"));
        reading("510302-H01", "M5", 3);
        await().untilAsserted(() -> assertThat(folder("out").resolve("510302-H01|M5.txt")).hasContent("6"));
    }

    @Test
    @Order(6)
    void aPluginThatTheSiteUsesDoesNotGoWithItsFile() throws IOException {
        Path jar = folder("plugins").resolve("meters.jar");
        Files.delete(jar);
        await().untilAsserted(() -> {
            assertThat(jar).as("the folder says what runs").exists();
            assertThat(HUB.get("/plugins/meters").at("/plugin/state").asText()).isEqualTo("RUNNING");
            assertThat(HUB.get("/plugins/meters/history").toString()).contains("plan-not-accepted")
                    .contains("yuzui plugin remove meters --accept contracts:meter.double.v1");
        });
    }

    @Test
    @Order(7)
    void aRestartForgetsNothing() throws IOException {
        HUB.stop();
        HUB.start();
        reading("510104-H01", "M1", 21);
        await().untilAsserted(() -> assertThat(hops("meter.reading.v1", "510104-H01%7CM1")).contains("DUPLICATE"));
        assertThat(HUB.hub().records().store().versions("meter.reading.v1", "510104-H01|M1")).hasSize(1);
    }
}
