package org.yuzui.container.internal;

import org.yuzui.container.internal.journal.FolderFile;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.Problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Shows on the board what is wanted, and what of the drop folder was not taken, each thing once. One thread. */
final class Display {

    private final Fleet fleet;
    private final FolderMirror mirror;
    private final StatusBoard board;

    Display(Fleet fleet, FolderMirror mirror, StatusBoard board) {
        this.fleet = fleet;
        this.mirror = mirror;
        this.board = board;
    }

    void show() {
        Set<String> shown = new HashSet<>();
        Map<String, Problem> notes = new HashMap<>();
        TreeMap<String, List<StagedJar>> refused = new TreeMap<>();
        mirror.jars().forEach((name, seen) -> {
            if (seen instanceof DropFolder.Sound sound && problem(sound.jar()) != null) {
                refused.computeIfAbsent(sound.jar().id(), id -> new ArrayList<>()).add(sound.jar());
            } else if (seen instanceof DropFolder.Broken broken) {
                FolderFile before = mirror.known().get(name);
                LivePlugin origin = before == null || before.refusal() != null ? null : fleet.find(before.plugin());
                if (origin == null) {
                    board.showJar(name, null, broken.problem());
                    shown.add(name);
                } else {
                    notes.put(origin.id(), broken.problem());
                }
            }
        });
        refused.forEach((id, jars) -> showRefused(id, jars, notes, shown));
        for (LivePlugin plugin : fleet.all()) {
            fleet.note(plugin.id(), notes.get(plugin.id()));
            fleet.show(plugin);
            shown.add(plugin.id());
        }
        board.list().stream().map(s -> s.id()).filter(id -> !shown.contains(id)).forEach(board::remove);
    }

    /** The best of them stands for the plugin, or beside it when another version runs; the others stand for themselves. */
    private void showRefused(String id, List<StagedJar> jars, Map<String, Problem> notes, Set<String> shown) {
        jars.sort(Comparator.comparing((StagedJar j) -> problem(j).code().equals(FolderMirror.SUPERSEDED))
                .thenComparing(Comparator.comparing(StagedJar::version).reversed()).thenComparing(StagedJar::name));
        LivePlugin now = fleet.find(id);
        boolean first = true;
        for (StagedJar jar : jars) {
            Problem problem = problem(jar);
            if (first && now == null) {
                board.show(jar, PluginState.FAILED, problem);
                shown.add(id);
            } else if (first && !problem.code().equals(FolderMirror.SUPERSEDED)) {
                notes.putIfAbsent(id, problem);
            } else {
                board.showJar(jar.name(), jar, problem);
                shown.add(jar.name());
            }
            first = false;
        }
    }

    private Problem problem(StagedJar jar) {
        FolderFile known = mirror.known().get(jar.name());
        Problem waiting = mirror.waiting(jar.name());
        return waiting != null ? waiting
                : known != null && known.sha256().equals(jar.sha256()) ? known.refusal() : null;
    }
}
