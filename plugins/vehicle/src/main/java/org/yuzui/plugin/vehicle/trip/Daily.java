package org.yuzui.plugin.vehicle.trip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.plugin.vehicle.Car;
import org.yuzui.plugin.vehicle.Fleet;
import org.yuzui.spi.Headers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up a day: {@code vehicle.daily.v1} for every vehicle that was used or that the site knows, and each unit's answer to
 * the form {@code vehicle-daily}. The same trips and warnings give the same figures, whenever it runs.
 */
public final class Daily {

    /** The form's indicator for each kind of warning, as the contract names them. */
    private static final Map<String, String> ALARMS = new LinkedHashMap<>();

    static {
        ALARMS.put("day-off-use", "dayOffUse");
        ALARMS.put("night-use", "nightUse");
        ALARMS.put("over-speed", "overSpeed");
        ALARMS.put("outside-area", "outsideArea");
    }

    private static final String TRIPS = "VehicleDayTrips";
    private static final String UNITS = "VehicleDayUnits";

    private final Fleet fleet;

    public Daily(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Keeps the day's trips aside. */
    public void trips(Exchange exchange) {
        exchange.setProperty(TRIPS, exchange.getMessage().getBody(List.class));
    }

    /** The body, the day's warnings, becomes the records of the vehicles; the units' answers are kept aside. */
    public void summarise(Exchange exchange) {
        String day = exchange.getMessage().getHeader(Headers.DAY, String.class);
        Map<String, Figures> vehicles = new TreeMap<>();
        for (Car car : fleet.all()) {
            vehicles.put(car.unit() + " " + car.plate(), new Figures(car.unit(), car.plate()));
        }
        for (Object one : exchange.getProperty(TRIPS, List.class)) {
            JsonNode trip = (JsonNode) one;
            if (!trip.path("state").asText().equals("void")) {
                figures(vehicles, trip).trip(trip);
            }
        }
        for (Object one : exchange.getMessage().getBody(List.class)) {
            JsonNode alarm = (JsonNode) one;
            if (alarm.path("state").asText().equals("open")) {
                figures(vehicles, alarm).alarm(alarm.path("kind").asText());
            }
        }
        Map<String, Unit> units = new TreeMap<>();
        List<ObjectNode> records = new ArrayList<>();
        vehicles.values().forEach(f -> {
            records.add(f.record(day));
            units.computeIfAbsent(f.unit, u -> new Unit()).add(f);
        });
        List<ObjectNode> answers = new ArrayList<>();
        units.forEach((unit, sums) -> answers.add(sums.answer(unit, day)));
        exchange.removeProperty(TRIPS);
        exchange.setProperty(UNITS, answers);
        exchange.getMessage().setBody(records);
    }

    /** The body becomes the units' answers. */
    public void answers(Exchange exchange) {
        exchange.getMessage().setBody(exchange.getProperty(UNITS, List.class));
        exchange.getMessage().removeHeader(Headers.RECORD_ID); // of the last vehicle: no answer was made from it alone
    }

    private static Figures figures(Map<String, Figures> vehicles, JsonNode record) {
        String unit = record.path("unit").asText();
        String vehicle = record.path("vehicle").asText();
        return vehicles.computeIfAbsent(unit + " " + vehicle, v -> new Figures(unit, vehicle));
    }

    private static class Sums {
        int trips;
        long minutes;
        BigDecimal km = BigDecimal.ZERO;
        BigDecimal fuel = BigDecimal.ZERO;
        /** The kilometres of the trips whose fuel is known. */
        BigDecimal fuelKm = BigDecimal.ZERO;
        final Map<String, Integer> alarms = new LinkedHashMap<>();

        Sums() {
            ALARMS.values().forEach(a -> alarms.put(a, 0));
        }

        void write(ObjectNode into) {
            into.put("trips", trips).put("minutes", minutes).put("km", km).put("fuel", fuel).put("fuelKm", fuelKm);
            alarms.forEach(into::put);
        }
    }

    private static final class Figures extends Sums {
        private final String unit;
        private final String vehicle;
        private BigDecimal maxSpeed = BigDecimal.ZERO;

        Figures(String unit, String vehicle) {
            this.unit = unit;
            this.vehicle = vehicle;
        }

        void trip(JsonNode trip) {
            trips++;
            minutes += trip.path("minutes").asLong();
            km = km.add(trip.path("km").decimalValue());
            maxSpeed = maxSpeed.max(trip.path("maxSpeed").decimalValue());
            if (trip.has("fuel")) {
                fuel = fuel.add(trip.path("fuel").decimalValue());
                fuelKm = fuelKm.add(trip.path("km").decimalValue());
            }
        }

        void alarm(String kind) {
            String name = ALARMS.get(kind);
            if (name != null) {
                alarms.merge(name, 1, Integer::sum);
            }
        }

        ObjectNode record(String day) {
            ObjectNode record = JsonNodeFactory.instance.objectNode();
            record.put("unit", unit).put("vehicle", vehicle).put("day", day);
            write(record);
            return record.put("maxSpeed", maxSpeed);
        }
    }

    private static final class Unit extends Sums {
        private int vehicles;
        private int used;

        void add(Figures f) {
            vehicles++;
            used += f.trips > 0 ? 1 : 0;
            trips += f.trips;
            minutes += f.minutes;
            km = km.add(f.km);
            fuel = fuel.add(f.fuel);
            fuelKm = fuelKm.add(f.fuelKm);
            f.alarms.forEach((kind, count) -> alarms.merge(kind, count, Integer::sum));
        }

        ObjectNode answer(String unit, String day) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put("unit", unit).put("day", day).put("vehicles", vehicles).put("used", used);
            write(answer);
            return answer;
        }
    }
}
