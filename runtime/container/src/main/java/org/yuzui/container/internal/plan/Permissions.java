package org.yuzui.container.internal.plan;

import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.PluginDescriptor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a plugin is allowed to do by its descriptor, and which packages of the hub it uses, compared. */
final class Permissions {

    private Permissions() {
    }

    /** @param coming null when the plugin goes; {@code now} null when it is new */
    static List<PlannedChange> changes(PluginDescriptor coming, PluginDescriptor now) {
        List<PlannedChange> changes = new ArrayList<>();
        changes.addAll(changes("consumes", coming == null ? List.of() : coming.consumes(), now == null ? List.of() : now.consumes()));
        changes.addAll(changes("publishes", coming == null ? List.of() : coming.publishes(), now == null ? List.of() : now.publishes()));
        return changes;
    }

    private static List<PlannedChange> changes(String kind, Collection<String> coming, Collection<String> now) {
        TreeSet<String> all = new TreeSet<>(coming);
        all.addAll(now);
        return all.stream().map(id -> PlannedChange.of(kind, id,
                !now.contains(id) ? Action.ADD : coming.contains(id) ? Action.KEEP : Action.REMOVE)).toList();
    }

    /**
     * The packages that differ; those that stay are in the plan already.
     *
     * @param coming as {@code org.apache.camel 4.17.0}
     */
    static List<PlannedChange> imports(List<String> coming, List<String> now) {
        Map<String, String> then = versions(coming);
        Map<String, String> before = versions(now);
        TreeSet<String> names = new TreeSet<>(then.keySet());
        names.addAll(before.keySet());
        List<PlannedChange> changes = new ArrayList<>();
        for (String name : names) {
            String to = then.get(name);
            String from = before.get(name);
            if (from == null || to == null) {
                changes.add(PlannedChange.of("imports", name, from == null ? Action.ADD : Action.REMOVE)
                        .withDetails(List.of("version " + (from == null ? to : from))));
            } else if (!from.equals(to)) {
                changes.add(PlannedChange.of("imports", name, Action.CHANGE)
                        .withDetails(List.of("version " + from + " → " + to)));
            }
        }
        return changes;
    }

    private static Map<String, String> versions(List<String> imports) {
        Map<String, String> versions = new TreeMap<>();
        imports.forEach(i -> versions.put(i.split(" ")[0], i.substring(i.indexOf(' ') + 1)));
        return versions;
    }
}
