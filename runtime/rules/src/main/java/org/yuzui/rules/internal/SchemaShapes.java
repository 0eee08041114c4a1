package org.yuzui.rules.internal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the JSON Schema of a contract says about the values that a check may name. All schemas that speak about one place
 * are looked at together; a field whose type they don't agree on has none.
 */
final class SchemaShapes {

    /** Deeper than any record; a schema that contains itself ends here. */
    private static final int DEPTH = 8;

    private final JsonNode root;

    SchemaShapes(JsonNode root) {
        this.root = root;
    }

    Shape.Parts fields() {
        return shape(List.of(root), DEPTH) instanceof Shape.Parts parts ? parts : new Shape.Parts(Map.of(), null);
    }

    private Shape shape(List<JsonNode> schemas, int depth) {
        Set<JsonNode> here = new LinkedHashSet<>();
        schemas.forEach(s -> gather(s, here));
        Set<String> types = new TreeSet<>();
        here.forEach(s -> {
            JsonNode type = s.path("type");
            if (type.isTextual()) {
                types.add(type.asText());
            }
            type.forEach(t -> types.add(t.asText()));
        });
        types.remove("null");
        if (types.contains("number")) {
            types.remove("integer");
        }
        if (types.size() != 1 || depth == 0) {
            return Shape.Unknown.SHAPE;
        }
        return switch (types.iterator().next()) {
            case "string" -> text(here);
            case "number", "integer" -> Shape.Scalar.NUMBER;
            case "boolean" -> Shape.Scalar.BOOLEAN;
            case "array" -> new Shape.Many(shape(under(here, "items"), depth - 1));
            default -> {
                Map<String, Shape> fields = new LinkedHashMap<>();
                for (JsonNode schema : here) {
                    schema.path("properties").fieldNames().forEachRemaining(name -> fields.computeIfAbsent(name,
                            n -> shape(here.stream().map(s -> s.path("properties").get(n)).filter(p -> p != null).toList(),
                                    depth - 1)));
                }
                yield new Shape.Parts(fields, null);
            }
        };
    }

    private static Shape text(Set<JsonNode> schemas) {
        Set<String> formats = new TreeSet<>();
        schemas.forEach(s -> {
            if (s.has("format")) {
                formats.add(s.get("format").asText());
            }
        });
        return formats.size() != 1 ? Shape.Scalar.TEXT : switch (formats.iterator().next()) {
            case "date" -> Shape.Scalar.DATE;
            case "date-time" -> Shape.Scalar.DATE_TIME;
            case "time" -> Shape.Scalar.TIME;
            case "duration" -> Shape.Scalar.DURATION;
            default -> Shape.Scalar.TEXT;
        };
    }

    private static List<JsonNode> under(Set<JsonNode> schemas, String word) {
        List<JsonNode> all = new ArrayList<>();
        schemas.forEach(s -> {
            if (s.path(word).isObject()) {
                all.add(s.get(word));
            }
        });
        return all;
    }

    private void gather(JsonNode schema, Set<JsonNode> all) {
        if (!schema.isObject() || !all.add(schema)) {
            return;
        }
        String reference = schema.path("$ref").asText("");
        if (reference.equals("#")) {
            gather(root, all);
        } else if (reference.startsWith("#/")) {
            gather(root.at(JsonPointer.compile(URI.create(reference).getFragment())), all);
        }
        for (String word : List.of("allOf", "anyOf", "oneOf", "dependentSchemas")) {
            schema.path(word).forEach(s -> gather(s, all));
        }
        for (String word : List.of("then", "else")) {
            gather(schema.path(word), all);
        }
    }
}
