package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.contracts.Compatibility.Finding;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Walks two schemas side by side and notes where the new one asks for more, or says less, than the old one. */
public final class SchemaComparison {

    private static final List<String> LOWER = List.of("minimum", "exclusiveMinimum", "minLength", "minItems",
            "minProperties", "minContains");
    private static final List<String> UPPER = List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems",
            "maxProperties", "maxContains");
    /** Keywords whose effect can't be compared: only taking them away is surely safe. */
    private static final List<String> OPAQUE = List.of("pattern", "format", "propertyNames", "contains", "not",
            "dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems");

    private static final Set<String> NOTES = Set.of("title", "description", "$comment", "default", "examples",
            "deprecated", "readOnly", "writeOnly", "x-sensitivity", "x-mask", "x-title");

    private final SchemaFields known;
    private final SchemaFields coming;
    private final List<Finding> findings = new ArrayList<>();
    /** What is being compared further up: a schema that contains itself comes by again. */
    private final Set<List<JsonNode>> open = new HashSet<>();

    private SchemaComparison(JsonNode known, JsonNode coming) {
        this.known = new SchemaFields(known);
        this.coming = new SchemaFields(coming);
    }

    public static List<Finding> of(JsonNode known, JsonNode coming) {
        SchemaComparison comparison = new SchemaComparison(known, coming);
        for (String word : List.of("x-key", "x-unit", "x-date", "x-order")) {
            if (!Objects.equals(known.get(word), coming.get(word))) {
                comparison.add("", word, "has another " + word + " now.");
            }
        }
        comparison.order(known.path("x-order").asText());
        comparison.compare(known, coming, "");
        return List.copyOf(comparison.findings);
    }

    /** Records are ordered by a text that depends on the format; two formats in one order would mix. */
    private void order(String pointer) {
        String before = known.find(pointer).map(SchemaFields.Field::format).orElse("");
        String after = coming.find(pointer).map(SchemaFields.Field::format).orElse(before);
        if (!before.equals(after)) {
            add(pointer, "x-order", "has another format now, by which records are ordered.");
        }
    }

    private void compare(JsonNode before, JsonNode after, String field) {
        JsonNode old = resolved(before, known);
        JsonNode now = resolved(after, coming);
        if (now.isBoolean() || old.isBoolean()) {
            if (now.equals(BooleanNode.FALSE) && !old.equals(BooleanNode.FALSE)) {
                add(field, "false", "is not allowed any more.");
            } else if (old.equals(BooleanNode.TRUE) && now.isObject()) {
                compare(JsonNodeFactory.instance.objectNode(), now, field);
            }
            return;
        }
        List<JsonNode> pair = List.of(old, now);
        if (!open.add(pair)) {
            return;
        }
        types(old, now, field);
        values(old, now, field);
        limits(old, now, field);
        opaque(old, now, field);
        objects(old, now, field);
        arrays(old, now, field);
        combined(old, now, field);
        open.remove(pair);
    }

    private void types(JsonNode old, JsonNode now, String field) {
        Set<String> after = SchemaFields.types(now);
        if (after.isEmpty()) {
            return;
        }
        Set<String> lost = new TreeSet<>(SchemaFields.types(old));
        if (lost.isEmpty()) {
            add(field, "type", "had any type and is only " + String.join(", ", after) + " now.");
            return;
        }
        lost.removeAll(after);
        if (after.contains("number")) {
            lost.remove("integer");
        }
        if (!lost.isEmpty()) {
            add(field, "type", "can't be of type " + String.join(", ", lost) + " any more.");
        }
    }

    private void values(JsonNode old, JsonNode now, String field) {
        List<JsonNode> before = allowed(old);
        List<JsonNode> after = allowed(now);
        if (after == null) {
            return;
        }
        if (before == null) {
            add(field, "enum", "is limited to certain values now.");
            return;
        }
        List<String> lost = before.stream().filter(v -> !after.contains(v)).map(JsonNode::toString).toList();
        if (!lost.isEmpty()) {
            add(field, "enum", "can't be " + String.join(", ", lost) + " any more.");
        }
    }

    private static List<JsonNode> allowed(JsonNode schema) {
        if (schema.has("const")) {
            return List.of(schema.get("const"));
        }
        if (!schema.has("enum")) {
            return null;
        }
        List<JsonNode> values = new ArrayList<>();
        schema.get("enum").forEach(values::add);
        return values;
    }

    private void limits(JsonNode old, JsonNode now, String field) {
        for (String word : LOWER) {
            if (now.has(word) && (!old.has(word) || number(now, word).compareTo(number(old, word)) > 0)
                    && !(word.startsWith("min") && !word.equals("minimum") && number(now, word).signum() == 0)) {
                add(field, word, "must have " + word + " " + now.get(word) + " now.");
            }
        }
        for (String word : UPPER) {
            if (now.has(word) && (!old.has(word) || number(now, word).compareTo(number(old, word)) < 0)) {
                add(field, word, "must have " + word + " " + now.get(word) + " now.");
            }
        }
        if (now.has("multipleOf") && (!old.has("multipleOf")
                || number(old, "multipleOf").remainder(number(now, "multipleOf")).signum() != 0)) {
            add(field, "multipleOf", "must be a multiple of " + now.get("multipleOf") + " now.");
        }
        if (now.path("uniqueItems").asBoolean() && !old.path("uniqueItems").asBoolean()) {
            add(field, "uniqueItems", "must not repeat an item now.");
        }
    }

    private void opaque(JsonNode old, JsonNode now, String field) {
        for (String word : OPAQUE) {
            if (now.has(word) && !now.get(word).equals(old.get(word)) && !now.get(word).equals(BooleanNode.TRUE)) {
                add(field, word, "has another " + word + " now, which may refuse what was valid.");
            }
        }
        boolean condition = now.has("if") && (now.has("then") || now.has("else"));
        if (condition && !List.of(now.get("if"), now.path("then"), now.path("else"))
                .equals(List.of(old.path("if"), old.path("then"), old.path("else")))) {
            add(field, "if", "has another condition now, which may refuse what was valid.");
        }
    }

    private void objects(JsonNode old, JsonNode now, String field) {
        JsonNode before = old.path("properties");
        JsonNode after = now.path("properties");
        before.properties().forEach(e -> {
            String child = field + "/" + SchemaVocabulary.escape(e.getKey());
            if (after.has(e.getKey())) {
                compare(e.getValue(), after.get(e.getKey()), child);
            } else {
                add(child, "properties", "was removed" + renamed(e.getValue(), before, after) + ".");
            }
        });
        for (JsonNode name : now.path("required")) {
            if (!contains(old.path("required"), name)) {
                add(field + "/" + SchemaVocabulary.escape(name.asText()), "required",
                        before.has(name.asText()) ? "is required now." : "is new and required.");
            }
        }
        now.path("patternProperties").properties().forEach(e -> {
            JsonNode was = old.path("patternProperties").get(e.getKey());
            if (was == null) {
                add(field, "patternProperties", "asks for more of fields that match " + e.getKey() + " now.");
            } else {
                compare(was, e.getValue(), field + "/*");
            }
        });
        if (now.has("additionalProperties")) {
            compare(old.has("additionalProperties") ? old.get("additionalProperties") : BooleanNode.TRUE,
                    now.get("additionalProperties"), field + "/*");
        }
    }

    /** Names the new property that looks exactly like the one that went. */
    private static String renamed(JsonNode property, JsonNode before, JsonNode after) {
        List<String> alike = new ArrayList<>();
        after.properties().forEach(e -> {
            if (!before.has(e.getKey()) && e.getValue().equals(property)) {
                alike.add(e.getKey());
            }
        });
        return alike.size() == 1 ? " (renamed to " + alike.get(0) + "?)" : "";
    }

    private void arrays(JsonNode old, JsonNode now, String field) {
        JsonNode before = old.path("prefixItems");
        JsonNode after = now.path("prefixItems");
        JsonNode oldRest = old.has("items") ? old.get("items") : BooleanNode.TRUE;
        JsonNode nowRest = now.has("items") ? now.get("items") : BooleanNode.TRUE;
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            compare(before.has(i) ? before.get(i) : oldRest, after.has(i) ? after.get(i) : nowRest, field + "/" + i);
        }
        compare(oldRest, nowRest, field + "/*");
    }

    private void combined(JsonNode old, JsonNode now, String field) {
        JsonNode all = now.path("allOf");
        for (int i = 0; i < all.size(); i++) {
            if (old.path("allOf").has(i)) {
                compare(old.get("allOf").get(i), all.get(i), field);
            } else {
                add(field, "allOf", "must keep one schema more now.");
            }
        }
        for (int i = all.size(); i < old.path("allOf").size(); i++) {
            if (old.get("allOf").get(i).has("properties")) {
                add(field, "allOf", "lost fields that a part of allOf declared.");
            }
        }
        if (now.has("anyOf") && (!old.has("anyOf") || !containsAll(now.get("anyOf"), old.get("anyOf")))) {
            add(field, "anyOf", "has other alternatives now, which may refuse what was valid.");
        }
        if (now.has("oneOf") && !now.get("oneOf").equals(old.get("oneOf"))) {
            add(field, "oneOf", "has other alternatives now, which may refuse what was valid.");
        }
    }

    /** What a reference means: its target, or both when rules of its own stand beside it. */
    private static JsonNode resolved(JsonNode schema, SchemaFields of) {
        JsonNode at = schema;
        for (int steps = 0; at.has("$ref") && steps < 32; steps++) {
            JsonNode target = of.target(at.get("$ref").asText()).orElse(BooleanNode.TRUE);
            ObjectNode rules = ((ObjectNode) at).deepCopy();
            rules.remove("$ref");
            rules.remove(NOTES);
            if (!rules.isEmpty()) {
                rules.withArray("allOf").add(target);
                return rules;
            }
            at = target;
        }
        return at;
    }

    private static BigDecimal number(JsonNode schema, String word) {
        return schema.get(word).decimalValue();
    }

    private static boolean containsAll(JsonNode list, JsonNode items) {
        for (JsonNode item : items) {
            if (!contains(list, item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(JsonNode list, JsonNode item) {
        for (JsonNode n : list) {
            if (n.equals(item)) {
                return true;
            }
        }
        return false;
    }

    private void add(String field, String rule, String why) {
        findings.add(new Finding(field, rule, why));
    }
}
