package org.yuzui.plugin.energy;

import java.util.Arrays;
import java.util.Locale;

/** What a meter measures; {@link #CHARGING} is told by orders, and no meter's. */
enum Kind {
    ELECTRICITY("kWh"), GAS("m3"), HEAT("GJ"), WATER("m3"), CHARGING("kWh");

    private final String measure;

    Kind(String measure) {
        this.measure = measure;
    }

    String measure() {
        return measure;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String code) {
        return Arrays.stream(values()).filter(k -> k.code().equals(code)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("There is no kind of meter '" + code + "'; use electricity, gas, heat or water."));
    }
}
