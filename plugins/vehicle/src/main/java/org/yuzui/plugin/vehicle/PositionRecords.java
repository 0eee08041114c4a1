package org.yuzui.plugin.vehicle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.vehicle.jt808.Position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes {@code vehicle.position.v1}: one record of all positions that a message brought, because a message is what is
 * acknowledged. What only belongs to the sending (serial number, line) is no part of it, so a message that is sent again is
 * the same record.
 */
public final class PositionRecords {

    /** What the site's times are written with: both standards mean GMT+8. */
    public static final String OFFSET = "+08:00";
    /** Points that a record may hold; a longer message becomes several. */
    private static final int MOST_POINTS = 200;
    private static final String[] ALARMS = {"emergency", "overspeed", "fatigue"};

    private PositionRecords() {
    }

    /**
     * @param link    {@code jt808} or {@code jt809}
     * @param catchUp whether the sender kept them while it had no line
     */
    public static List<JsonNode> of(Car car, String link, boolean catchUp, List<Position> positions) {
        Map<LocalDate, List<Position>> days = new TreeMap<>();
        positions.stream().sorted(Comparator.comparing(Position::time))
                .forEach(p -> days.computeIfAbsent(p.time().toLocalDate(), d -> new ArrayList<>()).add(p));
        List<JsonNode> records = new ArrayList<>(1);
        days.forEach((day, all) -> {
            for (int from = 0; from < all.size(); from += MOST_POINTS) {
                records.add(record(car, link, catchUp, day, all.subList(from, Math.min(all.size(), from + MOST_POINTS))));
            }
        });
        return records;
    }

    /** {@code 2026-03-02T09:30:15+08:00}. */
    public static String text(LocalDateTime time) {
        StringBuilder text = new StringBuilder(25).append(time.getYear());
        two(text.append('-'), time.getMonthValue());
        two(text.append('-'), time.getDayOfMonth());
        two(text.append('T'), time.getHour());
        two(text.append(':'), time.getMinute());
        two(text.append(':'), time.getSecond());
        return text.append(OFFSET).toString();
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static ObjectNode record(Car car, String link, boolean catchUp, LocalDate day, List<Position> positions) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", car.unit()).put("vehicle", car.plate());
        if (!car.terminal().isEmpty()) {
            record.put("terminal", car.terminal());
        }
        record.put("link", link).put("day", day.toString())
                .put("from", text(positions.get(0).time())).put("to", text(positions.get(positions.size() - 1).time()));
        if (catchUp) {
            record.put("catchUp", true);
        }
        ArrayNode points = record.putArray("points");
        positions.forEach(p -> points.add(point(p)));
        return record;
    }

    private static ObjectNode point(Position p) {
        ObjectNode point = JsonNodeFactory.instance.objectNode();
        point.put("at", text(p.time()))
                .put("lat", decimal(p.latitude(), 6)).put("lng", decimal(p.longitude(), 6))
                .put("speed", decimal(p.speed(), 1)).put("direction", p.direction()).put("altitude", p.altitude())
                .put("ignition", p.ignition()).put("located", p.located());
        if (p.mileage() != null) {
            point.put("mileage", decimal(p.mileage(), 1));
        }
        if (p.fuel() != null) {
            point.put("fuel", decimal(p.fuel(), 1));
        }
        ArrayNode alarms = null;
        for (int bit = 0; bit < ALARMS.length; bit++) {
            if ((p.alarm() & 1L << bit) != 0) {
                alarms = alarms == null ? point.putArray("alarms") : alarms;
                alarms.add(ALARMS[bit]);
            }
        }
        return point;
    }

    static BigDecimal decimal(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros();
    }
}
