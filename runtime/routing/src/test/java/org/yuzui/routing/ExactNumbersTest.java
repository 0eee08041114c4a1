package org.yuzui.routing;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;
import org.yuzui.records.RecordQuery;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.routing.Patience.await;

/** 18-digit money goes through routes as it came: as text, through conversions, and out again. */
class ExactNumbersTest {

    private static final String MONEY = "123456789012345678.90";
    private static final String CONTRACT = """
            {"type": "object", "x-key": ["/way"], "required": ["way"],
             "properties": {"way": {"type": "string"}, "amount": {"type": "number"}}}""";
    private static final String TREE = "com.fasterxml.jackson.databind.JsonNode";

    @TempDir
    static Path data;
    private static Rooms rooms;

    @BeforeAll
    static void open() {
        rooms = new Rooms(data);
    }

    @AfterAll
    static void close() {
        rooms.close();
    }

    @Test
    void everyWayIntoARecordKeepsTheDigits() {
        String tree = "convertBodyTo: {type: " + TREE + "}";
        String routes = way("text") + way("unmarshalled", "unmarshal: {json: {}}") + way("converted", tree)
                + way("there-and-back", tree, "convertBodyTo: {type: String}");
        Deployment running = rooms.run(GivenPlugin.of("money", routes).file("contracts/money.sum.v1.schema.json", CONTRACT));

        List<String> ways = List.of("converted", "text", "there-and-back", "unmarshalled");
        await().untilAsserted(() -> assertThat(ways).allSatisfy(way -> assertThat(amount(way)).isEqualTo("123456789012345678.9")));
        running.close();
    }

    @Test
    void numbersAreWrittenOutAndEndlessOnesAreNoNumbers() {
        Path out = data.resolve("out");
        Deployment running = rooms.run(GivenPlugin.of("written", """
                - route:
                    id: sound
                    from:
                      uri: timer:sound?repeatCount=1&delay=0
                      steps:
                        - setBody: {constant: '{"a": 100.0, "b": 1e-7, "c": 12e3, "d": 7.10}'}
                        - convertBodyTo: {type: %1$s}
                        - to: file:%2$s?fileName=sound.json
                - route:
                    id: endless
                    from:
                      uri: timer:endless?repeatCount=1&delay=0
                      steps:
                        - setBody: {constant: '{"a": 1e999999999}'}
                        - doTry:
                            steps:
                              - convertBodyTo: {type: %1$s}
                            doCatch:
                              - exception: [java.lang.Exception]
                                steps:
                                  - setBody: {simple: "${exception.message}"}
                                  - to: file:%2$s?fileName=endless.txt
                """.formatted(TREE, out)));

        await().untilAsserted(() -> {
            assertThat(out.resolve("sound.json")).hasContent("{\"a\":100.0,\"b\":0.0000001,\"c\":12000,\"d\":7.10}");
            assertThat(out.resolve("endless.txt")).content().contains("more than 400 places");
        });
        running.close();
    }

    private static String way(String name, String... conversions) {
        StringBuilder route = new StringBuilder("""
                - route:
                    id: %1$s
                    from:
                      uri: timer:%1$s?repeatCount=1&delay=0
                      steps:
                        - setBody: {constant: '{"way": "%1$s", "amount": %2$s}'}
                """.formatted(name, MONEY));
        for (String step : List.of(conversions)) {
            route.append("        - ").append(step).append('\n');
        }
        return route.append("        - to: record:money.sum.v1\n").toString();
    }

    private static String amount(String way) {
        return rooms.records.store().find(RecordQuery.byKey("money.sum.v1", way)).stream().findFirst()
                .map(r -> r.body().get("amount")).map(JsonNode::decimalValue).map(Object::toString).orElse("–");
    }
}
