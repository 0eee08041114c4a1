package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
public final class SecretFields {

    /** What stands for a secret wherever a person looks; in a change it means "as it is". */
    public static final String MASK = "***";

    private static final int DEEPEST = 64;
    private static final List<String> SHARES = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> BRANCHES = List.of("if", "then", "else");
    private static final Pattern ONLY_PLACEHOLDERS = Pattern.compile("(\\$\\{(env|file):[^}]*})+");

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
     * A copy that may be shown: secrets are {@link #MASK} but for what is only {@code ${env:}} and {@code ${file:}}, and so is
     * whatever stands under a key that the schema doesn't know, which may be a secret with a slip of the pen in its name.
     */
    public JsonNode masked(JsonNode tree) {
        return walk(List.of(root), tree, "", (pointer, value, schemas) -> {
            boolean hide = schemas.isEmpty() || isSecret(schemas) || SecretBox.isSealed(value.asText());
            return hide && !isHarmless(value) ? TextNode.valueOf(MASK) : value;
        });
    }

    /** The schema itself as it may be shown: a secret's default is masked. */
    static boolean isHarmless(JsonNode value) {
        return value.isNull() || value.asText().isEmpty() || ONLY_PLACEHOLDERS.matcher(value.asText()).matches();
    }

    private interface Leaf {
        JsonNode at(String pointer, JsonNode value, List<JsonNode> schemas);
    }

    private JsonNode walk(List<JsonNode> written, JsonNode value, String pointer, Leaf leaf) {
        List<JsonNode> schemas = new ArrayList<>();
        written.forEach(s -> spread(s, schemas, 0));
        if (value.isObject()) {
            ObjectNode copy = ((ObjectNode) value).objectNode();
            value.fields().forEachRemaining(e -> copy.set(e.getKey(), walk(ofKey(schemas, e.getKey()), e.getValue(),
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
            int before = found.size();
            inherit(schema, found);
            JsonNode own = schema.path("properties").path(key);
            if (!own.isMissingNode()) {
                found.add(own);
            }
            schema.path("patternProperties").fields().forEachRemaining(e -> {
                if (Pattern.compile(e.getKey()).matcher(key).find()) {
                    found.add(e.getValue());
                }
            });
            if (found.size() == before) {
                JsonNode others = schema.path(schema.has("additionalProperties") ? "additionalProperties" : "unevaluatedProperties");
                boolean open = others.isMissingNode() && !schema.has("properties") && (schema.isBoolean() || isPlainObject(schema));
                found.add(open ? schema.isBoolean() ? schema : schema.objectNode(schema) : others);
            }
        }
        found.removeIf(JsonNode::isMissingNode);
        return found;
    }

    private static List<JsonNode> ofItem(List<JsonNode> schemas, int index) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode schema : schemas) {
            inherit(schema, found);
            JsonNode own = schema.path("prefixItems").path(index);
            JsonNode item = own.isMissingNode() ? schema.path("items") : own;
            found.add(item);
        }
        found.removeIf(JsonNode::isMissingNode);
        return found;
    }
}
