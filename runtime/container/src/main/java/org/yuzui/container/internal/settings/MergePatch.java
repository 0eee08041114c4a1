package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;

/** JSON merge patch (RFC 7386) over trees as {@link org.yuzui.kernel.YamlDocument} makes them. */
final class MergePatch {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MergePatch() {
    }

    /** The target stays as it is. */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target.isObject() ? target.deepCopy() : JSON.objectNode();
        patch.properties().forEach(e -> {
            if (e.getValue().isNull()) {
                result.remove(e.getKey());
            } else {
                result.set(e.getKey(), apply(result.path(e.getKey()), e.getValue()));
            }
        });
        return result;
    }

    /** Numbers as they come out of YAML, so that equal means equal. */
    static JsonNode normal(JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = JSON.objectNode();
            node.properties().forEach(e -> object.set(e.getKey(), normal(e.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JSON.arrayNode();
            node.forEach(n -> array.add(normal(n)));
            return array;
        }
        if (node.isFloatingPointNumber() && !Double.isNaN(node.doubleValue()) && !Double.isInfinite(node.doubleValue())) {
            BigDecimal number = new BigDecimal(node.asText());
            boolean looksWhole = number.scale() <= 0 && number.precision() - number.scale() < 50;
            return DecimalNode.valueOf(looksWhole ? number.setScale(1) : number);
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToInt() ? JSON.numberNode(node.intValue())
                    : node.canConvertToLong() ? JSON.numberNode(node.longValue()) : JSON.numberNode(node.bigIntegerValue());
        }
        return node;
    }
}
