package org.yuzui.plugin.vehicle;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Settings;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The vehicles: those of the settings, and those of which base data came. Where both name one the settings hold. Thread-safe;
 * what is looked up is always one whole state.
 */
public final class Fleet {

    private final Map<String, Car> ofSettings = new HashMap<>();
    private final Map<String, Car> ofRecords = new HashMap<>();
    private final String unknownUnit;
    private volatile State state;

    public Fleet(Settings settings) {
        String unknown = settings.text("unknownVehicle", "refuse");
        this.unknownUnit = unknown.equals("refuse") ? "" : unknown;
        settings.tree().path("vehicles").fields().forEachRemaining(e -> {
            JsonNode v = e.getValue();
            ofSettings.put(e.getKey(), new Car(v.path("unit").asText(), e.getKey(), v.path("colour").asInt(0),
                    terminal(v.path("terminal").asText()), v.path("code").asText(), v.path("area").asText(),
                    v.path("speedLimit").asInt(0)));
        });
        this.state = state();
    }

    /** Takes the records of {@code vehicle.car.v1} in the body, one or a list. */
    public synchronized void take(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> all = body instanceof List<?> list ? list : List.of(body);
        for (Object one : all) {
            JsonNode car = (JsonNode) one;
            String plate = car.path("plate").asText();
            if (car.path("status").asText("active").equals("active")) {
                ofRecords.put(plate, new Car(car.path("unit").asText(), plate, car.path("colour").asInt(0),
                        terminal(car.path("terminal").asText()), "", car.path("area").asText(),
                        car.path("speedLimit").asInt(0)));
            } else {
                ofRecords.remove(plate);
            }
        }
        state = state();
    }

    /** @param terminal without leading zeros */
    public Optional<Car> byTerminal(String terminal) {
        return Optional.ofNullable(state.byTerminal.get(terminal)).or(() -> stranger(terminal, 0, terminal));
    }

    public Optional<Car> byPlate(String plate, int colour) {
        return find(plate).or(() -> stranger(plate, colour, ""));
    }

    /** Only a vehicle that the site knows. */
    public Optional<Car> find(String plate) {
        return Optional.ofNullable(state.byPlate.get(plate));
    }

    /** All that the site knows, by plate. */
    public Collection<Car> all() {
        return state.byPlate.values();
    }

    private Optional<Car> stranger(String name, int colour, String terminal) {
        return unknownUnit.isEmpty() || name.isEmpty() ? Optional.empty()
                : Optional.of(new Car(unknownUnit, name, colour, terminal, "", "", 0));
    }

    private State state() {
        Map<String, Car> byPlate = new TreeMap<>(ofRecords);
        byPlate.putAll(ofSettings);
        Map<String, Car> byTerminal = new HashMap<>();
        byPlate.values().stream().filter(car -> !car.terminal().isEmpty()).forEach(car -> byTerminal.put(car.terminal(), car));
        return new State(Map.copyOf(byTerminal), byPlate);
    }

    private static String terminal(String number) {
        return number.replaceFirst("^0+(?=.)", "");
    }

    private record State(Map<String, Car> byTerminal, Map<String, Car> byPlate) {
    }
}
