package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What 100 g of each ingredient contain: the plugin's example, or the file that the site names. */
final class NutrientTable {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String OWN = "/nutrients.json";

    private final String version;
    private final List<String> nutrients;
    private final Map<String, Map<String, BigDecimal>> ingredients;
    private final Map<String, String> aliases;

    private NutrientTable(String version, List<String> nutrients, Map<String, Map<String, BigDecimal>> ingredients, Map<String, String> aliases) {
        this.version = version;
        this.nutrients = nutrients;
        this.ingredients = ingredients;
        this.aliases = aliases;
    }

    /**
     * Reads it.
     *
     * @param file empty for the plugin's own
     * @throws IllegalArgumentException what is wrong with it, by ingredient
     */
    static NutrientTable read(String file) {
        String name = file.isEmpty() ? "the plugin's " + OWN : file;
        try (InputStream in = file.isEmpty() ? NutrientTable.class.getResourceAsStream(OWN) : Files.newInputStream(Path.of(file))) {
            return of(JSON.readTree(in), name);
        } catch (JsonProcessingException | NoSuchFileException e) {
            throw new IllegalArgumentException("nutrition.table: " + name + " is not there, or not JSON.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("nutrition.table: " + name + " can't be read.", e);
        }
    }

    private static NutrientTable of(JsonNode table, String name) {
        List<String> nutrients = new ArrayList<>();
        table.path("nutrients").fieldNames().forEachRemaining(nutrients::add);
        if (table.path("version").asText("").isEmpty() || !nutrients.contains("energy")) {
            throw new IllegalArgumentException("nutrition.table: " + name + " has no version, or no nutrient 'energy' (in kcal).");
        }
        Map<String, Map<String, BigDecimal>> ingredients = new LinkedHashMap<>();
        table.path("ingredients").properties().forEach(e -> {
            Map<String, BigDecimal> contents = new LinkedHashMap<>();
            for (String nutrient : nutrients) {
                JsonNode amount = e.getValue().path(nutrient);
                if (!amount.isNumber() || amount.decimalValue().signum() < 0) {
                    throw new IllegalArgumentException("nutrition.table: " + name + " doesn't say how much " + nutrient + " is in " + e.getKey() + ".");
                }
                contents.put(nutrient, amount.decimalValue());
            }
            ingredients.put(e.getKey(), contents);
        });
        Map<String, String> aliases = new LinkedHashMap<>();
        table.path("aliases").properties().forEach(e -> {
            if (!ingredients.containsKey(e.getValue().asText())) {
                throw new IllegalArgumentException("nutrition.table: " + name + " calls " + e.getKey() + " something that it doesn't have.");
            }
            aliases.put(e.getKey(), e.getValue().asText());
        });
        return new NutrientTable(table.get("version").asText(), List.copyOf(nutrients), ingredients, aliases);
    }

    String version() {
        return version;
    }

    List<String> nutrients() {
        return nutrients;
    }

    /** What 100 g contain, by nutrient; empty when the table doesn't have it. */
    Optional<Map<String, BigDecimal>> of(String ingredient) {
        String name = ingredient.strip();
        return Optional.ofNullable(ingredients.get(aliases.getOrDefault(name, name)));
    }
}
