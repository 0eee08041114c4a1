package org.yuzui.routing.internal;

import org.yuzui.kernel.Use;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads from route files which contracts, rules, schedules and forms they make use of. */
final class RouteUses {

    private RouteUses() {
    }

    static List<Use> of(Owner owner, List<RouteFile> files) {
        List<Use> uses = new ArrayList<>();
        for (RouteFile file : files) {
            for (RouteFile.Written route : file.routes()) {
                for (RouteFile.Named endpoint : route.endpoints()) {
                    String by = route.id() == null ? file.file().id() : route.id();
                    use(owner, by, endpoint).filter(u -> !uses.contains(u)).ifPresent(uses::add);
                }
            }
        }
        return uses;
    }

    private static Optional<Use> use(Owner owner, String route, RouteFile.Named endpoint) {
        if (endpoint.isDynamic()) {
            return Optional.empty();
        }
        String place = endpoint.place().replaceFirst(":\\d+$", "");
        return switch (endpoint.scheme()) {
            case "record" -> RecordComponent.isNote(endpoint.name()) ? Optional.empty()
                    : Optional.of(new Use(owner.id(), route, place, "contracts", endpoint.name(), how(endpoint)));
            case "rule" -> Optional.of(new Use(owner.id(), route, place, "rules", owner.qualify(endpoint.name()), "decides"));
            case "schedule" -> Optional.of(new Use(owner.id(), route, place, "schedules", owner.qualify(endpoint.name()),
                    "fires"));
            case "report" -> Optional.of(new Use(owner.id(), route, place, "reports", endpoint.name(),
                    endpoint.parameters().containsKey("query") ? "queries" : "submits"));
            default -> Optional.empty();
        };
    }

    private static String how(RouteFile.Named endpoint) {
        return endpoint.from() ? "reads" : endpoint.parameters().containsKey("query") ? "queries" : "publishes";
    }
}
