package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.testkit.Patience.await;

/** What stopped in a real hub is found by its cause, mended and sent on, and arrives. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayThroughTheHubTest {

    private static final String READING = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "title": "A reading", "required": ["unit", "meter", "value"], "additionalProperties": false,
             "properties": {"unit": {"type": "string"}, "meter": {"type": "string"}, "value": {"type": "number", "maximum": 100}},
             "x-key": ["/unit", "/meter"], "x-unit": "/unit"}
            """;
    private static final String ROUTES = """
            - route:
                id: read-file
                from:
                  uri: file:IN
                  parameters: {initialDelay: 0, delay: 50, move: done, moveFailed: failed}
                  steps:
                    - setHeader: {name: YuzuiSource, simple: 'file ${header.CamelFileName}'}
                    - setProperty: {name: text, simple: '${bodyAs(String)}'}
                    - setHeader: {name: YuzuiArrived, simple: '${exchangeProperty.text}'}
                    - setBody: {simple: '${exchangeProperty.text}'}
                    - to: record:meter.reading.v1
            - route:
                id: multiply
                from:
                  uri: record:meter.reading.v1?subscription=multiply
                  steps:
                    - setBody: {jq: '.value = .value * FACTOR'}
                    - to: record:meter.multiple.v1
            """;

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of();

    private static void meters(String version, int factor) {
        PluginJar.of("meters", version)
                .file("contracts/meter.reading.v1.schema.json", READING)
                .file("contracts/meter.multiple.v1.schema.json", READING)
                .file("routes/read.camel.yaml", ROUTES.replace("file:IN", "file:" + HUB.home().resolve("in"))
                        .replace("FACTOR", Integer.toString(factor)))
                .dropInto(HUB.home().resolve("plugins"));
        await().untilAsserted(() -> {
            assertThat(HUB.get("/plugins/meters").at("/plugin/version").asText()).isEqualTo(version);
            assertThat(HUB.get("/plugins/meters").at("/plugin/state").asText()).isEqualTo("RUNNING");
        });
    }

    private static void reading(String unit, String meter, int value) throws IOException {
        Path in = Files.createDirectories(HUB.home().resolve("in"));
        Path part = in.resolve(".part");
        Files.writeString(part, "{\"unit\": \"%s\", \"meter\": \"%s\", \"value\": %d}".formatted(unit, meter, value));
        Files.move(part, in.resolve(meter + ".json"));
    }

    private static JsonNode flow(String query) {
        return HUB.get("/records?" + query).at("/records/0");
    }

    private static JsonNode ended(JsonNode replay) {
        await().untilAsserted(() -> assertThat(HUB.get("/replays/" + replay.at("/id").asLong()).at("/state").asText()).isEqualTo("DONE"));
        return HUB.get("/replays/" + replay.at("/id").asLong());
    }

    @Test
    @Order(1)
    void dead_letters_of_one_cause_are_sent_on_when_the_plugin_is_mended() throws IOException {
        meters("1.0.0", 3);
        for (int i = 0; i < 3; i++) {
            reading("510104-H01", "M" + i, 40 + i);
        }
        await().untilAsserted(() -> assertThat(HUB.get("/causes?status=DEAD").at("/groups/0/flows").asInt()).isEqualTo(3));
        JsonNode group = HUB.get("/causes?status=DEAD").at("/groups/0");
        assertThat(HUB.get("/causes?status=DEAD").at("/groups")).hasSize(1);
        assertThat(group.at("/latest/contract").asText()).isEqualTo("meter.reading.v1");
        assertThat(HUB.get("/record-facets?contract=meter.reading.v1").at("/groups/0/counts/0/value").asText()).isEqualTo("DEAD");

        meters("1.1.0", 2);
        String choice = "/replays?status=DEAD&cause=" + group.at("/id").asText();
        JsonNode preview = HUB.post(choice + "&dryRun=true", "{}");
        JsonNode replay = ended(HUB.post(choice, "{\"reason\": \"the factor was wrong\"}"));

        assertThat(preview.at("/fresh").asInt()).isEqualTo(3);
        assertThat(replay.at("/done").asInt()).isEqualTo(3);
        await().untilAsserted(() -> assertThat(HUB.get("/records?contract=meter.multiple.v1&status=DELIVERED").at("/records")).hasSize(3));
        await().untilAsserted(() -> assertThat(HUB.get("/records?contract=meter.reading.v1&status=DELIVERED").at("/records")).hasSize(3));
        assertThat(HUB.get("/causes?status=DEAD").at("/groups")).isEmpty();
    }

    @Test
    @Order(2)
    void a_refused_message_goes_in_again_by_its_route() throws IOException {
        reading("999999", "R1", 7);
        await().untilAsserted(() -> assertThat(flow("status=REFUSED").at("/causeCode").asText()).isEqualTo("unknown-unit"));
        String refused = flow("status=REFUSED").at("/id").asText();

        JsonNode replay = ended(HUB.post("/replays", "{\"only\": [\"" + refused + "\"]}"));
        assertThat(replay.at("/failed").asInt()).as("nothing has changed: %s", replay).isEqualTo(1);
        assertThat(HUB.get("/records/" + refused).at("/flow/status").asText()).isEqualTo("REFUSED");

        HUB.post("/records/" + refused + "/mend", "{\"text\": \"{\\\"unit\\\": \\\"510104-H01\\\", \\\"meter\\\": \\\"R1\\\", \\\"value\\\": 7}\", \"reason\": \"a typing error\"}");

        await().untilAsserted(() -> assertThat(HUB.get("/records/" + refused).at("/flow/status").asText()).isEqualTo("SETTLED"));
        await().untilAsserted(() -> assertThat(flow("contract=meter.multiple.v1&key=510104-H01%7CR1").at("/status").asText()).isEqualTo("DELIVERED"));
        JsonNode made = HUB.get("/records/" + flow("contract=meter.reading.v1&key=510104-H01%7CR1").at("/id").asText());
        assertThat(made.at("/hops/0/parent").asText()).isEqualTo(refused);
        assertThat(made.at("/hops/0/route").asText()).isEqualTo("read-file");
        assertThat(HUB.get("/records/" + refused).at("/hops").findValuesAsText("kind")).contains("REFUSED").endsWith("MENDED");
    }
}
