package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.yuzui.routing.RouteDetail;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** How many exchanges a route had and how long they took. Thread-safe. */
final class RoutePace {

    private static final double NANOS_PER_MS = 1_000_000;

    private final String property;
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    RoutePace(String routeId) {
        this.property = "YuzuiBegan." + routeId;
    }

    void began(Exchange exchange) {
        exchange.setProperty(property, System.nanoTime());
    }

    void ended(Exchange exchange) {
        (exchange.isFailed() ? failed : done).increment();
        Object began = exchange.removeProperty(property);
        if (began instanceof Long at) {
            long took = System.nanoTime() - at;
            nanos.add(took);
            longest.accumulate(took);
        }
    }

    long done() {
        return done.sum();
    }

    long failed() {
        return failed.sum();
    }

    RouteDetail.Counters counters(int inFlight) {
        long all = done() + failed();
        return new RouteDetail.Counters(done(), failed(), inFlight, all == 0 ? null : nanos.sum() / NANOS_PER_MS / all,
                all == 0 ? null : longest.get() / NANOS_PER_MS);
    }
}
