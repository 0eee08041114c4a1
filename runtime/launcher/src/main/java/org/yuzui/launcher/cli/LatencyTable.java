package org.yuzui.launcher.cli;

import org.yuzui.launcher.demo.Latencies;

import java.io.PrintWriter;
import java.util.Locale;

/** How long answers took, for people. */
final class LatencyTable {

    private LatencyTable() {
    }

    static void print(Latencies latencies, PrintWriter out) {
        new Table("p50 ms", "p95 ms", "p99 ms", "max ms").rightFrom(0)
                .row(millis(latencies, 0.5), millis(latencies, 0.95), millis(latencies, 0.99), millis(latencies, 1)).print(out);
    }

    private static String millis(Latencies latencies, double share) {
        return String.format(Locale.ROOT, "%.1f", latencies.within(share));
    }
}
