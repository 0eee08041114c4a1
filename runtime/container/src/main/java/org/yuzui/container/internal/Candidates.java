package org.yuzui.container.internal;

import org.yuzui.kernel.Problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which jars may stand for which plugin, the best first: the highest version, and among equals the one that runs already.
 * The jar of a running plugin stays a candidate while its file is being written over, or was written over with something
 * unreadable.
 */
final class Candidates {

    private final TreeMap<String, List<StagedJar>> byId = new TreeMap<>();
    private final TreeMap<String, Problem> strayJars = new TreeMap<>();
    private final Map<String, Problem> brokenOrigins = new HashMap<>();

    Candidates(Map<String, DropFolder.Seen> jars, Map<String, RunningPlugin> running) {
        Map<String, RunningPlugin> byOrigin = new HashMap<>();
        running.values().forEach(r -> byOrigin.put(r.jar().name(), r));
        jars.forEach((name, seen) -> {
            RunningPlugin origin = byOrigin.get(name);
            if (seen instanceof DropFolder.Sound sound) {
                add(sound.jar());
            } else if (origin != null) {
                add(origin.jar());
            }
            if (seen instanceof DropFolder.Broken broken) {
                if (origin == null) {
                    strayJars.put(name, broken.problem());
                } else {
                    brokenOrigins.put(origin.jar().id(), broken.problem());
                }
            }
        });
        byId.forEach((id, list) -> list.sort(order(running.get(id))));
    }

    private void add(StagedJar jar) {
        byId.computeIfAbsent(jar.id(), id -> new ArrayList<>()).add(jar);
    }

    private static Comparator<StagedJar> order(RunningPlugin running) {
        Comparator<StagedJar> highest = Comparator.comparing(StagedJar::version).reversed();
        return highest
                .thenComparing(j -> running == null || !running.jar().sameContent(j))
                .thenComparing(j -> running == null || !running.jar().name().equals(j.name()))
                .thenComparing(StagedJar::name);
    }

    Set<String> ids() {
        return byId.keySet();
    }

    List<StagedJar> of(String id) {
        return byId.getOrDefault(id, List.of());
    }

    /** Broken jars that belong to no running plugin, by file name. */
    Map<String, Problem> strayJars() {
        return strayJars;
    }

    /** What is wrong with the file that the running plugin came from; null when nothing is. */
    Problem brokenOrigin(String id) {
        return brokenOrigins.get(id);
    }

    Collection<StagedJar> all() {
        return byId.values().stream().flatMap(List::stream).toList();
    }
}
