package org.yuzui.plugin.vehicle.trip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.vehicle.Car;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A vehicle's day, folded from its positions in their order. The same positions give the same trips, whether they come one
 * by one or all at once. Midnight ends a trip, so that a day's figures are its own.
 */
final class DayTrack {

    private static final Duration SAY_AGAIN = Duration.ofMinutes(15);

    private final Car car;
    private final LocalDate day;
    private final TripSettings settings;
    private final List<ObjectNode> said = new ArrayList<>();
    private Trip trip;
    private Point last;
    private LocalDateTime saidAt;
    private boolean parked;

    DayTrack(Car car, LocalDate day, TripSettings settings) {
        this.car = car;
        this.day = day;
        this.settings = settings;
    }

    LocalDate day() {
        return day;
    }

    /** Whether something from this time on is news. */
    boolean isBehind(LocalDateTime from) {
        return last == null || last.at().isBefore(from);
    }

    void add(List<Point> points) {
        for (Point p : points) {
            if (last == null || p.at().isAfter(last.at())) {
                add(p);
            }
        }
    }

    private void add(Point p) {
        if (trip != null && Duration.between(last.at(), p.at()).compareTo(settings.gap()) > 0) {
            end();
        }
        if (p.moves()) {
            parked = false;
        }
        if (trip == null) {
            if (p.drives() && !parked) {
                // It stood here before it began to move: the way to the first position is part of the trip.
                boolean near = last != null && Duration.between(last.at(), p.at()).compareTo(settings.gap()) <= 0;
                trip = new Trip(car, settings, p.moves() && near ? last : p);
                saidAt = null;
                if (p.moves() && near) {
                    trip.add(p);
                }
            }
        } else {
            trip.add(p);
            if (!p.drives()) {
                end();
            } else if (trip.standsSince() != null
                    && Duration.between(trip.standsSince().at(), p.at()).compareTo(settings.parking()) >= 0) {
                trip.endWhereItStands();
                say(true);
                trip = null;
                parked = true;
            }
        }
        last = p;
        say(false);
    }

    /** The day is over, or the vehicle has fallen silent. */
    void end() {
        if (trip != null) {
            trip.end();
            say(true);
            trip = null;
        }
        parked = false;
    }

    /** A trip is told when it is one, now and then while it goes on, and when it ends. */
    private void say(boolean ends) {
        if (trip != null && trip.counts()
                && (ends || saidAt == null || Duration.between(saidAt, trip.last().at()).compareTo(SAY_AGAIN) >= 0)) {
            saidAt = trip.last().at();
            said.add(trip.record());
        }
    }

    /** What is to be told since the last call. */
    List<ObjectNode> take() {
        List<ObjectNode> all = List.copyOf(said);
        said.clear();
        return all;
    }
}
