package org.yuzui.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something measured, beside what it is held against.
 *
 * @param limit what the machine allows, in the same unit; null where nothing was measured for it
 * @param aim   null where there is none
 * @param notes further values of the same measurement
 */
record Figure(String scenario, String name, double value, String unit, Limit limit, Aim aim, Map<String, Object> notes) {

    record Limit(String name, double value) {
    }

    record Aim(String text, boolean met) {
    }

    static Figure of(String scenario, String name, double value, String unit) {
        return new Figure(scenario, name, value, unit, null, null, Map.of());
    }

    Figure beside(Limit newLimit) {
        return new Figure(scenario, name, value, unit, newLimit, aim, notes);
    }

    Figure atMost(double most) {
        return new Figure(scenario, name, value, unit, limit, new Aim("≤ " + Report.number(most) + " " + unit, value <= most), notes);
    }

    /** @param share of the limit, 0 to 1 */
    Figure atLeast(double share) {
        return limit == null ? this : new Figure(scenario, name, value, unit, limit, new Aim("≥ " + Math.round(share * 100) + " %", share() >= share), notes);
    }

    Figure note(String key, Object what) {
        Map<String, Object> more = new LinkedHashMap<>(notes);
        more.put(key, what);
        return new Figure(scenario, name, value, unit, limit, aim, more);
    }

    /** Of the limit; not a number without one. */
    double share() {
        return limit == null || limit.value() == 0 ? Double.NaN : value / limit.value();
    }
}
