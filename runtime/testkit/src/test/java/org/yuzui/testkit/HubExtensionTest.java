package org.yuzui.testkit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.testkit.Patience.await;

/** The example of the testkit's README. */
class HubExtensionTest {

    private static final String SCHEMA = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "title": "A reading",
             "required": ["meter", "value"], "additionalProperties": false, "x-key": ["/meter"],
             "properties": {"meter": {"type": "string"}, "value": {"type": "number"}}}
            """;
    private static final String SETTINGS = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "properties": {"every": {"type": "integer", "default": 60000}}}
            """;
    private static final String TICK = """
            - route:
                id: tick
                from:
                  uri: schedule:tick
                  steps:
                    - setBody: {simple: '{"meter": "T${date:now:HHmmss}", "value": 1}'}
                    - to: record:meter.reading.v1
            """;
    private static final String ROUTE = """
            - route:
                id: read
                from:
                  uri: timer:read?repeatCount=1&delay=0&period={{every}}
                  steps:
                    - setBody: {constant: '{"meter": "M1", "value": 21}'}
                    - to: record:meter.reading.v1
            """;

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of()
            .plugin(PluginJar.of("meters", "1.0.0")
                    .file("settings.schema.json", SETTINGS)
                    .file("contracts/meter.reading.v1.schema.json", SCHEMA)
                    .file("routes/read.camel.yaml", ROUTE).file("routes/tick.camel.yaml", TICK)
                    .file("schedules/tick.schedule.yaml", "every: 1s\n").file("schedules/hourly.schedule.yaml", "every: 1h\n"))
            .settings("meters", "every: 1000");

    @Test
    void aReadingBecomesARecord() {
        await().untilAsserted(() ->
                assertThat(HUB.get("/records?contract=meter.reading.v1&key=M1").at("/records")).hasSize(1));
        assertThat(HUB.get("/plugins/meters").at("/contracts/0").asText()).isEqualTo("meter.reading.v1");
    }

    @Test
    void whatIsSeldomDueComesNotInTheMidstOfATest() {
        assertThat(HUB.hub().scheduler().pauses()).containsKeys("meters/hourly", "hub/retention").doesNotContainKey("meters/tick");
        await().untilAsserted(() -> assertThat(HUB.get("/records?contract=meter.reading.v1").findValuesAsText("key")).anyMatch(k -> k.startsWith("T")));
    }
}
