package org.yuzui.routing;

import java.util.List;

/**
 * A route, looked at closely.
 *
 * @param inner   whether it only takes over from other routes of its context
 * @param stopped who stopped it by hand; null when nobody did
 * @param from    as it is written, settings by their names
 * @param text    null for a route that is written in Java
 */
public record RouteDetail(RouteStatus status, boolean inner, StoppedRoute stopped, Counters counters, String from,
                          List<RouteStep> steps, Text text) {

    /**
     * Since the route was deployed on this node.
     *
     * @param meanMs of an exchange; null when there was none
     * @param maxMs  of an exchange; null when there was none
     */
    public record Counters(long done, long failed, int inFlight, Double meanMs, Double maxMs) {
    }

    /**
     * The file that it is written in, as it was deployed.
     *
     * @param line where the route begins
     */
    public record Text(String file, int line, String content) {
    }
}
