package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The words that a contract may use: JSON Schema 2020-12 without the ones that reach outside the file or change their
 * meaning by where they are evaluated ({@code $anchor}, {@code $dynamicRef} …), and the hub's own {@code x-…}.
 */
final class SchemaVocabulary {

    /** What stands behind a keyword. */
    enum Shape { VALUE, SCHEMA, SCHEMA_LIST, SCHEMA_MAP }

    static final Set<String> ROOT_WORDS = Set.of("x-key", "x-unit", "x-date", "x-order", "x-stored", "x-capture", "x-index",
            "x-retention", "x-rules");
    static final Set<String> FIELD_WORDS = Set.of("x-sensitivity", "x-mask", "x-title");

    private static final Map<String, Shape> KEYWORDS = new TreeMap<>();

    static {
        put(Shape.VALUE, "$schema", "$id", "$comment", "$ref", "title", "description", "default", "examples",
                "deprecated", "readOnly", "writeOnly", "type", "enum", "const", "required", "dependentRequired",
                "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
                "pattern", "format", "minItems", "maxItems", "uniqueItems", "minContains", "maxContains",
                "minProperties", "maxProperties", "contentEncoding", "contentMediaType");
        put(Shape.SCHEMA, "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames", "items",
                "contains", "not", "if", "then", "else");
        put(Shape.SCHEMA_LIST, "allOf", "anyOf", "oneOf", "prefixItems");
        put(Shape.SCHEMA_MAP, "properties", "patternProperties", "dependentSchemas", "$defs");
        ROOT_WORDS.forEach(w -> put(Shape.VALUE, w));
        FIELD_WORDS.forEach(w -> put(Shape.VALUE, w));
    }

    private SchemaVocabulary() {
    }

    static Set<String> words() {
        return KEYWORDS.keySet();
    }

    /** Visits a schema and every schema inside it, parents first, with its pointer. */
    static void walk(JsonNode schema, String pointer, BiConsumer<JsonNode, String> visitor) {
        visitor.accept(schema, pointer);
        schema.properties().forEach(e -> {
            String place = pointer + "/" + escape(e.getKey());
            JsonNode value = e.getValue();
            switch (KEYWORDS.getOrDefault(e.getKey(), Shape.VALUE)) {
                case SCHEMA -> walk(value, place, visitor);
                case SCHEMA_LIST -> {
                    for (int i = 0; i < value.size(); i++) {
                        walk(value.get(i), place + "/" + i, visitor);
                    }
                }
                case SCHEMA_MAP -> value.properties().forEach(
                        child -> walk(child.getValue(), place + "/" + escape(child.getKey()), visitor));
                case VALUE -> { }
            }
        });
    }

    /** A property name as a step of a JSON pointer. */
    static String escape(String step) {
        return step.indexOf('~') < 0 && step.indexOf('/') < 0 ? step : step.replace("~", "~0").replace("/", "~1");
    }

    static String unescape(String step) {
        return step.indexOf('~') < 0 ? step : step.replace("~1", "/").replace("~0", "~");
    }

    private static void put(Shape shape, String... words) {
        for (String word : words) {
            KEYWORDS.put(word, shape);
        }
    }
}
