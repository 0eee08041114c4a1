package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Factors to standard coal and carbon, by the day from which they hold. Exact decimals: nothing is rounded here. Water has no
 * factor and must have none: it is never added to standard coal.
 */
final class Factors {

    private static final String OURS = "factors.json";

    /** The factors that hold on a day. */
    record Version(String name, Map<String, BigDecimal> kgce, Map<String, BigDecimal> kgPerLitre, Map<String, BigDecimal> kgCO2) {

        /** Kilograms of standard coal; empty when the kind has no factor. */
        Optional<BigDecimal> kgce(String kind, BigDecimal quantity) {
            return times(kgce, kind, quantity);
        }

        /** Kilograms of carbon dioxide; empty when the kind has no factor. */
        Optional<BigDecimal> kgCO2(String kind, BigDecimal quantity) {
            return times(kgCO2, kind, quantity);
        }

        /** Kilograms of a fuel that is counted in litres. */
        Optional<BigDecimal> kilograms(String kind, BigDecimal litres) {
            return times(kgPerLitre, kind, litres);
        }

        private static Optional<BigDecimal> times(Map<String, BigDecimal> factors, String kind, BigDecimal quantity) {
            return Optional.ofNullable(factors.get(kind)).map(quantity::multiply);
        }
    }

    private final TreeMap<LocalDate, Version> versions = new TreeMap<>();

    private Factors(JsonNode tree, String file) {
        for (JsonNode node : tree.path("versions")) {
            String name = node.path("version").asText();
            Map<String, BigDecimal> kgce = decimals(node.path("kgce"), name, file);
            if (name.isEmpty() || kgce.isEmpty()) {
                throw new IllegalArgumentException("A version in " + file + " lacks its name or 'kgce'.");
            }
            if (kgce.containsKey(Kind.WATER.code())) {
                throw new IllegalArgumentException("The version " + name + " in " + file
                        + " converts water to standard coal. Water is never added to it: take the factor out.");
            }
            versions.put(LocalDate.parse(node.path("from").asText()), new Version(name, kgce,
                    decimals(node.path("kgPerLitre"), name, file), decimals(node.path("kgCO2"), name, file)));
        }
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("There are no 'versions' in " + file + ".");
        }
    }

    /**
     * @param file null for the plugin's own
     * @throws IllegalArgumentException when it can't be read, naming it
     */
    static Factors read(String file) {
        String shown = file == null ? OURS : file;
        try (InputStream in = file == null ? Factors.class.getResourceAsStream(OURS) : Files.newInputStream(Path.of(file))) {
            return new Factors(new ObjectMapper().readTree(in), shown);
        } catch (IOException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("The factors in " + shown + " can't be read: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException when the file begins later */
    Version on(LocalDate day) {
        Map.Entry<LocalDate, Version> entry = versions.floorEntry(day);
        if (entry == null) {
            throw new IllegalArgumentException("No factors hold on " + day + ": the first begin on " + versions.firstKey() + ".");
        }
        return entry.getValue();
    }

    private static Map<String, BigDecimal> decimals(JsonNode node, String version, String file) {
        Map<String, BigDecimal> decimals = new HashMap<>();
        node.properties().forEach(e -> {
            try {
                decimals.put(e.getKey(), new BigDecimal(e.getValue().asText()));
            } catch (NumberFormatException x) {
                throw new IllegalArgumentException("The factor " + e.getKey() + " of " + version + " in " + file + " is no number.", x);
            }
        });
        return Map.copyOf(decimals);
    }
}
