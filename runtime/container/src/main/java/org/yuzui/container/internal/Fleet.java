package org.yuzui.container.internal;

import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.Problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plugins that are wanted, in the order in which they came up, and how they are shown. One thread. */
final class Fleet {

    private final LinkedHashMap<String, LivePlugin> live = new LinkedHashMap<>();
    /** By plugin: what is to be said of it although it runs. */
    private final Map<String, Problem> notes = new HashMap<>();
    private final Map<String, Duration> pauses = new HashMap<>();
    private final StatusBoard board;

    Fleet(StatusBoard board) {
        this.board = board;
    }

    /** Null when it isn't wanted. */
    LivePlugin find(String id) {
        return live.get(id);
    }

    Collection<LivePlugin> all() {
        return List.copyOf(live.values());
    }

    List<LivePlugin> lastFirst() {
        List<LivePlugin> all = new ArrayList<>(live.values());
        Collections.reverse(all);
        return all;
    }

    /** At the end of the order. */
    void put(LivePlugin plugin) {
        live.remove(plugin.id());
        live.put(plugin.id(), plugin);
    }

    void remove(String id) {
        live.remove(id);
        notes.remove(id);
    }

    /** The other plugins that run. */
    List<PluginContent> others(String id) {
        return live.values().stream().filter(p -> p.running() != null && !p.id().equals(id))
                .map(p -> p.running().content()).toList();
    }

    void pausesWere(Map<String, Duration> known) {
        pauses.putAll(known);
    }

    void paused(String id, Duration pause) {
        if (pause != null) {
            pauses.put(id, pause);
        }
    }

    /** Null when it never did. */
    Duration lastPause(String id) {
        return pauses.get(id);
    }

    /** @param problem why something newer was not taken; null when there is nothing to say */
    void note(String id, Problem problem) {
        if (problem == null) {
            notes.remove(id);
        } else {
            notes.put(id, problem);
        }
    }

    void show(LivePlugin plugin) {
        RunningPlugin running = plugin.running();
        Problem note = notes.get(plugin.id());
        if (running != null) {
            Problem said = note != null ? note : running.settingsProblem() != null ? running.settingsProblem() : plugin.warning();
            board.showUp(running.jar(), said, running.parts()::troubles);
            return;
        }
        PluginState state = plugin.wanted().enabled() ? PluginState.FAILED : PluginState.STOPPED;
        Problem problem = plugin.wanted().enabled() ? plugin.failure() : stopped(plugin);
        if (plugin.jar() != null) {
            board.show(plugin.jar(), state, problem);
        } else {
            board.showLost(plugin.id(), plugin.wanted().version(), plugin.wanted().file(), state, problem);
        }
    }

    private static Problem stopped(LivePlugin plugin) {
        return new Problem("stopped-by-request", null, "Stopped by " + plugin.wanted().who() + " at "
                + plugin.wanted().at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + ".",
                "Start it with: yuzui plugin start " + plugin.id() + ".");
    }
}
