package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of Java and FEEL as JSON: numbers stay decimal, dates and durations are ISO 8601 text. */
public final class FeelJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private FeelJson() {
    }

    public static JsonNode of(Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof JsonNode node) {
            return node;
        }
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        if (value instanceof BigDecimal number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof TemporalAccessor || value instanceof TemporalAmount) {
            return NODES.textNode(value.toString());
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((k, v) -> object.set(String.valueOf(k), of(v)));
            return object;
        }
        if (value instanceof Iterable<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(item -> array.add(of(item)));
            return array;
        }
        if (value instanceof Number number) {
            return number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte
                    ? NODES.numberNode(number.longValue()) : number instanceof BigInteger big ? NODES.numberNode(big)
                    : NODES.numberNode(new BigDecimal(number.toString()));
        }
        // A range or a function: FEEL's own text says best what it is.
        return value.getClass().getName().startsWith("org.kie.") ? NODES.textNode(value.toString()) : JSON.valueToTree(value);
    }

    /** JSON without a shape as FEEL has it. */
    static Object plain(JsonNode json) {
        if (json == null || json.isNull() || json.isMissingNode()) {
            return null;
        }
        if (json.isNumber()) {
            return json.decimalValue();
        }
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isArray()) {
            List<Object> items = new ArrayList<>(json.size());
            json.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (json.isObject()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            json.properties().forEach(e -> fields.put(e.getKey(), plain(e.getValue())));
            return fields;
        }
        return json.asText();
    }
}
