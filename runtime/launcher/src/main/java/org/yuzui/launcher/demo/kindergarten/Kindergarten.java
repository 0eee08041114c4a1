package org.yuzui.launcher.demo.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A kindergarten that is played.
 *
 * @param key    its platform's key id
 * @param points of its patrol round, in order; empty when it has none
 * @param starts when the round is due
 */
public record Kindergarten(String key, String unit, List<String> points, List<LocalTime> starts) {

    /** Those that the kindergarten plugin's effective settings name. */
    public static List<Kindergarten> of(JsonNode settings) {
        List<Kindergarten> all = new ArrayList<>();
        settings.path("platforms").properties().forEach(p -> {
            String unit = p.getValue().path("unit").asText();
            List<String> points = new ArrayList<>();
            List<LocalTime> starts = new ArrayList<>();
            for (JsonNode round : settings.path("rounds")) {
                if (round.path("unit").asText().equals(unit) && points.isEmpty()) {
                    round.path("points").forEach(x -> points.add(x.asText()));
                    round.path("starts").forEach(x -> starts.add(LocalTime.parse(x.asText())));
                }
            }
            all.add(new Kindergarten(p.getKey(), unit, List.copyOf(points), List.copyOf(starts)));
        });
        return all;
    }
}
