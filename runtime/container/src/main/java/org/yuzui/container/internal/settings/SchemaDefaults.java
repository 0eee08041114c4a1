package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/**
 * Fills in what a person left out with the {@code default}s of the schema: at any depth of nested objects, in every value
 * of a map ({@code additionalProperties}), in every item of a list. An object that nobody wrote comes into being when
 * something in it has a default. A key without a value ({@code listen:} and nothing after it) counts as left out.
 */
final class SchemaDefaults {

    private static final int DEEPEST = 64;

    private final JsonNode root;
    private final Set<String> open;

    /** @param open pointers of texts that came from outside and take the type that the schema asks for */
    SchemaDefaults(JsonNode root, Set<String> open) {
        this.root = root;
        this.open = open;
    }

    JsonNode apply(JsonNode tree) {
        return apply(root, tree, "", 0);
    }

    /** The value with its defaults; a missing node when there is neither value nor default. */
    private JsonNode apply(JsonNode written, JsonNode value, String pointer, int depth) {
        JsonNode schema = followed(written);
        if (depth > DEEPEST) {
            return value;
        }
        JsonNode result = value;
        if (value.isMissingNode() || value.isNull() && !allows(schema, "null")) {
            JsonNode otherwise = written.has("default") ? written.get("default") : schema.path("default");
            result = otherwise.isMissingNode() ? MissingNode.getInstance() : otherwise.deepCopy();
        }
        for (JsonNode part : schema.path("allOf")) {
            result = apply(part, result, pointer, depth + 1);
        }
        if (open.contains(pointer) && result.isTextual() && !allows(schema, "string")) {
            result = typed(result, schema);
        }
        if (result.isArray() && schema.path("items").isObject()) {
            return items((ArrayNode) result, schema.get("items"), pointer, depth);
        }
        if (result.isObject() || result.isMissingNode() && schema.has("properties")) {
            return properties(result, schema, pointer, depth);
        }
        return result;
    }

    private JsonNode properties(JsonNode value, JsonNode schema, String pointer, int depth) {
        ObjectNode object = value.isObject() ? (ObjectNode) value.deepCopy() : JsonNodeFactory.instance.objectNode();
        JsonNode properties = schema.path("properties");
        properties.properties().forEach(p -> {
            JsonNode child = apply(p.getValue(), object.path(p.getKey()), Pointers.child(pointer, p.getKey()), depth + 1);
            if (child.isMissingNode()) {
                object.remove(p.getKey());
            } else {
                object.set(p.getKey(), child);
            }
        });
        JsonNode others = schema.path("additionalProperties");
        if (others.isObject()) {
            object.properties().forEach(e -> {
                if (!properties.has(e.getKey())) {
                    JsonNode child = apply(others, e.getValue(), Pointers.child(pointer, e.getKey()), depth + 1);
                    e.setValue(child.isMissingNode() ? e.getValue() : child);
                }
            });
        }
        return object.isEmpty() && !value.isObject() ? value : object;
    }

    private ArrayNode items(ArrayNode list, JsonNode schema, String pointer, int depth) {
        ArrayNode filled = list.arrayNode();
        for (int i = 0; i < list.size(); i++) {
            filled.add(apply(schema, list.get(i), pointer + "/" + i, depth + 1));
        }
        return filled;
    }

    private JsonNode followed(JsonNode schema) {
        JsonNode current = schema;
        for (int i = 0; i < DEEPEST && current.path("$ref").isTextual(); i++) {
            String ref = current.get("$ref").asText();
            current = ref.startsWith("#") ? root.at(JsonPointer.compile(ref.substring(1))) : MissingNode.getInstance();
        }
        return current;
    }

    private static boolean allows(JsonNode schema, String type) {
        JsonNode types = schema.path("type");
        if (types.isArray()) {
            for (JsonNode t : types) {
                if (t.asText().equals(type)) {
                    return true;
                }
            }
            return false;
        }
        return types.asText().equals(type);
    }

    private static JsonNode typed(JsonNode text, JsonNode schema) {
        String value = text.asText().strip();
        if (allows(schema, "boolean") && (value.equals("true") || value.equals("false"))) {
            return BooleanNode.valueOf(value.equals("true"));
        }
        try {
            if (allows(schema, "integer")) {
                BigInteger number = new BigInteger(value);
                return number.bitLength() < Integer.SIZE ? IntNode.valueOf(number.intValue()) : BigIntegerNode.valueOf(number);
            }
            if (allows(schema, "number")) {
                return DecimalNode.valueOf(new BigDecimal(value));
            }
        } catch (NumberFormatException e) {
            return text; // the schema's check says what is wrong with it
        }
        return text;
    }
}
