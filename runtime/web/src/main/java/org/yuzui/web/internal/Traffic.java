package org.yuzui.web.internal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts this node's hops where they pass: by kind, plugin, route, contract and subscription, and how long records took from
 * arrival to delivery. For the eye, not for the books: a hop that is taken back with its transaction has been counted.
 * Thread-safe; a hop costs a look-up and an increment.
 */
final class Traffic implements Consumer<Hop> {

    /** Ways that are told apart; whatever comes after them is counted as one. */
    private static final int MOST_WAYS = 5_000;
    /** Arrivals that are remembered; an older one that shares its place is forgotten, and so is its latency. */
    private static final int ARRIVALS = 1 << 16;
    private static final Way OTHERS = new Way(null, null, null, null, null);

    private final MeterRegistry registry;
    private final Map<Way, Count> counts = new ConcurrentHashMap<>();
    private final AtomicLongArray arrived = new AtomicLongArray(ARRIVALS * 2);
    private final Latencies latencies = new Latencies();

    Traffic(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What is counted together; everything but the kind may be null. */
    record Way(HopKind kind, String plugin, String route, String contract, String subscription) {
    }

    /** Of one way: all since the start, and by steps of the last hour. */
    static final class Count {

        /** Steps that are kept of each way: an hour. */
        static final int STEPS = 360;
        private static final int MINUTE = 6;

        private final Way way;
        private final LongAdder total = new LongAdder();
        private final int[] steps = new int[STEPS];
        private long seen;

        private Count(Way way) {
            this.way = way;
        }

        Way way() {
            return way;
        }

        /** Since the step before, which becomes the step's count. */
        synchronized int step(int at) {
            long now = total.sum();
            int passed = (int) Math.min(Integer.MAX_VALUE, now - seen);
            steps[at] = passed;
            seen = now;
            return passed;
        }

        synchronized long lastHour() {
            long sum = total.sum() - seen;
            for (int step : steps) {
                sum += step;
            }
            return sum;
        }

        /**
         * Over the last six steps and the one under way.
         *
         * @param newest index of the last step that is over
         */
        synchronized double perSecond(int newest, double secondsOfStep) {
            long sum = total.sum() - seen;
            for (int i = 0; i < MINUTE; i++) {
                sum += steps[Math.floorMod(newest - i, STEPS)];
            }
            return sum / (MINUTE * TrafficHistory.STEP.toSeconds() + secondsOfStep);
        }
    }

    @Override
    public void accept(Hop hop) {
        count(new Way(hop.kind(), hop.plugin(), hop.route(), hop.contract(), hop.subscription())).total.increment();
        switch (hop.kind()) {
            case RECEIVED, PUBLISHED -> remember(hop.flow());
            case DELIVERED -> took(hop.flow());
            default -> { }
        }
    }

    private Count count(Way way) {
        Count known = counts.get(way);
        if (known != null) {
            return known;
        }
        return counts.computeIfAbsent(counts.size() < MOST_WAYS ? way : OTHERS, this::begin);
    }

    private Count begin(Way way) {
        Count count = new Count(way);
        if (way.kind() != null) {
            FunctionCounter.builder("yuzui.hops", count, c -> c.total.sum()).description("hops of records on this node")
                    .tag("kind", way.kind().name()).tag("plugin", text(way.plugin())).tag("route", text(way.route()))
                    .tag("contract", text(way.contract())).tag("subscription", text(way.subscription())).register(registry);
        }
        return count;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static int place(UUID flow) {
        return (flow.hashCode() & ARRIVALS - 1) * 2;
    }

    private void remember(UUID flow) {
        int place = place(flow);
        arrived.lazySet(place, flow.getLeastSignificantBits());
        arrived.lazySet(place + 1, System.nanoTime());
    }

    private void took(UUID flow) {
        int place = place(flow);
        if (arrived.get(place) == flow.getLeastSignificantBits()) {
            latencies.add(System.nanoTime() - arrived.get(place + 1));
        }
    }

    Collection<Count> counts() {
        return counts.values();
    }

    Latencies latencies() {
        return latencies;
    }
}
