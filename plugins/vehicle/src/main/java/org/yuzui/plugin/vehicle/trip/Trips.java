package org.yuzui.plugin.vehicle.trip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.plugin.vehicle.Car;
import org.yuzui.plugin.vehicle.Fleet;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Makes {@code vehicle.trip.v1} of the positions as they come. What it remembers is only a short cut: whenever positions
 * come late, come again (then something went wrong after they were taken), or go on with a trip that was under way before
 * the hub was started, the vehicle's day is folded anew from the record store.
 */
public final class Trips {

    private static final String BATCH = "VehicleBatch";
    private static final String FOUND = "VehicleTripsFound";
    private static final String ANEW = "VehicleTripsAnew";
    /** Whether the route has to tell which trips were under way when the hub went down. */
    private static final String UNKNOWN = "VehicleTripsUnknown";
    private static final String VEHICLE = "VehicleId";
    private static final long FORGET_NANOS = Duration.ofHours(26).toNanos();

    private record Question(String vehicle, LocalDate day) {
    }

    private record Track(DayTrack day, long heardNanos) {
    }

    private final Fleet fleet;
    private final TripSettings settings;
    private final LongSupplier nanos;
    private final Map<String, Track> tracks = new HashMap<>();
    private Set<String> wereUnderWay;

    public Trips(Settings settings, Fleet fleet) {
        this(settings, fleet, System::nanoTime);
    }

    Trips(Settings settings, Fleet fleet, LongSupplier nanos) {
        this.settings = TripSettings.of(settings);
        this.fleet = fleet;
        this.nanos = nanos;
    }

    /** Keeps the batch of positions aside. */
    public synchronized void begin(Exchange exchange) {
        exchange.setProperty(BATCH, exchange.getMessage().getBody(List.class));
        exchange.setProperty(FOUND, new ArrayList<ObjectNode>());
        exchange.setProperty(UNKNOWN, wereUnderWay == null);
    }

    /** Notes the trips of the body as under way before the start. */
    public synchronized void resume(Exchange exchange) {
        wereUnderWay = new HashSet<>();
        exchange.getMessage().getBody(List.class).forEach(t -> wereUnderWay.add(((JsonNode) t).path("vehicle").asText()));
    }

    /** Folds the batch; the body becomes the list of what has to be folded anew. */
    public synchronized void take(Exchange exchange) {
        Set<Question> anew = new LinkedHashSet<>();
        for (Object one : exchange.getProperty(BATCH, List.class)) {
            JsonNode record = (JsonNode) one;
            Car car = car(record);
            LocalDate day = LocalDate.parse(record.path("day").asText());
            Question question = new Question(car.plate(), day);
            if (anew.contains(question)) {
                continue;
            }
            List<Point> points = Point.of(record);
            Track track = tracks.get(car.plate());
            if (track == null && wereUnderWay.remove(car.plate())) {
                anew.add(question);
            } else if (track != null && (day.isBefore(track.day.day())
                    || day.equals(track.day.day()) && !track.day.isBehind(points.get(0).at()))) {
                anew.add(question);
            } else {
                if (track != null && day.isAfter(track.day.day())) {
                    track.day.end();
                    found(exchange).addAll(track.day.take());
                    track = null;
                }
                DayTrack fold = track == null ? new DayTrack(car, day, settings) : track.day;
                fold.add(points);
                found(exchange).addAll(fold.take());
                tracks.put(car.plate(), new Track(fold, nanos.getAsLong()));
            }
        }
        exchange.getMessage().setBody(List.copyOf(anew));
    }

    /** Asks the store for the vehicle and day of the body. */
    public void ask(Exchange exchange) {
        Question question = exchange.getMessage().getBody(Question.class);
        exchange.getMessage().setHeader(VEHICLE, question.vehicle);
        exchange.getMessage().setHeader(Headers.DAY, question.day.toString());
    }

    /** Folds the positions of the body, a vehicle's whole day. */
    public synchronized void refold(Exchange exchange) {
        String vehicle = exchange.getMessage().getHeader(VEHICLE, String.class);
        LocalDate day = LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class));
        Map<String, ObjectNode> trips = new LinkedHashMap<>();
        List<Point> points = new ArrayList<>();
        Car car = null;
        for (Object one : exchange.getMessage().getBody(List.class)) {
            car = car((JsonNode) one);
            points.addAll(Point.of((JsonNode) one));
        }
        if (car != null) {
            points.sort(Comparator.comparing(Point::at));
            DayTrack fold = new DayTrack(car, day, settings);
            fold.add(points);
            Track track = tracks.get(vehicle);
            if (track != null && day.isBefore(track.day.day())) {
                fold.end();
            } else {
                tracks.put(vehicle, new Track(fold, nanos.getAsLong()));
            }
            fold.take().forEach(trip -> trips.put(trip.path("start").asText(), trip)); // of each only how it stands now
        }
        exchange.setProperty(ANEW, trips);
    }

    /** Of the trips in the body, those that were told before, the ones that the fold did not find again never were. */
    @SuppressWarnings("unchecked")
    public void replace(Exchange exchange) {
        Map<String, ObjectNode> trips = exchange.getProperty(ANEW, Map.class);
        found(exchange).addAll(trips.values());
        for (Object one : exchange.getMessage().getBody(List.class)) {
            ObjectNode before = (ObjectNode) one;
            if (!trips.containsKey(before.path("start").asText()) && !before.path("state").asText().equals("void")) {
                found(exchange).add(before.deepCopy().put("state", "void"));
            }
        }
    }

    /** The body becomes the trips to be published. */
    public void tell(Exchange exchange) {
        exchange.getMessage().setBody(List.copyOf(found(exchange)));
    }

    /** Ends the trips of vehicles that have fallen silent; the body becomes them. */
    public synchronized void sweep(Exchange exchange) {
        List<ObjectNode> ended = new ArrayList<>();
        long now = nanos.getAsLong();
        tracks.values().removeIf(track -> {
            if (now - track.heardNanos >= settings.gap().toNanos()) {
                track.day.end();
                ended.addAll(track.day.take());
            }
            return now - track.heardNanos >= FORGET_NANOS;
        });
        exchange.getMessage().setBody(ended);
    }

    private Car car(JsonNode record) {
        String plate = record.path("vehicle").asText();
        String unit = record.path("unit").asText();
        // The unit is the one that the vehicle had when the position came in.
        return fleet.find(plate)
                .map(c -> new Car(unit, plate, c.colour(), c.terminal(), "", c.area(), c.speedLimit()))
                .orElseGet(() -> new Car(unit, plate, 0, "", "", "", 0));
    }

    @SuppressWarnings("unchecked")
    private static List<ObjectNode> found(Exchange exchange) {
        return exchange.getProperty(FOUND, List.class);
    }
}
