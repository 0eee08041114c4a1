package org.yuzui.launcher.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** How long answers took. */
public final class Latencies {

    private final int[] micros;

    private Latencies(int[] ascending) {
        this.micros = ascending;
    }

    /** @param micros microseconds, in any order */
    public static Latencies of(IntStream micros) {
        return new Latencies(micros.sorted().toArray());
    }

    /** How many answers there were. */
    public int count() {
        return micros.length;
    }

    /** Milliseconds within which this share (0 to 1) of the answers came; 0 without any. */
    public double within(double share) {
        return micros.length == 0 ? 0 : micros[Math.max(0, (int) Math.ceil(share * micros.length) - 1)] / 1000.0;
    }

    /** For JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> millis = new LinkedHashMap<>();
        millis.put("p50", within(0.50));
        millis.put("p95", within(0.95));
        millis.put("p99", within(0.99));
        millis.put("max", within(1));
        return millis;
    }
}
