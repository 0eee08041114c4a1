package org.yuzui.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One thing that a plan adds, changes or takes away.
 *
 * @param kind     {@code contracts}, {@code routes}, {@code settings}, {@code listens}, …
 * @param id       its id: {@code his.visit.v1}
 * @param action   see {@link Action}
 * @param details  what is different, a sentence each; empty when there is nothing more to say
 * @param noticed  what those that use the thing notice of its change, a sentence each; empty when they notice nothing. That
 *                 a thing goes is noticed without a word
 * @param problems what forbids it, each with its place and cure; empty when nothing does
 */
public record PlannedChange(String kind, String id, Action action, List<String> details, List<String> noticed,
                            List<Problem> problems) {

    /** What happens to the thing. */
    public enum Action { ADD, CHANGE, REMOVE, KEEP }

    public PlannedChange {
        details = List.copyOf(details);
        noticed = List.copyOf(noticed);
        problems = List.copyOf(problems);
    }

    public static PlannedChange of(String kind, String id, Action action) {
        return new PlannedChange(kind, id, action, List.of(), List.of(), List.of());
    }

    public PlannedChange withDetails(List<String> newDetails) {
        return new PlannedChange(kind, id, action, newDetails, noticed, problems);
    }

    public PlannedChange withNoticed(List<String> newNoticed) {
        return new PlannedChange(kind, id, action, details, newNoticed, problems);
    }

    public PlannedChange withProblems(List<Problem> newProblems) {
        return new PlannedChange(kind, id, action, details, noticed, newProblems);
    }

    /** Compares the files of a kind by name and content; line ends don't count. Sorted by id. */
    public static List<PlannedChange> byFile(String kind, PluginContent coming, PluginContent running) {
        Map<String, byte[]> next = files(kind, coming);
        Map<String, byte[]> now = files(kind, running);
        TreeSet<String> ids = new TreeSet<>(next.keySet());
        ids.addAll(now.keySet());
        List<PlannedChange> changes = new ArrayList<>();
        for (String id : ids) {
            Action action = !now.containsKey(id) ? Action.ADD : !next.containsKey(id) ? Action.REMOVE
                    : Arrays.equals(next.get(id), now.get(id)) ? Action.KEEP : Action.CHANGE;
            changes.add(of(kind, id, action));
        }
        return changes;
    }

    private static Map<String, byte[]> files(String kind, PluginContent plugin) {
        return plugin == null ? Map.of() : plugin.files(kind, "").stream()
                .filter(f -> f.id().indexOf('.') > 0)
                .collect(Collectors.toMap(f -> f.id().replaceFirst("\\.(schema\\.json|[a-z]+\\.yaml|dmn)$", ""),
                        f -> new String(f.bytes(), StandardCharsets.UTF_8).replace("\r\n", "\n")
                                .getBytes(StandardCharsets.UTF_8), (a, b) -> a, TreeMap::new));
    }
}
