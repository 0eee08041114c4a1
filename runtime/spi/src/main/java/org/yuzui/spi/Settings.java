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

    /**
     * The settings of a plugin that has none.
     *
     * @return always the same
     */
    public static Settings empty() {
        return EMPTY;
    }

    /**
     * Settings as a test writes them; in the hub a plugin is given its own.
     *
     * @param tree an object; it is copied
     * @return settings that answer from the tree alone, without defaults and without validation
     */
    public static Settings of(JsonNode tree) {
        return new Settings(tree.deepCopy());
    }

    /**
     * The whole tree, defaults and secrets included: not for a log.
     *
     * @return a copy
     */
    public JsonNode tree() {
        return tree.deepCopy();
    }

    /**
     * The text at a dotted path. Numbers and booleans as text.
     *
     * @param path such as {@code listen.host}
     * @return empty when nothing is there, or a mapping or a list
     */
    public Optional<String> text(String path) {
        JsonNode node = at(path);
        return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }

    /**
     * The text at a dotted path, or another one.
     *
     * @param path      such as {@code listen.host}
     * @param otherwise what is given when nothing is there; may be null
     * @return the text there, or {@code otherwise}
     */
    public String text(String path, String otherwise) {
        return text(path).orElse(otherwise);
    }

    /**
     * The whole number at a dotted path, or another one.
     *
     * @param path      such as {@code listen.port}
     * @param otherwise what is given when nothing is there, or no number
     * @return the number there, or {@code otherwise}; what lies behind a decimal point is cut off
     */
    public int number(String path, int otherwise) {
        JsonNode node = at(path);
        return node.isNumber() ? node.intValue() : otherwise;
    }

    /**
     * The texts of a mapping at a dotted path, in its order.
     *
     * @param path such as {@code facilities}
     * @return empty when there is none; the caller's own
     */
    public Map<String, String> map(String path) {
        Map<String, String> map = new LinkedHashMap<>();
        at(path).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
        return map;
    }

    /**
     * Every leaf under its dotted path ({@code listen.port → 2575}), for property placeholders. Lists are left out.
     *
     * @return in the order of the tree; the caller's own
     */
    public Map<String, String> flat() {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", tree, flat);
        return flat;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties().forEach(e ->
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
