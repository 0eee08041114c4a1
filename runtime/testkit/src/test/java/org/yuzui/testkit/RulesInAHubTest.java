package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.testkit.Patience.await;

/** A plugin with a decision and with checks in its contract, in a real hub: the verdict goes with the record, nonsense is refused. */
class RulesInAHubTest {

    private static final String TRIP = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "title": "A trip",
             "required": ["unit", "plate", "day", "km", "verdict"],
             "properties": {"unit": {"type": "string"}, "plate": {"type": "string"}, "day": {"type": "string", "format": "date"},
                            "km": {"type": "number"}, "dayOff": {"type": "boolean"}, "order": {"type": "string"},
                            "verdict": {"type": "string"}},
             "x-key": ["/plate", "/day"], "x-unit": "/unit",
             "x-rules": [{"id": "km-is-positive", "check": "km > 0", "message": {"zh": "里程须大于零", "en": "no distance"}}]}
            """;
    private static final String USE = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:yuzui="https://yuzui.org/dmn"
                         id="m" name="公务用车" namespace="urn:yuzui:use">
              <inputData id="i" name="dayOff"><variable id="iv" name="dayOff" typeRef="boolean"/></inputData>
              <inputData id="o" name="order" yuzui:optional="true"><variable id="ov" name="order" typeRef="string"/></inputData>
              <decision id="d" name="结论"><variable id="dv" name="结论" typeRef="string"/>
                <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
                <informationRequirement id="s"><requiredInput href="#o"/></informationRequirement>
                <literalExpression id="e"><text>if dayOff and order = null then "节假日无派车单" else "正常"</text></literalExpression>
              </decision>
            </definitions>
            """;

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of();

    private static String route() {
        return """
                - route:
                    id: read-trips
                    from:
                      uri: file:%s
                      parameters: {initialDelay: 0, delay: 50, move: done, moveFailed: failed}
                      steps:
                        - to: rule:use?decision=结论&into=verdict
                        - to: record:fleet.trip.v1
                """.formatted(HUB.home().resolve("in"));
    }

    private static void trip(String file, String json) throws IOException {
        Path in = Files.createDirectories(HUB.home().resolve("in"));
        Files.writeString(in.resolve("." + file), json);
        Files.move(in.resolve("." + file), in.resolve(file));
    }

    @Test
    void theVerdictGoesWithTheRecordAndNonsenseIsRefused() throws IOException {
        PluginJar.of("fleet", "1.0.0").file("contracts/fleet.trip.v1.schema.json", TRIP).file("rules/use.dmn", USE)
                .file("routes/read.camel.yaml", route()).dropInto(HUB.home().resolve("plugins"));
        await().untilAsserted(() -> assertThat(HUB.hub().rules().find("fleet/use")).isPresent());

        trip("a.json", "{\"unit\": \"510104\", \"plate\": \"川A1\", \"day\": \"2026-10-01\", \"km\": 12.5, \"dayOff\": true}");
        trip("b.json", "{\"unit\": \"510104\", \"plate\": \"川A2\", \"day\": \"2026-10-01\", \"km\": 0, \"dayOff\": true}");

        await().untilAsserted(() -> assertThat(HUB.hub().records().store().versions("fleet.trip.v1", "川A1|2026-10-01"))
                .singleElement().satisfies(r -> assertThat(r.body().get("verdict").asText()).isEqualTo("节假日无派车单")));
        await().untilAsserted(() -> {
            JsonNode refused = HUB.get("/records?status=refused");
            assertThat(refused.toString()).contains("rule-violated");
        });
        assertThat(HUB.hub().records().store().versions("fleet.trip.v1", "川A2|2026-10-01")).isEmpty();
        assertThat(HUB.hub().rules().require("fleet/use").recent()).hasSize(2);
    }
}
