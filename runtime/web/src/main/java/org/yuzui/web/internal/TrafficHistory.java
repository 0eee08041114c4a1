package org.yuzui.web.internal;

import org.yuzui.ledger.HopKind;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What passed, by steps of ten seconds for 24 hours, in arrays of a fixed size. Thread-safe. */
final class TrafficHistory {

    static final Duration STEP = Duration.ofSeconds(10);
    static final int STEPS = (int) (Duration.ofHours(24).toSeconds() / STEP.toSeconds());
    private static final int MOST_POINTS = 360;

    private final Traffic traffic;
    private final Clock clock;
    private final long[] began = new long[STEPS];
    private final int[][] counts = new int[4][STEPS];
    private final int[][] latencies = new int[STEPS][];
    private int steps;
    private Instant stepBegan;

    TrafficHistory(Traffic traffic, Clock clock) {
        this.traffic = traffic;
        this.clock = clock;
        this.stepBegan = clock.instant();
    }

    /** A span of time. */
    record Point(Instant at, long received, long refused, long delivered, long dead, Double p50Ms, Double p95Ms) {
    }

    /** Ends the step under way and begins the next. */
    synchronized void step() {
        int at = steps % STEPS;
        began[at] = stepBegan.toEpochMilli();
        stepBegan = clock.instant();
        for (int[] kind : counts) {
            kind[at] = 0;
        }
        for (Traffic.Count count : traffic.counts()) {
            int passed = count.step(steps % Traffic.Count.STEPS);
            int kind = kind(count.way().kind());
            if (kind >= 0) {
                counts[kind][at] += passed;
            }
        }
        latencies[at] = traffic.latencies().take();
        steps++;
    }

    private static int kind(HopKind kind) {
        return kind == null ? -1 : switch (kind) {
            case RECEIVED -> 0;
            case REFUSED -> 1;
            case DELIVERED -> 2;
            case DEAD -> 3;
            default -> -1;
        };
    }

    /** How many steps of ten seconds make one point. */
    static int stepsOfPoint(int minutes) {
        int wanted = (int) (Duration.ofMinutes(minutes).toSeconds() / STEP.toSeconds());
        return (wanted + MOST_POINTS - 1) / MOST_POINTS;
    }

    /** The earliest first. */
    synchronized List<Point> points(int minutes) {
        long from = clock.instant().minus(Duration.ofMinutes(minutes)).toEpochMilli();
        long length = STEP.toMillis() * stepsOfPoint(minutes);
        List<Point> points = new ArrayList<>();
        Sum sum = null;
        for (int i = Math.max(0, steps - STEPS); i < steps; i++) {
            int at = i % STEPS;
            if (began[at] < from) {
                continue;
            }
            long point = Math.floorDiv(began[at], length) * length;
            if (sum == null || sum.at != point) {
                if (sum != null) {
                    points.add(sum.point());
                }
                sum = new Sum(point);
            }
            sum.add(at);
        }
        if (sum != null) {
            points.add(sum.point());
        }
        return points;
    }

    private final class Sum {
        private final long at;
        private final long[] sums = new long[counts.length];
        private final int[] latency = new int[Latencies.BUCKETS];

        private Sum(long at) {
            this.at = at;
        }

        private void add(int step) {
            for (int kind = 0; kind < sums.length; kind++) {
                sums[kind] += counts[kind][step];
            }
            for (int i = 0; latencies[step] != null && i < latency.length; i++) {
                latency[i] += latencies[step][i];
            }
        }

        private Point point() {
            return new Point(Instant.ofEpochMilli(at), sums[0], sums[1], sums[2], sums[3], Latencies.percentile(latency, 0.5),
                    Latencies.percentile(latency, 0.95));
        }
    }

    /** Of the ways that are chosen, over the last minute. */
    synchronized double perSecond(Predicate<Traffic.Way> chosen) {
        double seconds = Math.max(0, Math.min(60, Duration.between(stepBegan, clock.instant()).toMillis() / 1000.0));
        int newest = Math.floorMod(steps - 1, Traffic.Count.STEPS);
        double sum = traffic.counts().stream().filter(c -> chosen.test(c.way())).mapToDouble(c -> c.perSecond(newest, seconds)).sum();
        return Math.round(sum * 1000) / 1000.0;
    }

    long lastHour(Predicate<Traffic.Way> chosen) {
        return traffic.counts().stream().filter(c -> chosen.test(c.way())).mapToLong(Traffic.Count::lastHour).sum();
    }

    Traffic traffic() {
        return traffic;
    }
}
