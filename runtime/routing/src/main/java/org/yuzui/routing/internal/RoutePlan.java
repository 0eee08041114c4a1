package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the routes of two versions of a plugin by their ids, as they are written. */
final class RoutePlan {

    private static final String KIND = "routes";

    /** What a version has: routes by id, and by file what stands beside them. */
    private static final class Version {
        private final Map<String, RouteFile.Written> routes = new TreeMap<>();
        private final Map<String, List<JsonNode>> others = new TreeMap<>();
        private final List<PlannedChange> broken = new ArrayList<>();
    }

    private RoutePlan() {
    }

    static List<PlannedChange> between(PluginContent coming, PluginContent running, Border border) {
        Version next = read(coming, border);
        Version now = read(running, Border.OPEN);
        List<PlannedChange> changes = new ArrayList<>(next.broken);
        TreeSet<String> ids = new TreeSet<>(next.routes.keySet());
        ids.addAll(now.routes.keySet());
        ids.forEach(id -> changes.add(route(id, now.routes.get(id), next.routes.get(id))));
        TreeSet<String> files = new TreeSet<>(next.others.keySet());
        files.addAll(now.others.keySet());
        for (String file : files) {
            List<JsonNode> before = now.others.getOrDefault(file, List.of());
            List<JsonNode> after = next.others.getOrDefault(file, List.of());
            if (running != null && coming != null && !before.equals(after)) {
                changes.add(PlannedChange.of(KIND, file, Action.CHANGE)
                        .withDetails(List.of("what stands beside the routes, such as beans, changed")));
            }
        }
        return changes;
    }

    private static Version read(PluginContent plugin, Border border) {
        Version version = new Version();
        if (plugin == null) {
            return version;
        }
        for (HubFile file : plugin.files(KIND, PluginRoutes.SUFFIX)) {
            try {
                RouteFile read = RouteFile.read(file, plugin.settings().flat());
                for (RouteFile.Written route : read.routes()) {
                    version.routes.put(route.id() == null ? file.id() : route.id(), route);
                }
                version.others.put(file.id(), read.others());
                border.check(read);
            } catch (ProblemException e) {
                version.broken.add(PlannedChange.of(KIND, file.id(), Action.CHANGE).withProblems(List.of(e.problem())));
            }
        }
        return version;
    }

    private static PlannedChange route(String id, RouteFile.Written now, RouteFile.Written next) {
        if (now == null || next == null) {
            RouteFile.Written there = now == null ? next : now;
            return PlannedChange.of(KIND, id, now == null ? Action.ADD : Action.REMOVE)
                    .withDetails(List.of("from " + from(there)));
        }
        if (now.node().equals(next.node()) && from(now).equals(from(next))) {
            return PlannedChange.of(KIND, id, Action.KEEP);
        }
        List<String> details = new ArrayList<>();
        if (!from(now).equals(from(next))) {
            details.add("from " + from(now) + " → " + from(next));
        }
        if (!Objects.equals(now.node().path("from").path("parameters"), next.node().path("from").path("parameters"))) {
            details.add("the parameters of from changed");
        }
        if (!steps(now).equals(steps(next))) {
            details.add("its steps changed");
        }
        return PlannedChange.of(KIND, id, Action.CHANGE).withDetails(details);
    }

    private static JsonNode steps(RouteFile.Written route) {
        return route.node().has("from") ? route.node().path("from").path("steps") : route.node().path("steps");
    }

    private static String from(RouteFile.Written route) {
        return route.endpoints().stream().filter(RouteFile.Named::from).findFirst()
                .map(e -> e.scheme() + ":" + e.name()).orElse("nothing");
    }
}
