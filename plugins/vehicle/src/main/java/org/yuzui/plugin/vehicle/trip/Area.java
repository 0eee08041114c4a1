package org.yuzui.plugin.vehicle.trip;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.spi.Settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a vehicle may go; the settings' {@code areas}, each a circle or a polygon, in the terminals' coordinates. */
interface Area {

    boolean contains(double lat, double lng);

    static Map<String, Area> of(Settings settings) {
        Map<String, Area> areas = new HashMap<>();
        settings.tree().path("areas").fields().forEachRemaining(e -> areas.put(e.getKey(), of(e.getValue())));
        return areas;
    }

    private static Area of(JsonNode area) {
        if (area.has("centre")) {
            double lng = area.path("centre").path(0).asDouble();
            double lat = area.path("centre").path(1).asDouble();
            double km = area.path("radiusKm").asDouble();
            return (la, lo) -> Point.km(lat, lng, la, lo) <= km;
        }
        List<double[]> corners = new ArrayList<>();
        area.path("polygon").forEach(c -> corners.add(new double[] {c.path(0).asDouble(), c.path(1).asDouble()}));
        return (la, lo) -> inside(corners, la, lo);
    }

    /** A ray to the east crosses the edges an odd number of times. */
    private static boolean inside(List<double[]> corners, double lat, double lng) {
        boolean inside = false;
        for (int i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
            double[] a = corners.get(i);
            double[] b = corners.get(j);
            if (a[1] > lat != b[1] > lat && lng < (b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1]) + a[0]) {
                inside = !inside;
            }
        }
        return inside;
    }
}
