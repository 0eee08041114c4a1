package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;

/** A site for {@link RecordFlow}: a plugin with three contracts of the same shape, and records of about 1 KiB for them. */
final class BenchRecords {

    static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    /** Published by threads, taken by a route of the plugin, stored. */
    static final String READING = "bench.reading.v1";
    /** Waits for the route that passes it on; not stored. */
    static final String ORDER = "bench.order.v1";
    /** Published by that route, taken by a route of the plugin, stored. */
    static final String PASSED = "bench.passed.v1";

    /** As {@link #READING}, and nothing kept of how it came. */
    static final String FORGOTTEN = "bench.forgotten.v1";
    /** The same, and the message kept that it came as. */
    static final String CAPTURED = "bench.captured.v1";

    static final String PASS_ON = """
            - route:
                id: pass-on
                from:
                  uri: record:%s
                  parameters: {subscription: pass-on, batch: 200}
                  steps:
                    - to: record:%s
            """.formatted(ORDER, PASSED);

    private static final int HOURS = 24;
    private static final String SCHEMA = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A meter's day", "type": "object",
             "required": ["unit", "meter", "day", "at", "hours"], "additionalProperties": false,
             "properties": {
               "unit": {"type": "string", "maxLength": 40},
               "meter": {"type": "string", "minLength": 1, "maxLength": 40},
               "day": {"type": "string", "format": "date"},
               "at": {"type": "string", "format": "date-time"},
               "kind": {"type": "string", "enum": ["electricity", "gas", "water"]},
               "hours": {"type": "array", "maxItems": 24, "items": {"type": "object", "additionalProperties": false,
                 "required": ["hour", "kwh"],
                 "properties": {"hour": {"type": "integer", "minimum": 0, "maximum": 23}, "kwh": {"type": "number", "minimum": 0},
                                "state": {"type": "string", "enum": ["ok", "estimated"]}}}}},
             "x-key": ["/unit", "/meter"], "x-unit": "/unit", "x-date": "/day", "x-order": "/at", "x-index": ["/kind"]%s}
            """;
    private static final String TAKE = """
            - route:
                id: take-%1$s
                from:
                  uri: record:%1$s
                  parameters: {subscription: take-%1$s, batch: 200}
                  steps:
                    - setHeader: {name: taken, constant: yes}
            """;

    private final AtomicLong numbers = new AtomicLong();

    /** Makes the home of a hub with the plugin and one unit. */
    static void site(Path home) throws IOException {
        for (String folder : new String[] {"plugins", "routes", "config/plugins", "config/calendar", "config/org"}) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("config/hub.yaml"), "node: {id: bench}\nweb: {port: 0}\n");
        Files.writeString(home.resolve("config/org/units.csv"), "code,name,level,parent\n510000,四川省,province,\n");
        BenchPlugin plugin = new BenchPlugin("bench", "1.0.0")
                .file("contracts/" + READING + ".schema.json", SCHEMA.formatted(""))
                .file("contracts/" + ORDER + ".schema.json", SCHEMA.formatted(", \"x-stored\": false"))
                .file("contracts/" + PASSED + ".schema.json", SCHEMA.formatted(""))
                .file("contracts/" + FORGOTTEN + ".schema.json", SCHEMA.formatted(", \"x-capture\": \"none\""))
                .file("contracts/" + CAPTURED + ".schema.json", SCHEMA.formatted(", \"x-capture\": \"arrival\""))
                .file("routes/take.camel.yaml", TAKE.formatted(READING) + TAKE.formatted(PASSED) + TAKE.formatted(FORGOTTEN)
                        + TAKE.formatted(CAPTURED));
        plugin.drop(plugin.prepare(home.resolve("plugins")));
    }

    /** A record with a key of its own. */
    JsonNode next() {
        long number = numbers.getAndIncrement();
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", "510000").put("meter", "M" + number).put("day", DAY.toString())
                .put("at", "2026-11-22T23:59:59+08:00").put("kind", "electricity");
        ArrayNode hours = record.putArray("hours");
        for (int hour = 0; hour < HOURS; hour++) {
            hours.addObject().put("hour", hour).put("kwh", (number + hour) % 977).put("state", "ok");
        }
        return record;
    }

    /** How large one is. */
    int bytes() {
        return next().toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** An HL7 message of 2 KiB, of which no two are the same. */
    byte[] message() {
        long number = numbers.getAndIncrement();
        StringBuilder s = new StringBuilder(2_100).append("MSH|^~\\&|HIS|SCSY|YUZUI|JGSW|20261122235959||ORU^R01|M").append(number)
                .append("|P|2.4\rPID|1||").append(number * 7919 % 1_000_003).append("^^^SCSY||测试^").append(number).append("||19800101|F\r");
        for (int line = 1; s.length() < 2_000; line++) {
            s.append("OBX|").append(line).append("|NM|").append((number * line) % 9973).append("^白细胞计数^L||").append((number + line) % 97)
                    .append('.').append(line * number % 89).append("|10^9/L|3.5-9.5|N|||F|||20261122").append((number * 31 + line) % 235_959).append('\r');
        }
        return s.toString().getBytes(StandardCharsets.UTF_8);
    }
}
