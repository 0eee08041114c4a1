package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which values of a tree the schema calls secret ({@code x-secret: true}, at any depth, through maps, lists, {@code $ref} and
 * every branch of {@code anyOf} and its like), and what of them a person may see.
 */
final class SecretFields {

    /** What stands for a secret wherever a person looks; in a change it means "as it is". */
    static final String MASK = "***";

    private static final JsonNode ALL_SECRET = JsonNodeFactory.instance.objectNode().put("x-secret", true);
    private static final int DEEPEST = 64;
    private static final List<String> SHARES = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> BRANCHES = List.of("if", "then", "else");
    private static final Pattern ONLY_PLACEHOLDERS = Pattern.compile("(\\$\\{(env|file|generated):[^}]*})+");

    private final JsonNode root;

    SecretFields(JsonNode schema) {
        this.root = schema;
    }

    /** Pointers of the scalars that are secret and not null or empty. */
    Set<String> in(JsonNode tree) {
        Set<String> found = new LinkedHashSet<>();
        walk(List.of(root), tree, "", (pointer, value, schemas) -> {
            if (isSecret(schemas) && !value.isNull() && !value.asText().isEmpty()) {
                found.add(pointer);
            }
            return value;
        });
        return found;
    }

    /**
     * A copy that may be shown: secrets are {@link #MASK} but for what is only {@code ${env:}}, {@code ${file:}} and {@code
     * ${generated:}}, and so is whatever stands under a key that the schema doesn't know, which may be a secret with a slip of
     * the pen in its name.
     */
    JsonNode masked(JsonNode tree) {
        return maskedAt("", tree);
    }

    /** The same for a part of a tree. */
    JsonNode maskedAt(String where, JsonNode part) {
        return walk(known(where), part, where, (pointer, value, schemas) -> {
            boolean hide = schemas.isEmpty() || isSecret(schemas) || value.asText().contains("${secret:");
            return hide && !isHarmless(value) ? TextNode.valueOf(MASK) : value;
        });
    }

    /** Whether it tells nothing: it is empty, or names only where the secret is. */
    static boolean isHarmless(JsonNode value) {
        return value.isNull() || value.asText().isEmpty() || ONLY_PLACEHOLDERS.matcher(value.asText()).matches();
    }

    /** Whether a value at this place is secret. */
    boolean isSecret(String pointer) {
        List<JsonNode> schemas = known(pointer);
        return isSecret(schemas);
    }

    /** Whether the schema has something to say of this place. */
    boolean isKnown(String pointer) {
        return !known(pointer).isEmpty();
    }

    /** Whether the schema has a property of this very name there. */
    boolean isNamed(String pointer) {
        List<String> steps = Pointers.steps(pointer);
        return known(Pointers.parent(pointer)).stream().anyMatch(s -> s.path("properties").has(steps.get(steps.size() - 1)));
    }

    private List<JsonNode> known(String pointer) {
        List<JsonNode> schemas = spread(List.of(root));
        for (String step : Pointers.steps(pointer)) {
            boolean index = step.matches("\\d+") && schemas.stream().anyMatch(s -> s.has("items") || s.has("prefixItems"));
            schemas = spread(index ? ofItem(schemas, Integer.parseInt(step)) : ofKey(schemas, step));
        }
        return schemas;
    }

    private interface Leaf {
        JsonNode at(String pointer, JsonNode value, List<JsonNode> schemas);
    }

    private JsonNode walk(List<JsonNode> written, JsonNode value, String pointer, Leaf leaf) {
        List<JsonNode> schemas = spread(written);
        if (value.isObject()) {
            ObjectNode copy = ((ObjectNode) value).objectNode();
            value.properties().forEach(e -> copy.set(e.getKey(), walk(ofKey(schemas, e.getKey()), e.getValue(),
                    Pointers.child(pointer, e.getKey()), leaf)));
            return copy;
        }
        if (value.isArray()) {
            ArrayNode copy = ((ArrayNode) value).arrayNode();
            for (int i = 0; i < value.size(); i++) {
                copy.add(walk(ofItem(schemas, i), value.get(i), pointer + "/" + i, leaf));
            }
            return copy;
        }
        return leaf.at(pointer, value, schemas);
    }

    private static boolean isSecret(List<JsonNode> schemas) {
        return schemas.stream().anyMatch(s -> s.path("x-secret").asBoolean());
    }

    private List<JsonNode> spread(List<JsonNode> written) {
        List<JsonNode> schemas = new ArrayList<>();
        written.forEach(s -> spread(s, schemas, 0));
        return schemas;
    }

    /** The schema and all that it refers to or is composed of. */
    private void spread(JsonNode schema, List<JsonNode> into, int depth) {
        if (schema.isMissingNode() || schema.isBoolean() && !schema.asBoolean() || depth > DEEPEST) {
            return;
        }
        into.add(schema);
        if (schema.path("$ref").isTextual() && schema.get("$ref").asText().startsWith("#")) {
            spread(root.at(JsonPointer.compile(schema.get("$ref").asText().substring(1))), into, depth + 1);
        }
        SHARES.forEach(k -> schema.path(k).forEach(s -> spread(s, into, depth + 1)));
        BRANCHES.forEach(k -> spread(schema.path(k), into, depth + 1));
        schema.path("dependentSchemas").forEach(s -> spread(s, into, depth + 1));
    }

    private static List<JsonNode> ofKey(List<JsonNode> schemas, String key) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode schema : schemas) {
            List<JsonNode> own = new ArrayList<>();
            if (schema.path("properties").has(key)) {
                own.add(schema.get("properties").get(key));
            }
            schema.path("patternProperties").properties().forEach(e -> {
                if (Pattern.compile(e.getKey()).matcher(key).find()) {
                    own.add(e.getValue());
                }
            });
            if (own.isEmpty()) {
                JsonNode others = schema.has("additionalProperties") ? schema.get("additionalProperties")
                        : schema.path("unevaluatedProperties");
                boolean isOpen = others.isMissingNode() && !schema.has("properties");
                own.add(isOpen ? BooleanNode.TRUE : others);
            }
            found.addAll(own);
            inherit(schema, found);
        }
        return found;
    }

    private static List<JsonNode> ofItem(List<JsonNode> schemas, int index) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode schema : schemas) {
            JsonNode own = schema.path("prefixItems").path(index);
            JsonNode items = own.isMissingNode() ? schema.path("items") : own;
            found.add(items.isMissingNode() ? BooleanNode.TRUE : items);
            inherit(schema, found);
        }
        return found;
    }

    /** All that is in a secret object or list is secret. */
    private static void inherit(JsonNode schema, List<JsonNode> found) {
        if (schema.path("x-secret").asBoolean()) {
            found.add(ALL_SECRET);
        }
    }
}
