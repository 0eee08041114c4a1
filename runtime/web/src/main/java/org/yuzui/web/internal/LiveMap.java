package org.yuzui.web.internal;

import org.yuzui.kernel.Title;
import org.yuzui.web.HubServices;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The map of what runs, made at most once a second. Thread-safe. */
final class LiveMap {

    private static final long FRESH_MILLIS = 1000;

    private final HubServices services;
    private final TrafficHistory history;
    private final Clock clock;
    private View made;

    LiveMap(HubServices services, TrafficHistory history, Clock clock) {
        this.services = services;
        this.history = history;
        this.clock = clock;
    }

    /** As it is sent. */
    record View(Instant at, List<Node> nodes, List<Edge> edges) {
    }

    /** What stands on the map. */
    record Node(String id, Kind kind, Title title, State state, String detail, String plugin, String ref) {
    }

    /** In the order in which records pass them. */
    enum Kind { system, plugin, contract, subscription, sink }

    /** The gravest last. */
    enum State {
        idle, good, busy, trouble, bad;

        State or(State other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** What flows between two nodes. */
    record Edge(String from, String to, String contract, String plugin, List<String> routes, double perSecond, long queued,
                long dead, long failedLastHour) {
    }

    synchronized View now() {
        Instant now = clock.instant();
        if (made == null || Math.abs(now.toEpochMilli() - made.at().toEpochMilli()) >= FRESH_MILLIS) {
            made = new MapDrawing(services, history).view(now);
        }
        return made;
    }
}
