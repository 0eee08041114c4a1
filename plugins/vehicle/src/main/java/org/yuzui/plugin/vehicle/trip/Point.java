package org.yuzui.plugin.vehicle.trip;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A point of {@code vehicle.position.v1}.
 *
 * @param at      GMT+8
 * @param mileage km; NaN when it isn't told
 * @param fuel    litres; NaN when it isn't told
 */
record Point(LocalDateTime at, double lat, double lng, double speed, boolean ignition, boolean located, double mileage,
             double fuel) {

    private static final double EARTH_KM = 6371.0088;
    /** Below it a vehicle stands: what a position wanders. */
    private static final double STANDS_KMH = 3;

    static List<Point> of(JsonNode record) {
        List<Point> points = new ArrayList<>();
        for (JsonNode p : record.path("points")) {
            points.add(new Point(OffsetDateTime.parse(p.path("at").asText()).toLocalDateTime(), p.path("lat").asDouble(),
                    p.path("lng").asDouble(), p.path("speed").asDouble(), p.path("ignition").asBoolean(),
                    p.path("located").asBoolean(), p.path("mileage").asDouble(Double.NaN), p.path("fuel").asDouble(Double.NaN)));
        }
        points.sort(Comparator.comparing(Point::at));
        return points;
    }

    /** Terminals whose ignition wire isn't connected drive all the same. */
    boolean drives() {
        return ignition || moves();
    }

    boolean moves() {
        return speed > STANDS_KMH;
    }

    /** As the crow flies, km. */
    double kmTo(Point other) {
        return km(lat, lng, other.lat, other.lng);
    }

    static double km(double lat1, double lng1, double lat2, double lng2) {
        double a = Math.pow(Math.sin(Math.toRadians(lat2 - lat1) / 2), 2) + Math.cos(Math.toRadians(lat1))
                * Math.cos(Math.toRadians(lat2)) * Math.pow(Math.sin(Math.toRadians(lng2 - lng1) / 2), 2);
        return 2 * EARTH_KM * Math.asin(Math.sqrt(a));
    }
}
