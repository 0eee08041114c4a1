package org.yuzui.launcher.demo.jt808;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A vehicle of the demonstration site.
 *
 * @param unit     whose it is
 * @param terminal its number
 * @param lat      where its garage is
 * @param lng      see lat
 */
public record Vehicle(String unit, String plate, String terminal, double lat, double lng) {

    private static final String SETTINGS = "config/plugins/vehicle.yaml";
    private static final double CHENGDU_LAT = 30.66;
    private static final double CHENGDU_LNG = 104.07;

    /** Those with a terminal, of the vehicle plugin's settings; each begins in the middle of its area, if that is a circle. */
    public static List<Vehicle> of(Path home) {
        JsonNode root = YamlDocument.read(home.resolve(SETTINGS), SETTINGS).root();
        List<Vehicle> all = new ArrayList<>();
        root.path("vehicles").properties().forEach(v -> {
            JsonNode centre = root.path("areas").path(v.getValue().path("area").asText()).path("centre");
            if (v.getValue().has("terminal")) {
                all.add(new Vehicle(v.getValue().path("unit").asText(), v.getKey(), v.getValue().path("terminal").asText(),
                        centre.path(1).asDouble(CHENGDU_LAT), centre.path(0).asDouble(CHENGDU_LNG)));
            }
        });
        if (all.isEmpty()) {
            throw new ProblemException(new Problem("no-vehicles", SETTINGS + " vehicles", "No vehicle has a terminal.",
                    "Give some one, or send load with --terminals."));
        }
        return all;
    }
}
