package org.yuzui.plugin.finance.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What documents, tables, fields and states are called in files. Several names may stand for one field: those of an edition of the
 * standard, its element numbers, or those of a product that departs from it.
 */
public final class Mapping {

    private static final String DEFAULT = "/org/yuzui/plugin/finance/gbt24589.mapping.json";

    private final Map<String, String> documents = new HashMap<>();
    private final Map<String, Table> tables = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();

    private Mapping(JsonNode tree) {
        tree.path("documents").properties().forEach(d -> d.getValue().forEach(n -> documents.put(n.asText(), d.getKey())));
        tree.path("tables").properties().forEach(t -> {
            Map<String, String> fields = new HashMap<>();
            t.getValue().path("fields").properties().forEach(f -> f.getValue().forEach(n -> fields.put(n.asText(), f.getKey())));
            Table table = new Table(t.getKey(), Map.copyOf(fields));
            t.getValue().path("names").forEach(n -> tables.put(n.asText(), table));
        });
        tree.path("states").properties().forEach(s -> s.getValue().forEach(n -> states.put(n.asText(), s.getKey())));
        if (documents.isEmpty() || tables.isEmpty()) {
            throw new IllegalArgumentException("The mapping names no documents or no tables.");
        }
    }

    /** @param file a file of the site in place of the one that the plugin carries; null for none */
    public static Mapping load(Path file) {
        try (InputStream in = file == null ? Mapping.class.getResourceAsStream(DEFAULT) : Files.newInputStream(file)) {
            return new Mapping(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("The mapping " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Null when no document is called that. */
    public String document(String name) {
        return documents.get(name);
    }

    /** Null when no table is called that. */
    public Table table(String name) {
        return tables.get(name);
    }

    /** The state of an asset by what a file calls it; {@code other} for what the mapping doesn't name. */
    public String state(String name) {
        return states.getOrDefault(name, "other");
    }

    /** A table's own name and its fields by what files call them. */
    public record Table(String name, Map<String, String> fields) {

        private static final String AUXILIARY = "辅助项";

        /**
         * @param number of the standard ({@code locID}), or null
         * @return null for a field that isn't taken
         */
        String field(String name, String number) {
            String field = fields.get(name);
            if (field == null && number != null) {
                field = fields.get(number);
            }
            return field == null && name.startsWith(AUXILIARY) && name.endsWith("编号") && name.length() <= 7 ? name : field;
        }
    }
}
