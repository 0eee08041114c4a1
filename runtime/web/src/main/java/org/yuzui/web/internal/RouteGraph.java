package org.yuzui.web.internal;

import org.yuzui.routing.RouteEnd;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who reads and writes what, with the routes between routes seen through: what they take over comes from where it began. */
final class RouteGraph {

    private static final Set<String> INNER = Set.of("direct", "seda", "disruptor");
    private static final Set<String> HUBS_OWN = Set.of("record", "rule", "schedule", "report");
    /** Camel's schemes behind which there is nothing outside the hub. */
    private static final Set<String> NOTHING = Set.of("bean", "class", "log", "mock", "timer", "scheduler", "quartz", "cron", "language",
            "dataformat", "dataset", "xslt", "xslt-saxon", "xj", "jslt", "jq", "jsonata", "freemarker", "velocity", "mustache",
            "validator", "json-validator", "ref", "controlbus", "browse", "stub", "event", "kamelet", "vm");
    private static final Set<String> NOTES = Set.of("ignored", "refused");

    private final List<RouteEnd> ends;
    private final Map<String, Way> routes = new LinkedHashMap<>();

    RouteGraph(List<RouteEnd> ends) {
        this.ends = ends;
        for (RouteEnd end : ends) {
            routes.computeIfAbsent(end.owner() + "/" + end.route(), k -> new Way(end.owner(), end.route(),
                    origins(end.owner(), end.route(), new HashSet<>()), ends(end.owner(), end.route(), false)));
        }
    }

    /**
     * A route.
     *
     * @param from where what it works on begins, of itself or of the routes that it takes over from
     */
    record Way(String owner, String route, List<RouteEnd> from, List<RouteEnd> to) {
    }

    List<Way> routes() {
        return List.copyOf(routes.values());
    }

    private List<RouteEnd> ends(String owner, String route, boolean from) {
        return ends.stream().filter(e -> e.from() == from && e.owner().equals(owner) && e.route().equals(route)).toList();
    }

    private List<RouteEnd> origins(String owner, String route, Set<String> seen) {
        List<RouteEnd> origins = new ArrayList<>();
        if (!seen.add(route)) {
            return origins;
        }
        for (RouteEnd from : ends(owner, route, true)) {
            if (INNER.contains(from.scheme())) {
                ends.stream().filter(e -> !e.from() && e.owner().equals(owner) && e.scheme().equals(from.scheme())
                                && e.name().equals(from.name()))
                        .forEach(e -> origins.addAll(origins(owner, e.route(), seen)));
            } else {
                origins.add(from);
            }
        }
        return origins;
    }

    /** The contract that a subscription's route reads; null when no route reads it. */
    String contractOf(String subscription) {
        return ends.stream().filter(e -> subscription.equals(e.subscription())).map(RouteEnd::name).findFirst().orElse(null);
    }

    /** The subscription that a route reads; null when it reads none. */
    String subscriptionOf(String owner, String route) {
        Way way = routes.get(owner + "/" + route);
        return way == null ? null : way.from().stream().filter(e -> e.subscription() != null).map(RouteEnd::subscription).findFirst()
                .orElse(null);
    }

    static boolean isPublishing(RouteEnd end) {
        return !end.from() && end.scheme().equals("record") && !end.query() && !NOTES.contains(end.name());
    }

    static boolean isOutside(RouteEnd end) {
        return !INNER.contains(end.scheme()) && !HUBS_OWN.contains(end.scheme()) && !NOTHING.contains(end.scheme());
    }
}
