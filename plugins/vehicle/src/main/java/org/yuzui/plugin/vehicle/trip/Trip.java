package org.yuzui.plugin.vehicle.trip;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.vehicle.Car;
import org.yuzui.plugin.vehicle.PositionRecords;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** One trip as far as it is known. While the vehicle stands, what is added waits: if it parks, it was none of the trip. */
final class Trip {

    /** Between two positions nothing drives faster: one of them is wrong. */
    private static final double POSSIBLE_KMH = 250;

    private final Car car;
    private final TripSettings settings;
    private final Area area;
    private final Point first;
    private final Sums sums = new Sums();
    private final Sums standing = new Sums();
    private Point last;
    private Point told;
    private Point standsSince;
    private boolean ended;

    Trip(Car car, TripSettings settings, Point first) {
        this.car = car;
        this.settings = settings;
        this.area = settings.areas().get(car.area());
        this.first = first;
        this.last = first;
        this.told = first;
        this.standsSince = first.moves() ? null : first;
        this.sums.take(first);
    }

    /** Goes on to the next position. */
    void add(Point p) {
        double seconds = Duration.between(last.at(), p.at()).toSeconds();
        Sums into = p.moves() ? sums : standing;
        if (p.moves()) {
            sums.add(standing);
            standing.clear();
            standsSince = null;
        } else if (standsSince == null) {
            standsSince = p;
            into = sums; // it drove up to here
        }
        if (last.located() && p.located()) {
            double km = last.kmTo(p);
            into.km += km <= POSSIBLE_KMH * seconds / 3600 + 0.05 ? km : 0;
        }
        into.take(p);
        into.seconds(p, seconds);
        last = p;
        told = p;
    }

    /** Since when it has been standing, its engine on; null while it moves. */
    Point standsSince() {
        return standsSince;
    }

    Point last() {
        return last;
    }

    /** It ends where it is. */
    void end() {
        sums.add(standing);
        standing.clear();
        ended = true;
    }

    /** It ended where the vehicle came to stand. */
    void endWhereItStands() {
        last = standsSince;
        standing.clear();
        ended = true;
    }

    boolean counts() {
        return km() >= settings.leastKm();
    }

    ObjectNode record() {
        ObjectNode trip = JsonNodeFactory.instance.objectNode();
        Duration took = Duration.between(first.at(), last.at());
        trip.put("unit", car.unit()).put("vehicle", car.plate()).put("day", first.at().toLocalDate().toString())
                .put("start", PositionRecords.text(first.at())).put("end", PositionRecords.text(last.at()))
                .put("asOf", PositionRecords.text(told.at())).put("state", ended ? "ended" : "under-way")
                .put("minutes", took.toMinutes()).put("km", round(km(), 1)).put("measured", byOdometer() ? "odometer" : "track");
        if (!Double.isNaN(sums.fuelFirst) && sums.fuelLast <= sums.fuelFirst) {
            trip.put("fuel", round(sums.fuelFirst - sums.fuelLast, 1)); // when it was refuelled on the way, nobody knows
        }
        trip.put("maxSpeed", round(sums.maxSpeed, 1)).put("speedLimit", limit())
                .put("overSpeedMinutes", round(sums.overSpeed / 60, 1)).put("nightMinutes", round(sums.night / 60, 1));
        if (area != null) {
            trip.put("area", car.area()).put("outsideMinutes", round(sums.outside / 60, 1));
        }
        place(trip, "from", first);
        place(trip, "to", last);
        return trip;
    }

    /** The odometer's kilometres where it tells plausible ones, else those between the positions. */
    private double km() {
        return byOdometer() ? sums.mileageLast - sums.mileageFirst : sums.km + standing.km;
    }

    private boolean byOdometer() {
        double km = sums.mileageLast - sums.mileageFirst;
        return km >= 0 && km <= POSSIBLE_KMH * Duration.between(first.at(), last.at()).toSeconds() / 3600 + 1
                && (km > 0 || sums.km < 1); // an odometer that stands still isn't connected
    }

    private int limit() {
        return car.speedLimit() > 0 ? car.speedLimit() : settings.speedLimit();
    }

    private static void place(ObjectNode trip, String name, Point p) {
        if (p.located()) {
            trip.putObject(name).put("lat", round(p.lat(), 6)).put("lng", round(p.lng(), 6));
        }
    }

    private static BigDecimal round(double value, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private final class Sums {
        private double km;
        private double maxSpeed;
        private double overSpeed;
        private double night;
        private double outside;
        private double mileageFirst = Double.NaN;
        private double mileageLast = Double.NaN;
        private double fuelFirst = Double.NaN;
        private double fuelLast = Double.NaN;

        void take(Point p) {
            maxSpeed = Math.max(maxSpeed, p.speed());
            if (!Double.isNaN(p.mileage())) {
                mileageFirst = Double.isNaN(mileageFirst) ? p.mileage() : mileageFirst;
                mileageLast = p.mileage();
            }
            if (!Double.isNaN(p.fuel())) {
                fuelFirst = Double.isNaN(fuelFirst) ? p.fuel() : fuelFirst;
                fuelLast = p.fuel();
            }
        }

        /** The time up to a position is counted as the position is. */
        void seconds(Point p, double seconds) {
            overSpeed += p.speed() > limit() ? seconds : 0;
            night += settings.isNight(p.at().toLocalTime()) ? seconds : 0;
            outside += area != null && p.located() && !area.contains(p.lat(), p.lng()) ? seconds : 0;
        }

        void add(Sums other) {
            km += other.km;
            maxSpeed = Math.max(maxSpeed, other.maxSpeed);
            overSpeed += other.overSpeed;
            night += other.night;
            outside += other.outside;
            mileageFirst = Double.isNaN(mileageFirst) ? other.mileageFirst : mileageFirst;
            mileageLast = Double.isNaN(other.mileageLast) ? mileageLast : other.mileageLast;
            fuelFirst = Double.isNaN(fuelFirst) ? other.fuelFirst : fuelFirst;
            fuelLast = Double.isNaN(other.fuelLast) ? fuelLast : other.fuelLast;
        }

        void clear() {
            km = 0;
            maxSpeed = 0;
            overSpeed = 0;
            night = 0;
            outside = 0;
            mileageFirst = Double.NaN;
            mileageLast = Double.NaN;
            fuelFirst = Double.NaN;
            fuelLast = Double.NaN;
        }
    }
}
