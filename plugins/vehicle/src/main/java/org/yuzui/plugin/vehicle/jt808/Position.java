package org.yuzui.plugin.vehicle.jt808;

import java.time.LocalDateTime;

/**
 * One position as body 0x0200 tells it, in the units of people: 808 sends tenths of km/h, of kilometres and of litres.
 *
 * @param alarm     the bits of the alarm word
 * @param status    the bits of the status word: 0 ignition, 1 located
 * @param latitude  degrees, south negative
 * @param longitude degrees, west negative
 * @param altitude  metres
 * @param speed     km/h
 * @param direction degrees from north
 * @param time      GMT+8
 * @param mileage   the odometer, km; null when it isn't told
 * @param fuel      litres in the tank; null when it isn't told
 */
public record Position(long alarm, long status, double latitude, double longitude, int altitude, double speed,
                       int direction, LocalDateTime time, Double mileage, Double fuel) {

    public boolean ignition() {
        return (status & 1) != 0;
    }

    public boolean located() {
        return (status & 2) != 0;
    }
}
