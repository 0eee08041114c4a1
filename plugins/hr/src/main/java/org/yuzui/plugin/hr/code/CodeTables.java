package org.yuzui.plugin.hr.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Code tables: a code or any of its names gives the code. Of two digits one is enough, for spreadsheets drop a zero. */
public final class CodeTables {

    private static final String DEFAULT = "/org/yuzui/plugin/hr/codes.json";

    private final Map<String, Map<String, String>> tables = new HashMap<>();
    private final Map<String, String> samples = new HashMap<>();

    private CodeTables(JsonNode tree) {
        tree.properties().forEach(table -> {
            Map<String, String> codes = new LinkedHashMap<>();
            StringBuilder sample = new StringBuilder();
            table.getValue().path("codes").properties().forEach(code -> {
                codes.put(code.getKey(), code.getKey());
                if (code.getKey().matches("0\\d")) {
                    codes.putIfAbsent(code.getKey().substring(1), code.getKey());
                }
                code.getValue().forEach(name -> codes.put(name.asText(), code.getKey()));
                if (sample.length() < 40) {
                    sample.append(sample.isEmpty() ? "" : "、").append(code.getValue().path(0).asText());
                }
            });
            tables.put(table.getKey(), codes);
            samples.put(table.getKey(), sample.toString());
        });
    }

    /**
     * Reads them.
     *
     * @param file a file of the site in place of the one that the plugin carries; null for none
     */
    public static CodeTables load(Path file) {
        try (InputStream in = file == null ? CodeTables.class.getResourceAsStream(DEFAULT) : Files.newInputStream(file)) {
            return new CodeTables(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("The code tables " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Empty when the table has neither a code nor a name like that. */
    public Optional<String> code(String table, String text) {
        return Optional.ofNullable(tables.getOrDefault(table, Map.of()).get(text));
    }

    /** A few names, for a message. */
    public String sample(String table) {
        return samples.getOrDefault(table, "");
    }
}
