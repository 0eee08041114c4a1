package org.yuzui.plugin.assets.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What sheets, columns and values are called in files, and which class of assets a category belongs to. Several names may stand
 * for one; of two columns of one field the one counts that is named first.
 */
public final class Mapping {

    private static final String DEFAULT = "/org/yuzui/plugin/assets/assets.mapping.json";
    private static final Set<String> KINDS = Set.of("card", "reallocation", "loan", "return", "disposal");

    private final Map<String, String> sheets = new LinkedHashMap<>();
    private final Set<String> ignored = new HashSet<>();
    private final Map<String, Map<String, List<String>>> columns = new HashMap<>();
    private final Map<String, Map<String, String>> values = new HashMap<>();
    private final Map<String, List<String>> shown = new HashMap<>();
    private final Map<String, String> classes = new LinkedHashMap<>();

    private Mapping(JsonNode tree) {
        tree.path("sheets").properties().forEach(s -> s.getValue().forEach(n -> sheets.put(n.asText(), s.getKey())));
        tree.path("ignore").forEach(n -> ignored.add(n.asText()));
        tree.path("columns").properties().forEach(k -> {
            Map<String, List<String>> fields = new LinkedHashMap<>();
            k.getValue().properties().forEach(f -> {
                List<String> names = new ArrayList<>();
                f.getValue().forEach(n -> names.add(n.asText()));
                fields.put(f.getKey(), names);
            });
            columns.put(k.getKey(), fields);
        });
        tree.path("values").properties().forEach(f -> {
            Map<String, String> words = new LinkedHashMap<>();
            f.getValue().properties().forEach(v -> v.getValue().forEach(n -> words.put(n.asText(), v.getKey())));
            shown.put(f.getKey(), List.copyOf(words.keySet()));
            f.getValue().fieldNames().forEachRemaining(code -> words.put(code, code)); // what JSON says
            values.put(f.getKey(), words);
        });
        tree.path("classes").properties().forEach(c -> classes.put(c.getKey(), c.getValue().asText()));
        if (sheets.isEmpty() || !KINDS.containsAll(sheets.values()) || !columns.keySet().containsAll(sheets.values())
                || !values.keySet().containsAll(Set.of("state", "into", "status", "method"))) {
            throw new IllegalArgumentException("The mapping needs sheets, columns for each of their kinds (" + KINDS
                    + "), and values for state, into, status and method. Begin with a copy of the plugin's own.");
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

    /** {@code card}, or a kind of movement; null when no sheet is called that. */
    public String kind(String sheet) {
        return sheets.get(sheet.strip());
    }

    public Set<String> sheets() {
        return sheets.keySet();
    }

    public boolean ignores(String sheet) {
        return ignored.contains(sheet.strip());
    }

    /** The names of columns by field, the best first. */
    Map<String, List<String>> columns(String kind) {
        return columns.get(kind);
    }

    /** What words mean: those of files, and the codes of JSON. */
    Map<String, String> words(String field) {
        return values.get(field);
    }

    List<String> shown(String field) {
        return shown.get(field);
    }

    /** The class of the longest beginning that is named; {@code other} when none is. */
    String classOf(String category) {
        String best = "";
        for (String prefix : classes.keySet()) {
            best = category.startsWith(prefix) && prefix.length() > best.length() ? prefix : best;
        }
        return classes.getOrDefault(best, "other");
    }
}
