package org.yuzui.spi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A plugin's settings: {@code config/plugins/<id>.yaml} over the defaults of its {@code settings.schema.json}, already
 * validated. Immutable. Routes read them as {@code {{listen.port}}}, Java reads them here; a bean of a plugin's context
 * finds them in the registry under the name {@code settings}.
 */
public final class Settings {

    private static final Settings EMPTY = new Settings(JsonNodeFactory.instance.objectNode());

    private final JsonNode tree;

    private Settings(JsonNode tree) {
        this.tree = tree;
    }

    public static Settings empty() {
        return EMPTY;
    }

    public static Settings of(JsonNode tree) {
        return new Settings(tree.deepCopy());
    }

    /** The whole tree; a copy. */
    public JsonNode tree() {
        return tree.deepCopy();
    }

    /** The text at a dotted path ({@code listen.host}), empty when there is none. Numbers and booleans as text. */
    public Optional<String> text(String path) {
        JsonNode node = at(path);
        return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** The text at a dotted path, or {@code otherwise}. */
    public String text(String path, String otherwise) {
        return text(path).orElse(otherwise);
    }

    /** The whole number at a dotted path, or {@code otherwise}. */
    public int number(String path, int otherwise) {
        JsonNode node = at(path);
        return node.isNumber() ? node.intValue() : otherwise;
    }

    /** The texts of an object at a dotted path, in its order; empty when there is none. */
    public Map<String, String> map(String path) {
        Map<String, String> map = new LinkedHashMap<>();
        at(path).fields().forEachRemaining(e -> map.put(e.getKey(), e.getValue().asText()));
        return map;
    }

    /** Every leaf under its dotted path ({@code listen.port → 2575}), for property placeholders. */
    public Map<String, String> flat() {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", tree, flat);
        return flat;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.fields().forEachRemaining(e ->
                    flatten(prefix.isEmpty() ? e.getKey() : prefix + "." + e.getKey(), e.getValue(), into));
        } else if (node.isValueNode() && !node.isNull()) {
            into.put(prefix, node.asText());
        }
    }

    private JsonNode at(String path) {
        JsonNode node = tree;
        for (String step : path.split("\\.")) {
            node = node.path(step);
        }
        return node;
    }
}
