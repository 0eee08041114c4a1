package org.yuzui.web.internal;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Lengths of time, counted by buckets that grow by the root of two: a percentile is exact to a fifth. Thread-safe. */
final class Latencies {

    static final int BUCKETS = 48;
    private static final double FIRST_MS = 0.25;
    private static final double GROWTH = Math.sqrt(2);
    private static final double NANOS_PER_MS = 1_000_000;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

    void add(long nanos) {
        double ms = nanos / NANOS_PER_MS;
        int bucket = ms <= FIRST_MS ? 0 : (int) Math.ceil(Math.log(ms / FIRST_MS) / Math.log(GROWTH));
        counts.incrementAndGet(Math.min(bucket, BUCKETS - 1));
    }

    /** What was counted since the last call; null when nothing was. */
    int[] take() {
        int[] taken = null;
        for (int i = 0; i < BUCKETS; i++) {
            int count = counts.getAndSet(i, 0);
            if (count > 0) {
                taken = taken == null ? new int[BUCKETS] : taken;
                taken[i] = count;
            }
        }
        return taken;
    }

    /**
     * Milliseconds within which a share of all lies; null when there is none.
     *
     * @param share above 0, up to 1
     */
    static Double percentile(int[] counts, double share) {
        long all = 0;
        for (int count : counts) {
            all += count;
        }
        if (all == 0) {
            return null;
        }
        double wanted = all * share;
        long below = 0;
        for (int i = 0; i < BUCKETS; i++) {
            if (below + counts[i] >= wanted && counts[i] > 0) {
                double from = i == 0 ? 0 : FIRST_MS * Math.pow(GROWTH, i - 1);
                double to = FIRST_MS * Math.pow(GROWTH, i);
                return Math.round((from + (to - from) * (wanted - below) / counts[i]) * 100) / 100.0;
            }
            below += counts[i];
        }
        throw new IllegalStateException("more counted than added up");
    }
}
