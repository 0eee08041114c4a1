package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultInflightRepository;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Counts the exchanges of a context that are under way, and tells at once when there is none any more. */
final class InFlight extends DefaultInflightRepository {

    /** What a component holds back unseen (a queue in memory, the rest of a batch) is looked at so often. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final AtomicInteger underWay = new AtomicInteger();
    private final Object none = new Object();

    @Override
    public void add(Exchange exchange) {
        super.add(exchange);
        underWay.incrementAndGet();
    }

    @Override
    public void remove(Exchange exchange) {
        super.remove(exchange);
        if (underWay.decrementAndGet() <= 0) {
            synchronized (none) {
                none.notifyAll();
            }
        }
    }

    /**
     * Waits until nothing is under way.
     *
     * @param pending what components still hold back
     * @param until   as {@link System#nanoTime()}
     * @return false when something still was
     */
    boolean awaitNone(IntSupplier pending, long until) throws InterruptedException {
        return await(() -> underWay.get() > 0 || pending.getAsInt() > 0, until);
    }

    /** The same for one route. */
    boolean awaitNoneOf(String route, IntSupplier pending, long until) throws InterruptedException {
        return await(() -> size(route) > 0 || pending.getAsInt() > 0, until);
    }

    private boolean await(BooleanSupplier any, long until) throws InterruptedException {
        synchronized (none) {
            while (any.getAsBoolean()) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(none, Math.max(1_000_000, Math.min(left, LOOK_NANOS)));
            }
            return true;
        }
    }
}
