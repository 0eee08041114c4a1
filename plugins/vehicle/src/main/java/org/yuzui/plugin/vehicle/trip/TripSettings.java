package org.yuzui.plugin.vehicle.trip;

import org.yuzui.spi.Settings;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;

/**
 * What makes a trip.
 *
 * @param parking    standing so long with the engine on ends a trip, where the standing began
 * @param gap        silence for so long ends it at the last position
 * @param leastKm    shorter ones are moving about in the yard
 * @param nightFrom  night, for the warning; may go past midnight
 * @param speedLimit km/h, of vehicles without one of their own
 */
record TripSettings(Duration parking, Duration gap, double leastKm, LocalTime nightFrom, LocalTime nightTo, int speedLimit,
                    Map<String, Area> areas) {

    static TripSettings of(Settings settings) {
        return new TripSettings(Duration.ofMinutes(settings.number("trips.parkingMinutes", 10)),
                Duration.ofMinutes(settings.number("trips.gapMinutes", 30)),
                Double.parseDouble(settings.text("trips.leastKm", "0.3")),
                LocalTime.parse(settings.text("use.nightFrom", "22:00")), LocalTime.parse(settings.text("use.nightTo", "06:00")),
                settings.number("use.speedLimit", 120), Area.of(settings));
    }

    boolean isNight(LocalTime time) {
        return nightFrom.isBefore(nightTo) ? !time.isBefore(nightFrom) && time.isBefore(nightTo)
                : !time.isBefore(nightFrom) || time.isBefore(nightTo);
    }
}
