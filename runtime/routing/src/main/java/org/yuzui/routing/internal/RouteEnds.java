package org.yuzui.routing.internal;

import org.yuzui.routing.RouteEnd;

import java.util.ArrayList;
import java.util.List;

/** Reads from route files what the routes read from and write to. */
final class RouteEnds {

    private RouteEnds() {
    }

    static List<RouteEnd> of(Owner owner, List<RouteFile> files) {
        List<RouteEnd> ends = new ArrayList<>();
        for (RouteFile file : files) {
            for (RouteFile.Written route : file.routes()) {
                String id = route.id() == null ? file.file().id() : route.id();
                for (RouteFile.Named endpoint : route.endpoints()) {
                    if (!endpoint.isDynamic() || !endpoint.scheme().equals("record")) {
                        RouteEnd end = end(owner, id, endpoint);
                        if (!ends.contains(end)) {
                            ends.add(end);
                        }
                    }
                }
            }
        }
        return ends;
    }

    private static RouteEnd end(Owner owner, String route, RouteFile.Named endpoint) {
        String subscription = endpoint.from() && endpoint.scheme().equals("record")
                ? endpoint.parameters().get("subscription") : null;
        return new RouteEnd(owner.id(), route, endpoint.from(), endpoint.scheme(), name(endpoint),
                subscription == null ? null : owner.qualify(subscription), endpoint.parameters().containsKey("query"));
    }

    /** A name of the hub, or where something is: of an address no credentials, and of a URL no path, which may hold a key. */
    private static String name(RouteFile.Named endpoint) {
        String name = endpoint.name().replaceFirst("^[^/@]*@", "");
        return switch (endpoint.scheme()) {
            case "http", "https", "rest", "netty-http", "vertx-http" -> name.replaceFirst("[/?].*$", "");
            default -> name;
        };
    }
}
