package org.yuzui.contracts.internal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what a pointer into a record means in its schema. Several schemas speak about one place: the one that stands
 * there, those it refers to or combines ({@code $ref}, {@code allOf}), and those that may apply ({@code anyOf},
 * {@code if} …). They are looked at together.
 */
final class SchemaFields {

    private static final List<String> ALWAYS = List.of("allOf");
    private static final List<String> PERHAPS = List.of("anyOf", "oneOf");
    private static final List<String> PERHAPS_ONE = List.of("if", "then", "else");

    private final JsonNode root;

    SchemaFields(JsonNode root) {
        this.root = root;
    }

    /**
     * A property as the schema knows it.
     *
     * @param schemas  all that is said about it
     * @param required whether a valid record always has it, with every object above it
     * @param masked   whether it, or an object above it, is hidden at capture
     */
    record Field(String pointer, List<JsonNode> schemas, boolean required, boolean masked) {

        /** Every type that one of its schemas names; empty when none does. */
        Set<String> types() {
            Set<String> types = new TreeSet<>();
            for (JsonNode schema : schemas) {
                types.addAll(SchemaFields.types(schema));
            }
            return types;
        }

        boolean isScalar() {
            Set<String> types = types();
            return !types.isEmpty() && Set.of("string", "integer", "number", "boolean").containsAll(types);
        }

        /** {@code date}, {@code date-time} … or the empty text. */
        String format() {
            return schemas.stream().map(s -> s.path("format").asText("")).filter(f -> !f.isEmpty()).findFirst().orElse("");
        }

        /** {@code /visit/admittedAt → visit.admittedAt}. */
        String dotted() {
            StringBuilder s = new StringBuilder();
            for (String step : pointer.substring(1).split("/")) {
                s.append(s.isEmpty() ? "" : ".").append(SchemaVocabulary.unescape(step));
            }
            return s.toString();
        }
    }

    /** The property at a pointer, if a schema declares it. Pointers into arrays name no property. */
    Optional<Field> find(String pointer) {
        if (!pointer.startsWith("/")) {
            return Optional.empty();
        }
        Set<JsonNode> here = together(Set.of(root), true);
        Set<JsonNode> sure = together(Set.of(root), false);
        boolean required = true;
        boolean masked = false;
        for (String escaped : pointer.substring(1).split("/", -1)) {
            String step = SchemaVocabulary.unescape(escaped);
            required &= sure.stream().anyMatch(s -> requires(s, step));
            Set<JsonNode> next = properties(here, step);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            sure = together(properties(sure, step), false);
            here = together(next, true);
            masked |= here.stream().anyMatch(SchemaFields::isMasked);
        }
        return Optional.of(new Field(pointer, List.copyOf(here), required, masked));
    }

    /** Pointers of all properties that are declared outside arrays; for naming the nearest. */
    Set<String> pointers() {
        Set<String> found = new TreeSet<>();
        collect(Set.of(root), "", found, 0);
        return found;
    }

    private void collect(Collection<JsonNode> schemas, String pointer, Set<String> found, int depth) {
        if (depth > 8) {
            return; // a schema that contains itself goes on for ever
        }
        Set<JsonNode> here = together(schemas, true);
        Set<String> names = new TreeSet<>();
        here.forEach(s -> s.path("properties").fieldNames().forEachRemaining(names::add));
        for (String name : names) {
            String child = pointer + "/" + SchemaVocabulary.escape(name);
            found.add(child);
            collect(properties(here, name), child, found, depth + 1);
        }
    }

    /** The schemas and all that apply at the same place through them; {@code perhaps}: also those that may apply. */
    Set<JsonNode> together(Collection<JsonNode> schemas, boolean perhaps) {
        Set<JsonNode> all = new LinkedHashSet<>();
        schemas.forEach(s -> gather(s, perhaps, all));
        return all;
    }

    private void gather(JsonNode schema, boolean perhaps, Set<JsonNode> all) {
        if (!all.add(schema)) {
            return;
        }
        if (schema.has("$ref")) {
            target(schema.get("$ref").asText()).ifPresent(s -> gather(s, perhaps, all));
        }
        for (String word : ALWAYS) {
            schema.path(word).forEach(s -> gather(s, perhaps, all));
        }
        if (perhaps) {
            PERHAPS.forEach(word -> schema.path(word).forEach(s -> gather(s, true, all)));
            schema.path("dependentSchemas").forEach(s -> gather(s, true, all));
            PERHAPS_ONE.stream().filter(schema::has).forEach(word -> gather(schema.get(word), true, all));
        }
    }

    /** What a reference inside the file points at. */
    Optional<JsonNode> target(String reference) {
        if (reference.equals("#")) {
            return Optional.of(root);
        }
        if (!reference.startsWith("#/")) {
            return Optional.empty();
        }
        try {
            JsonNode node = root.at(JsonPointer.compile(URI.create(reference).getFragment()));
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The schemas that apply at the same place because of this one; one step. */
    List<JsonNode> inPlace(JsonNode schema) {
        List<JsonNode> next = new ArrayList<>();
        if (schema.has("$ref")) {
            target(schema.get("$ref").asText()).ifPresent(next::add);
        }
        for (String word : List.of("allOf", "anyOf", "oneOf", "dependentSchemas")) {
            schema.path(word).forEach(next::add);
        }
        for (String word : List.of("if", "then", "else", "not")) {
            if (schema.has(word)) {
                next.add(schema.get(word));
            }
        }
        return next;
    }

    static boolean isMasked(JsonNode schema) {
        String sensitivity = schema.path("x-sensitivity").asText("public");
        return schema.has("x-mask") || sensitivity.equals("personal") || sensitivity.equals("secret");
    }

    /** The types that a schema names; empty when it names none. */
    static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        Set<String> types = new TreeSet<>();
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(t -> types.add(t.asText()));
        return types;
    }

    private static Set<JsonNode> properties(Collection<JsonNode> schemas, String name) {
        Set<JsonNode> found = new LinkedHashSet<>();
        for (JsonNode schema : schemas) {
            JsonNode property = schema.path("properties").get(name);
            if (property != null) {
                found.add(property);
            }
        }
        return found;
    }

    private static boolean requires(JsonNode schema, String name) {
        for (JsonNode n : schema.path("required")) {
            if (n.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
