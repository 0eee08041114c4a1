package org.yuzui.routing.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What hinders the routes of one owner at present, each route by somebody's hand, at its source and at what it writes to. Each trouble is
 * logged once when it comes and once when it goes. Thread-safe.
 */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    /** Where a route is hindered. */
    enum Side { HAND, SOURCE, TARGET }

    private record Key(String route, Side side) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byRoute = route.compareTo(other.route);
            return byRoute != 0 ? byRoute : side.compareTo(other.side);
        }
    }

    private final String owner;
    private final Runnable changed;
    private final Map<Key, Problem> open = new ConcurrentSkipListMap<>();
    private volatile boolean any;

    /** @param changed called after each change, on the thread that made it; must return soon */
    Troubles(String owner, Runnable changed) {
        this.owner = owner;
        this.changed = changed;
    }

    void came(String route, Side side, Problem problem) {
        Problem before = open.put(new Key(route, side), problem);
        any = true;
        if (before == null) {
            LOG.warn("{}, route {}: {}", owner, route, problem.sentence());
        }
        if (!problem.equals(before)) {
            changed.run();
        }
    }

    /** Cheap while there is no trouble: it is called for every exchange. */
    void went(String route, Side side) {
        if (any && open.containsKey(new Key(route, side))) {
            Problem problem = open.remove(new Key(route, side));
            any = !open.isEmpty();
            if (problem != null) {
                LOG.info("{}, route {}: over again: {}", owner, route, problem.message());
                changed.run();
            }
        }
    }

    List<Problem> all() {
        return any ? List.copyOf(open.values()) : List.of();
    }

    /** Of one route; null when nothing hinders it. */
    Problem of(String route) {
        for (Side side : Side.values()) {
            Problem problem = any ? open.get(new Key(route, side)) : null;
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** Nothing runs, so nothing is hindered. */
    void forget() {
        boolean told = any;
        open.clear();
        any = false;
        if (told) {
            changed.run();
        }
    }
}
