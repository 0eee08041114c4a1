package org.yuzui.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which hospitals to send for: the facilities that the HIS plugin's settings map to units, or some that are named. */
public final class Hospitals {

    private static final String SETTINGS = "config/plugins/his.yaml";

    private Hospitals() {
    }

    /**
     * The hospitals of a site. Of several facilities with the same unit the first one sends.
     *
     * @param only facility codes to send for, also ones that the settings don't know; empty for all that they know
     */
    public static List<Hospital> of(Path home, List<String> only) {
        Map<String, String> known = known(home, !only.isEmpty());
        Map<String, String> chosen = new LinkedHashMap<>();
        if (only.isEmpty()) {
            Set<String> units = new HashSet<>();
            known.forEach((facility, unit) -> {
                if (units.add(unit)) {
                    chosen.put(facility, unit);
                }
            });
        } else {
            only.forEach(facility -> chosen.put(facility, known.getOrDefault(facility, facility)));
        }
        if (chosen.isEmpty()) {
            throw new ProblemException(new Problem("no-facilities", SETTINGS + " facilities",
                    "No facility is mapped to a unit.", "Map some there, or name them with --facilities."));
        }
        return Hospital.of(chosen);
    }

    private static Map<String, String> known(Path home, boolean optional) {
        Path file = home.resolve(SETTINGS);
        Map<String, String> known = new LinkedHashMap<>();
        if (optional && !java.nio.file.Files.exists(file)) {
            return known;
        }
        JsonNode facilities = YamlDocument.read(file, SETTINGS).root().path("facilities");
        facilities.properties().forEach(f -> {
            String unit = f.getValue().isTextual() ? f.getValue().asText() : f.getValue().path("unit").asText(f.getKey());
            known.put(f.getKey(), unit);
        });
        return known;
    }
}
