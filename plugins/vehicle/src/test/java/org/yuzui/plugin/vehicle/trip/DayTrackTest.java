package org.yuzui.plugin.vehicle.trip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.yuzui.plugin.vehicle.Car;
import org.yuzui.spi.Settings;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A day's positions on the left, the trips that they are on the right. */
class DayTrackTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Car CAR = new Car("510104-V01", "川A00001", 1, "", "", "home", 100);
    private final List<Point> points = new ArrayList<>();
    private LocalDateTime at = DAY.atTime(8, 0);
    private double km = 100;
    private double fuel = 40;
    private boolean odometer = true;
    private boolean wired = true;

    private static TripSettings settings() {
        try {
            return TripSettings.of(Settings.of(new ObjectMapper().readTree(
                    "{\"areas\": {\"home\": {\"centre\": [104, 30], \"radiusKm\": 31}}}")));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void drive(int minutes, double speed) {
        for (int i = 0; i < minutes; i++) {
            at = at.plusMinutes(1);
            km += speed / 60;
            fuel -= speed / 600;
            point(speed, true);
        }
    }

    private void stand(int minutes, boolean ignition) {
        for (int i = 0; i < minutes; i++) {
            at = at.plusMinutes(1);
            point(0, ignition);
        }
    }

    private void point(double speed, boolean ignition) {
        points.add(new Point(at, 30 + (km - 100) / 111.195, 104, speed, ignition && wired, true, odometer ? km : Double.NaN, fuel));
    }

    /** {@code 08:01-08:10 ended 9.0}, of each trip how it was told last. */
    private List<String> trips() {
        return told().values().stream().map(t -> "%s-%s %s %s".formatted(t.get("start").asText().substring(11, 16),
                t.get("end").asText().substring(11, 16), t.get("state").asText(), t.get("km").asText())).toList();
    }

    private Map<String, ObjectNode> told() {
        DayTrack track = new DayTrack(CAR, DAY, settings());
        Map<String, ObjectNode> byStart = new LinkedHashMap<>();
        track.add(points);
        track.take().forEach(t -> byStart.put(t.get("start").asText(), t));
        return byStart;
    }

    @Test
    void ignitionBeginsAndEndsATrip() {
        stand(2, false);
        stand(1, true);
        drive(30, 60);
        stand(1, false);
        stand(60, false);
        drive(10, 30);
        stand(1, false);
        assertThat(trips()).containsExactly("08:03-08:34 ended 30", "09:34-09:45 ended 5");
    }

    @Test
    void standingAtALightEndsNoneAndParkingWithTheEngineOnEndsItWhereItStood() {
        drive(10, 60);
        stand(5, true);
        drive(10, 60);
        stand(30, true);
        drive(6, 60);
        assertThat(trips()).containsExactly("08:01-08:26 ended 19", "08:55-08:56 under-way 1");
    }

    @Test
    void silenceEndsATripAtItsLastPosition() {
        drive(10, 60);
        at = at.plusMinutes(45);
        drive(10, 60);
        assertThat(trips().get(0)).isEqualTo("08:01-08:10 ended 9");
        assertThat(trips().get(1)).startsWith("08:56-");
    }

    @Test
    void aVehicleWhoseIgnitionIsNotWiredDrivesAllTheSame() {
        wired = false;
        drive(10, 60);
        stand(15, false);
        assertThat(trips()).containsExactly("08:01-08:11 ended 9");
    }

    @Test
    void movingAboutInTheYardIsNoTrip() {
        drive(2, 5);
        stand(1, false);
        assertThat(trips()).isEmpty();
    }

    @Test
    void withoutOdometerTheWayIsMeasuredAndAJumpIsNone() {
        odometer = false;
        drive(10, 60);
        points.add(new Point(at.plusSeconds(30), 45, 120, 60, true, true, Double.NaN, 40)); // a satellite's error
        drive(10, 60);
        stand(1, false);
        ObjectNode trip = told().values().iterator().next();
        assertThat(trip.get("measured").asText()).isEqualTo("track");
        assertThat(trip.get("km").asDouble()).isBetween(17.0, 19.5);
    }

    @Test
    void anOdometerThatStartsAnewIsNotBelieved() {
        drive(10, 60);
        points.add(new Point(at.plusMinutes(1), 30.09, 104, 60, true, true, 0, 40));
        at = at.plusMinutes(1);
        stand(1, false);
        points.set(points.size() - 1, new Point(at, 30.09, 104, 0, false, true, 0, 40));
        assertThat(told().values().iterator().next().get("measured").asText()).isEqualTo("track");
    }

    @Test
    void whatTheRuleAsksIsCounted() {
        at = DAY.atTime(21, 50);
        drive(20, 120); // 40 km: outside the 31 from the 16th minute on, night from 22:00 on, above 100 all the time
        stand(1, false);
        ObjectNode trip = told().values().iterator().next();
        assertThat(trip.get("overSpeedMinutes").asDouble()).isEqualTo(19);
        assertThat(trip.get("nightMinutes").asDouble()).isEqualTo(12);
        assertThat(trip.get("outsideMinutes").asDouble()).isEqualTo(6);
        assertThat(trip.get("maxSpeed").asDouble()).isEqualTo(120);
        assertThat(trip.get("fuel").asDouble()).isEqualTo(3.8);
    }

    @Test
    void positionsOneByOneAreTheSameAsAllAtOnce() {
        drive(25, 60);
        stand(5, true);
        drive(5, 60);
        stand(1, false);
        DayTrack track = new DayTrack(CAR, DAY, settings());
        Map<String, ObjectNode> oneByOne = new LinkedHashMap<>();
        for (Point p : points) {
            track.add(List.of(p));
            track.take().forEach(t -> oneByOne.put(t.get("start").asText(), t));
        }
        assertThat(oneByOne).isEqualTo(told());
    }

    @Test
    void aPolygonContainsWhatLiesInsideIt() throws Exception {
        Area area = Area.of(Settings.of(new ObjectMapper().readTree("""
                {"areas": {"l": {"polygon": [[104, 30], [106, 30], [106, 31], [105, 31], [105, 32], [104, 32]]}}}"""))).get("l");
        assertThat(area.contains(30.5, 105.5)).isTrue();
        assertThat(area.contains(31.5, 104.5)).isTrue();
        assertThat(area.contains(31.5, 105.5)).as("the corner that is cut out").isFalse();
        assertThat(area.contains(29.9, 104.5)).isFalse();
    }
}
