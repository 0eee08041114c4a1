package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The quick look is right whenever it is sure, and sure of what is common. */
class SureCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SCHEMA = """
            {"type": "object", "required": ["name", "at"], "additionalProperties": false, "properties": {
              "name": {"type": "string", "minLength": 1, "maxLength": 4},
              "at": {"type": "string", "format": "date-time"},
              "day": {"type": ["string", "null"], "format": "date"},
              "kind": {"type": "string", "enum": ["a", "b"]},
              "count": {"type": "integer", "minimum": 0, "maximum": 100},
              "share": {"type": "number", "minimum": -0.1, "maximum": 9007199254740993},
              "free": true,
              "any": {"minLength": 2, "minimum": 3, "minItems": 1, "required": ["x"]},
              "more": {"type": "object", "additionalProperties": {"type": "boolean"}},
              "list": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "number", "minimum": 0}}}}""";

    @Test
    void whatItIsSureOfTheLibraryTakesToo() throws Exception {
        SchemaCheck check = SchemaCheck.compile(JSON.readTree(SCHEMA));
        Random random = new Random(808);
        int sure = 0;
        for (int i = 0; i < 30_000; i++) {
            JsonNode record = record(random);
            assertThat(check.isConsistent(record)).as("%s", record).isTrue();
            sure += check.isSure(record) ? 1 : 0;
        }
        assertThat(sure).isGreaterThan(1_000);
    }

    private static JsonNode record(Random random) {
        ObjectNode record = NODES.objectNode();
        record.put("name", "雾都").put("at", "2026-03-02T09:30:15+08:00");
        String[] names = {"name", "at", "day", "kind", "count", "share", "free", "any", "more", "list", "stranger"};
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = names[random.nextInt(names.length - (random.nextInt(10) == 0 ? 0 : 1))];
            record.set(name, value(random, 0));
        }
        if (random.nextInt(20) == 0) {
            record.remove("at");
        }
        return record;
    }

    private static JsonNode value(Random random, int depth) {
        String[] texts = {"", "a", "b", "abcd", "abcde", "𠮷𠮷𠮷𠮷", "2026-02-28", "2026-02-29", "2024-02-29", "2026-13-01", "2026-3-1",
            "2026-03-02T09:30:15Z", "2026-03-02T09:30:15.123+08:00", "2026-03-02T24:00:00Z", "2026-03-02T23:59:60Z",
            "2026-03-02T09:30:15+18:00", "2026-03-02T09:30:15-18:01", "2026-03-02T09:30:15+8:000", "2026-03-31T00:00:00-00:00",
            "2026-04-31T00:00:00Z", "２０２６-03-02", "2026-03-02t09:30:15z", "2026-03-02T09:30:15 08:00"};
        return switch (random.nextInt(depth > 1 ? 8 : 10)) {
            case 0, 1 -> NODES.textNode(texts[random.nextInt(texts.length)]);
            case 2 -> NODES.numberNode(random.nextInt(-2, 104));
            case 3 -> NODES.numberNode(9007199254740990L + random.nextInt(8));
            case 4 -> NODES.numberNode(new double[] {-0.1, -0.100001, 0, 1.0, 100.5, 9007199254740992d, 1e300, 2.5}[random.nextInt(8)]);
            case 5 -> NODES.numberNode(new BigDecimal(new String[] {"-0.1", "-0.10000000000000001", "3.0", "1E+2", "0.5"}[random.nextInt(5)]));
            case 6 -> NODES.numberNode(BigInteger.valueOf(9007199254740990L + random.nextInt(8)));
            case 7 -> random.nextBoolean() ? NODES.nullNode() : NODES.booleanNode(random.nextBoolean());
            case 8 -> {
                ArrayNode list = NODES.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    object.set(random.nextBoolean() ? "x" : "y", value(random, depth + 1));
                }
                yield object;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"anyOf\": [{}]}", "{\"properties\": {\"a\": {\"pattern\": \"x\"}}}", "{\"items\": {\"$ref\": \"#\"}}",
        "{\"enum\": [1]}", "{\"format\": \"email\"}", "{\"properties\": {\"a\": false}}", "{\"const\": \"a\"}", "{\"if\": {}}"})
    void ofASchemaThatIsMoreThanPlainItKnowsNothing(String schema) throws Exception {
        assertThat(SureCheck.of(JSON.readTree(schema))).isNull();
    }
}
