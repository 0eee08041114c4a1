package org.yuzui.routing.internal;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Starts the routes of a context. One whose far side is away is tried again, first after a second and in the end once a
 * minute, while the others run.
 */
final class Starts {

    private static final Logger LOG = LoggerFactory.getLogger(Starts.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 1;

    private final CamelContext camel;
    private final ClassLoader classLoader;
    private final Watch watch;
    private final Neighbours neighbours;
    private final Map<String, ScheduledFuture<?>> waiting = new HashMap<>();
    private final List<Thread> attempts = new ArrayList<>();
    private final Set<String> held = new HashSet<>();
    private boolean open;

    Starts(CamelContext camel, ClassLoader classLoader, Watch watch, Neighbours neighbours) {
        this.camel = camel;
        this.classLoader = classLoader;
        this.watch = watch;
        this.neighbours = neighbours;
    }

    /** Starts a route, now or as soon as its far side is there. */
    void start(Route route) throws Exception {
        synchronized (this) {
            open = true;
            held.remove(route.getRouteId());
        }
        if (!tried(route)) {
            again(route, FIRST);
        }
    }

    /** False when the far side is away. */
    private boolean tried(Route route) throws Exception {
        try {
            camel.getRouteController().startRoute(route.getRouteId());
            watch.sourceStarted(route);
            return true;
        } catch (Exception e) {
            if (!watch.sourceFailed(route, e)) {
                throw e;
            }
            stop(route);
            return false;
        }
    }

    private synchronized void again(Route route, Duration wait) {
        if (open && !held.contains(route.getRouteId())) {
            waiting.put(route.getRouteId(), neighbours.later(wait, () -> attempt(route, wait)));
        }
    }

    /** On a thread of its own: to connect may take long, and the timer is everybody's. */
    private synchronized void attempt(Route route, Duration waited) {
        if (!open || held.contains(route.getRouteId())) {
            return;
        }
        Thread thread = new Thread(() -> {
            try {
                if (!tried(route)) {
                    Duration twice = waited.multipliedBy(2);
                    again(route, twice.compareTo(LONGEST) > 0 ? LONGEST : twice);
                }
            } catch (Throwable e) {
                LOG.warn("Route {} can't be started, and is tried again in {} s: {}", route.getRouteId(),
                        LONGEST.toSeconds(), e.toString());
                stop(route);
                again(route, LONGEST);
            } finally {
                ended(route);
            }
        }, "yuzui-start-" + route.getRouteId());
        thread.setContextClassLoader(classLoader);
        thread.setDaemon(true);
        attempts.add(thread);
        thread.start();
    }

    private synchronized void ended(Route route) {
        attempts.remove(Thread.currentThread());
        if (!open || held.contains(route.getRouteId())) {
            stop(route); // it came too late
        }
    }

    /** The route is not tried again until {@link #start(Route)}. */
    synchronized void hold(Route route) {
        held.add(route.getRouteId());
        ScheduledFuture<?> next = waiting.remove(route.getRouteId());
        if (next != null) {
            next.cancel(false);
        }
        watch.sourceHeld(route);
    }

    /** Nothing is started any more; returns when no attempt is under way, or after a second. */
    void stop() {
        List<Thread> underWay;
        synchronized (this) {
            open = false;
            waiting.values().forEach(f -> f.cancel(false));
            waiting.clear();
            underWay = List.copyOf(attempts);
        }
        for (Thread thread : underWay) {
            thread.interrupt();
            try {
                TimeUnit.SECONDS.timedJoin(thread, STOP_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Never throws. */
    void stop(Route route) {
        try {
            camel.getRouteController().stopRoute(route.getRouteId(), STOP_SECONDS, TimeUnit.SECONDS);
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOG.warn("Route {} of {} did not stop cleanly: {}", route.getRouteId(), camel.getName(), e.toString());
        }
    }
}
