package org.yuzui.routing.internal;

import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Brings the consumers of a context to a standstill: first all that bring something in from outside, at the same time,
 * then, when nothing is under way any more, those between routes. Camel's own way looks once a second whether it is done.
 */
final class Standstill {

    private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);
    /** Camel's {@code deferShutdown} would tell for any component, but asking changes how some of them work. */
    private static final Set<String> INNER = Set.of("direct", "seda", "disruptor");
    /** What an interrupted consumer gets to end in order. */
    private static final long GRACE_MILLIS = 1000;

    private final String name;
    private final ClassLoader classLoader;
    private final InFlight inFlight;
    private final Duration drain;

    Standstill(String name, ClassLoader classLoader, InFlight inFlight, Duration drain) {
        this.name = name;
        this.classLoader = classLoader;
        this.inFlight = inFlight;
        this.drain = drain;
    }

    /** Whether the route only takes over from other routes of its context. */
    static boolean isInner(Route route) {
        String uri = route.getEndpoint().getEndpointUri();
        return INNER.contains(uri.substring(0, uri.indexOf(':')));
    }

    /** Returns the routes whose consumer did not end within the limit; all others are quiet. */
    List<Route> reach(List<Route> routes) {
        long until = System.nanoTime() + drain.toNanos();
        List<Route> stuck = new ArrayList<>(stop(routes.stream().filter(r -> !isInner(r)).toList(), until));
        try {
            if (!inFlight.awaitNone(() -> pending(routes), until)) {
                LOG.warn("{}: {} exchanges were still under way after {} s and are cut off", name, inFlight.size(),
                        drain.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stuck.addAll(stop(routes.stream().filter(Standstill::isInner).toList(), until));
        return stuck;
    }

    /** The same for one route while the others go on; false when its consumer did not end within the limit. */
    boolean reachAlone(Route route) {
        long until = System.nanoTime() + drain.toNanos();
        if (!stop(List.of(route), until).isEmpty()) {
            return false;
        }
        try {
            if (!inFlight.awaitNoneOf(route.getRouteId(), () -> pending(List.of(route)), until)) {
                LOG.warn("{}: exchanges of route {} were still under way after {} s and are cut off", name, route.getRouteId(),
                        drain.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private static int pending(List<Route> routes) {
        int all = 0;
        for (Route route : routes) {
            if (route.getConsumer() instanceof ShutdownAware aware) {
                all += aware.getPendingExchangesSize();
            }
        }
        return all;
    }

    private List<Route> stop(List<Route> routes, long until) {
        List<Thread> threads = routes.stream().map(this::stopping).toList();
        List<Route> stuck = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            if (!ended(threads.get(i), until)) {
                stuck.add(routes.get(i));
            }
        }
        return stuck;
    }

    private Thread stopping(Route route) {
        Thread thread = new Thread(() -> stop(route.getConsumer(), route.getRouteId()), "yuzui-quiet-" + route.getRouteId());
        thread.setContextClassLoader(classLoader);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void stop(Consumer consumer, String route) {
        try {
            ServiceHelper.stopService(consumer);
        } catch (Throwable e) { // a plugin's own component may throw anything
            LOG.warn("{}: the consumer of route {} did not stop cleanly: {}", name, route, e.toString());
        }
    }

    private boolean ended(Thread thread, long until) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1_000_000, until - System.nanoTime()));
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(GRACE_MILLIS);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{}: {} did not end within {} s and is left behind", name, thread.getName(), drain.toSeconds());
        }
        return !thread.isAlive();
    }
}
