package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.container.internal.settings.SettingsDesk;
import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.spi.Settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings what runs in line with what lies in the folders, one plugin after the other. A new version is staged and
 * resolved, and its settings are read, while the old one runs; then the parts are exchanged, and if the new ones don't
 * come up, the old bundle, which is still installed, gets its parts back.
 *
 * <p>All methods that change something but {@link #stop} are called by one thread.
 */
final class Deployer {

    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    /** A jar that failed is not tried again until it or its settings change. */
    private record Refusal(SettingsFile settings, Problem problem) {
    }

    private final EmbeddedFelix felix;
    private final List<PluginPart> parts;
    private final PluginThreads threads;
    private final StatusBoard board;
    private final SettingsDesk desk;
    /** In the order of deployment. */
    private final LinkedHashMap<String, RunningPlugin> running = new LinkedHashMap<>();
    private final Map<String, Refusal> refusals = new HashMap<>();
    private volatile boolean stopping;

    Deployer(EmbeddedFelix felix, List<PluginPart> parts, PluginThreads threads, StatusBoard board,
             SettingsDesk desk) {
        this.felix = felix;
        this.parts = List.copyOf(parts);
        this.threads = threads;
        this.board = board;
        this.desk = desk;
    }

    int partCount() {
        return parts.size();
    }

    /** @return the staged files that are still needed */
    Set<Path> align(Map<String, DropFolder.Seen> jars) {
        Candidates candidates = new Candidates(jars, running);
        Set<String> shown = new HashSet<>(candidates.ids());
        lastFirst().filter(r -> candidates.of(r.jar().id()).isEmpty()).forEach(this::remove);
        refusals.keySet().retainAll(candidates.all().stream().map(StagedJar::sha256).toList());
        desk.keepOnly(candidates.ids());
        for (String id : candidates.ids()) {
            if (stopping) {
                break;
            }
            settle(id, candidates, shown);
        }
        candidates.strayJars().forEach((name, problem) -> {
            shown.add(name);
            board.showJar(name, null, problem);
        });
        board.list().stream().map(s -> s.id()).filter(id -> !shown.contains(id)).forEach(board::remove);
        Set<Path> needed = new HashSet<>();
        candidates.all().forEach(j -> needed.add(j.file()));
        running.values().forEach(r -> needed.add(r.plugin().jar().file()));
        return needed;
    }

    /** From now on nothing new is brought up. Any thread. */
    void stop() {
        stopping = true;
        threads.hurry();
    }

    void takeDownAll() {
        lastFirst().forEach(r -> {
            r.takeDown();
            r.plugin().uninstall();
            board.show(r.jar(), PluginState.STOPPED, null);
        });
        running.clear();
    }

    private Stream<RunningPlugin> lastFirst() {
        List<RunningPlugin> all = new ArrayList<>(running.values());
        Collections.reverse(all);
        return all.stream();
    }

    private void settle(String id, Candidates candidates, Set<String> shown) {
        Problem notTaken = null;
        List<StagedJar> jars = candidates.of(id);
        int chosen = 0;
        for (int i = 0; i < jars.size() && !stopping; i++) {
            StagedJar jar = jars.get(i);
            RunningPlugin old = running.get(id);
            boolean same = old != null && old.jar().sameContent(jar);
            if (same) {
                old.foundAs(jar);
                followSettings(old);
            }
            Problem problem = same && running.containsKey(id) ? null : take(jar);
            if (problem == null) {
                chosen = i;
                break;
            }
            notTaken = notTaken == null ? problem : notTaken;
        }
        if (stopping) {
            return;
        }
        show(id, jars.get(chosen), notTaken, candidates.brokenOrigin(id));
        for (int i = chosen + 1; i < jars.size(); i++) {
            StagedJar second = jars.get(i);
            Refusal refusal = refusals.get(second.sha256());
            if (!second.name().equals(jars.get(chosen).name())) {
                shown.add(second.name());
                board.showJar(second.name(), second, refusal != null ? refusal.problem() : superseded(second, jars.get(0)));
            }
        }
    }

    private void show(String id, StagedJar best, Problem notTaken, Problem brokenOrigin) {
        RunningPlugin now = running.get(id);
        if (now == null) {
            board.show(best, PluginState.FAILED, notTaken);
        } else {
            board.show(now.jar(), PluginState.RUNNING,
                    Stream.of(notTaken, brokenOrigin, now.settingsProblem()).filter(Objects::nonNull).findFirst().orElse(null));
        }
    }

    private static Problem superseded(StagedJar second, StagedJar first) {
        return new Problem("superseded", second.name(), first.name() + " brings the same plugin '" + first.id()
                + "' in version " + first.descriptor().version() + " and goes before this one.", "Remove one of the two.");
    }

    /** Makes the jar the one that runs for its plugin; tells why when it can't, and the one before goes on. */
    private Problem take(StagedJar jar) {
        SettingsFile file;
        try {
            file = desk.read(jar.id());
        } catch (ProblemException e) {
            return e.problem();
        }
        Refusal known = refusals.get(jar.sha256());
        if (known != null && known.settings().equals(file)) {
            return known.problem();
        }
        Problem problem = exchange(jar, file);
        if (problem == null) {
            refusals.remove(jar.sha256());
        } else if (!stopping) {
            refusals.put(jar.sha256(), new Refusal(file, problem));
        }
        return problem;
    }

    private Problem exchange(StagedJar jar, SettingsFile file) {
        long began = System.nanoTime();
        RunningPlugin old = running.get(jar.id());
        if (old == null) {
            board.show(jar, PluginState.STAGED, null);
        }
        InstalledPlugin next = null;
        Settings settings;
        try {
            next = InstalledPlugin.install(felix, jar);
            settings = desk.settings(next.schema(), file);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            if (next != null) {
                next.uninstall();
            }
            return Fault.problem(e, jar.name());
        }
        board.show(jar, PluginState.STARTING, null);
        if (old != null) {
            old.takeDown();
        }
        DeployedParts up;
        try {
            up = DeployedParts.deploy(jar, next.content(settings), parts, threads);
        } catch (PluginException e) {
            next.uninstall();
            return old == null ? e.problem() : bringBack(old, e.problem());
        }
        running.remove(jar.id()); // so that it goes to the end of the order
        running.put(jar.id(), new RunningPlugin(next, file, settings, up));
        if (old != null) {
            old.plugin().uninstall();
        }
        LOG.info("Plugin {} {} is up ({}, {} ms)", jar.id(), jar.descriptor().version(), jar.name(), millisSince(began));
        return null;
    }

    /** Redeploys what ran before; returns why the new one was refused, and more if the old one is lost too. */
    private Problem bringBack(RunningPlugin old, Problem why) {
        try {
            old.isUpAgain(DeployedParts.deploy(old.jar(), old.plugin().content(old.settings()), parts, threads));
            return why;
        } catch (PluginException e) {
            running.remove(old.jar().id());
            old.plugin().uninstall();
            return new Problem(why.code(), why.place(), why.message() + " And what ran before did not come back: "
                    + e.problem().sentence(), why.cure());
        }
    }

    /** Takes changed settings over into a running plugin. */
    private void followSettings(RunningPlugin plugin) {
        String id = plugin.jar().id();
        SettingsFile file;
        try {
            file = desk.read(id);
        } catch (ProblemException e) {
            plugin.refuses(new SettingsFile(id, null), e.problem());
            return;
        }
        if (plugin.hasSeen(file)) {
            return;
        }
        long began = System.nanoTime();
        Settings settings;
        try {
            settings = desk.settings(plugin.plugin().schema(), file);
        } catch (RuntimeException e) {
            plugin.refuses(file, Fault.problem(e, file.name()));
            return;
        }
        if (settings.tree().equals(plugin.settings().tree())) {
            plugin.runsWith(file, settings);
            return;
        }
        board.show(plugin.jar(), PluginState.STARTING, null);
        plugin.takeDown();
        try {
            plugin.isUpAgain(DeployedParts.deploy(plugin.jar(), plugin.plugin().content(settings), parts, threads));
            plugin.runsWith(file, settings);
            LOG.info("Plugin {} runs with new settings ({} ms)", id, millisSince(began));
        } catch (PluginException e) {
            Problem problem = bringBack(plugin, e.problem());
            plugin.refuses(file, problem);
            if (!running.containsKey(id)) {
                refusals.put(plugin.jar().sha256(), new Refusal(file, problem));
            }
        }
    }

    private void remove(RunningPlugin plugin) {
        plugin.takeDown();
        plugin.plugin().uninstall();
        running.remove(plugin.jar().id());
        LOG.info("Plugin {} {} is gone", plugin.jar().id(), plugin.jar().descriptor().version());
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
