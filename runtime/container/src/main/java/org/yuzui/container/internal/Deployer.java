package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginEvent;
import org.yuzui.container.PluginPlan;
import org.yuzui.container.internal.journal.Beginning;
import org.yuzui.container.internal.journal.Ending;
import org.yuzui.container.internal.journal.Journal;
import org.yuzui.container.internal.journal.Wanted;
import org.yuzui.container.internal.plan.PlanMaker;
import org.yuzui.container.internal.settings.SettingsDesk;
import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Carries out changes of plugins, each whole or not at all: what is new is brought in beside what runs, then they are
 * exchanged, and it holds from the moment at which its row is committed. Until then the version before can always go on.
 * One thread.
 */
final class Deployer {

    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    private final Preparation preparation;
    private final Fleet fleet;
    private final StatusBoard board;
    private final List<PluginPart> parts;
    private final PluginThreads threads;
    private final SettingsDesk desk;
    private final Journal journal;
    private final Unwritten unwritten;
    private final Duration drain;
    private final Clock clock;
    private volatile boolean stopping;

    Deployer(Preparation preparation, Fleet fleet, StatusBoard board, List<PluginPart> parts, PluginThreads threads,
             SettingsDesk desk, Journal journal, Unwritten unwritten, Duration drain, Clock clock) {
        this.preparation = preparation;
        this.fleet = fleet;
        this.board = board;
        this.parts = parts;
        this.threads = threads;
        this.desk = desk;
        this.journal = journal;
        this.unwritten = unwritten;
        this.drain = drain;
        this.clock = clock;
    }

    /** From now on nothing new is brought up. Any thread. */
    void stop() {
        stopping = true;
        threads.hurry();
    }

    boolean isStopping() {
        return stopping;
    }

    PluginPlan plan(Change change) {
        Prepared prepared = preparation.prepare(change);
        prepared.discard();
        return prepared.plan();
    }

    /**
     * @return the entry in the history; empty when it is so already
     * @throws ProblemException what is wrong, after what ran before runs again
     */
    Optional<PluginEvent> carryOut(Change asked, Mandate mandate) {
        if (stopping) {
            throw stopping();
        }
        unwritten.writeAll();
        if (asked.isSo()) {
            return Optional.empty();
        }
        long began = System.nanoTime();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LivePlugin now = asked.now();
        if (now == null && asked.jar() != null) {
            board.show(asked.jar(), PluginState.STAGED, null);
        }
        Prepared prepared = preparation.prepare(asked);
        boolean holds = false;
        try {
            Beginning beginning = beginning(prepared, mandate, at);
            requireAllowed(prepared, mandate, beginning, began);
            PluginEvent event = exchange(prepared, beginning, began);
            holds = true;
            return Optional.of(event);
        } catch (ProblemException e) {
            if (now == null && asked.jar() != null) {
                board.show(asked.jar(), PluginState.FAILED, e.problem());
            }
            throw e;
        } finally {
            if (!holds) {
                prepared.discard();
            }
        }
    }

    private static Beginning beginning(Prepared p, Mandate mandate, Instant at) {
        Change c = p.change();
        boolean brings = c.jar() != null && c.enabled();
        return new Beginning(c.id(), c.action(), c.fromVersion(), c.toVersion(), brings ? c.jar().name() : null,
                c.jar() == null ? null : c.jar().sha256(), brings && !c.isOfRunning() ? c.jar().original() : null,
                c.signature(), mandate, at, p.plan());
    }

    private void requireAllowed(Prepared p, Mandate mandate, Beginning beginning, long began) {
        Problem problem = Preparation.forbidden(p.plan().problems(), p.change().jar() == null ? p.change().id()
                : p.change().jar().name());
        boolean unattended = mandate.door().equals(FolderMirror.DOOR);
        if (problem == null) {
            problem = notAccepted(p, mandate, unattended);
            if (problem != null && !unattended) {
                throw new ProblemException(problem); // somebody looks and decides: nothing has happened yet
            }
        }
        if (problem != null) {
            Problem why = problem;
            Duration took = since(began);
            unwritten.write(() -> journal.refused(beginning, why, took));
            throw new ProblemException(why);
        }
    }

    private static Problem notAccepted(Prepared p, Mandate mandate, boolean unattended) {
        PluginPlan plan = p.plan();
        if (mandate.accepted().contains(plan.id())) {
            return null;
        }
        List<PluginPlan.Effect> open = plan.outside().stream().filter(e -> !mandate.accepted().contains(e.id())).toList();
        if (open.isEmpty()) {
            return null;
        }
        String name = plan.file() == null ? plan.plugin() : plan.file();
        String accepts = open.stream().map(e -> "--accept " + e.id()).distinct().collect(Collectors.joining(" "));
        return new Problem("plan-not-accepted", name, open.stream().map(e -> e.id() + " (" + e.owner() + ", " + e.place() + "): "
                + e.why()).collect(Collectors.joining(" ")), unattended
                ? "If that is meant, run: yuzui plugin " + (plan.action() == PluginAction.REMOVE ? "remove " : "install plugins/")
                        + name + " " + accepts + "."
                : "If that is meant, do it again with " + accepts + ".");
    }

    private PluginEvent exchange(Prepared p, Beginning beginning, long began) {
        Change c = p.change();
        RunningPlugin old = c.running();
        List<PluginPart> affected = c.isOfRunning() && c.enabled()
                ? parts.stream().filter(PluginPart::readsSettings).toList() : parts;
        DeployedParts before = old == null ? null : old.parts().of(affected);
        Entry entry = Entry.begin(journal, beginning); // is written while the new version is brought in
        Exchange exchange = null;
        Committed committed = new Committed();
        DeployedParts next = null;
        try {
            if (old == null && c.enabled()) {
                board.show(c.jar(), PluginState.STARTING, null);
            }
            if (c.enabled()) {
                next = DeployedParts.deploy(c.jar(), p.plugin().content(p.settings()), affected, threads);
            }
            exchange = new Exchange(before, next);
            long number = entry.number();
            if (old != null && c.enabled()) {
                board.show(c.jar(), PluginState.STARTING, null);
            }
            exchange.run(drain, paused -> {
                if (c.text() != null && !c.textIsFile()) {
                    desk.requireUnchanged(c.id());
                }
                committed.ending = ending(c, number, began, paused);
                committed.wanted = journal.end(committed.ending, beginning.mandate(), clock.instant()).orElse(null);
            });
        } catch (RuntimeException | Error e) { // whatever it was: what ran before runs, and it is said
            if (next != null) {
                next.close(); // nothing, if the exchange was begun
            }
            throw failed(p, e, exchange, entry, began);
        }
        follow(p, committed.wanted, next, before);
        fleet.paused(c.id(), exchange.paused());
        Ending end = committed.ending;
        LOG.info("Plugin {}: {} {} ({}, {} ms{})", c.id(), c.action(), c.toVersion() == null ? "" : c.toVersion(),
                beginning.mandate().who(), end.took().toMillis(),
                end.paused() == null ? "" : ", paused " + end.paused().toMillis() + " ms");
        return new PluginEvent(end.number(), c.id(), c.action(), beginning.fromVersion(), beginning.toVersion(), beginning.file(),
                beginning.sha256(), beginning.mandate().who(), beginning.mandate().door(), beginning.at(),
                PluginEvent.Outcome.DONE, null, end.took(), end.paused(),
                committed.wanted == null ? null : committed.wanted.revision(), beginning.plan());
    }

    /** What the journal holds from the commit on. */
    private static final class Committed {

        private Ending ending;
        private Wanted wanted;
    }

    private static Ending ending(Change c, long number, long began, Duration paused) {
        LivePlugin now = c.now();
        boolean goes = c.action() == PluginAction.REMOVE;
        SettingsFile text = c.text();
        return new Ending(number, c.id(), goes ? null : c.jar() == null ? now.wanted().sha256() : c.jar().sha256(), c.enabled(),
                c.enabled(), now == null ? null : now.wanted().revision(), text != null, text == null ? null : text.bytes(),
                text == null ? now.wanted().settingsDue() : !c.textIsFile(), c.folderFile(), since(began), paused);
    }

    /** The change holds: everything else follows it, and nothing of this can fail. */
    private void follow(Prepared p, Wanted wanted, DeployedParts next, DeployedParts before) {
        Change c = p.change();
        RunningPlugin old = c.running();
        LivePlugin live = c.now() == null && wanted != null ? new LivePlugin(wanted) : c.now();
        boolean onlySettings = c.isOfRunning() && c.enabled();
        if (wanted != null) {
            live.isWanted(wanted);
            writeSettings(live, c.text());
        }
        if (onlySettings) {
            old.parts().replace(next);
            old.runsWith(c.text(), p.settings());
        } else if (c.enabled()) {
            live.runs(new RunningPlugin(p.plugin(), c.text(), p.settings(), next));
            fleet.put(live);
        } else {
            live.stands();
            p.discard();
        }
        fleet.note(c.id(), null);
        if (wanted != null && p.plan().signature() != null) {
            live.warned(PlanMaker.warning(p.plan())); // the board says it when it shows it
        }
        if (old != null && !onlySettings && c.enabled()) {
            board.retire(old.jar());
        }
        if (wanted == null) {
            fleet.remove(c.id());
        } else {
            fleet.show(live);
        }
        if (before != null) {
            before.close();
            if (!onlySettings) {
                old.plugin().uninstall();
            }
        }
        if (wanted == null) {
            board.remove(c.id()); // whoever waits for that may count on nothing of it being there
        }
    }

    /** Makes the plugin's file say what holds, if it doesn't yet. */
    void writeSettings(LivePlugin live, SettingsFile text) {
        if (!live.wanted().settingsDue()) {
            return;
        }
        try {
            desk.write(live.id(), text);
            live.isWanted(live.wanted().written());
            unwritten.write(() -> journal.settingsWritten(live.id()));
        } catch (IOException | ProblemException e) {
            LOG.warn("The settings of {} hold, but can't be written to {}: {}", live.id(), text, e.toString());
        }
    }

    /** Puts the text with its secrets encrypted in the place of the one that has them in plain; nothing changes by it. */
    void seal(LivePlugin live, SettingsFile sealed) {
        try {
            desk.write(live.id(), sealed);
        } catch (IOException | ProblemException e) {
            LOG.warn("Secrets of {} stay in plain in {}, which can't be written: {}", live.id(), sealed, e.toString());
        }
    }

    private ProblemException failed(Prepared p, Throwable thrown, Exchange exchange, Entry entry, long began) {
        Change c = p.change();
        LivePlugin now = c.now();
        RunningPlugin old = c.running();
        if (!(thrown instanceof ProblemException)) {
            LOG.error("Plugin {}: {} failed in a way that nobody thought of", c.id(), c.action(), thrown);
        }
        Problem why = Fault.problem(thrown, c.jar() == null ? c.id() : c.jar().name());
        if (old != null && exchange != null && exchange.lost() != null) {
            why = bringBack(now, old, why);
        }
        if (stopping) {
            return stopping(); // it stays under way, and is interrupted for whoever looks after the next start
        }
        if (now != null && now.hasFailed()) {
            now.failed(why, c.text() == null || c.textIsFile() ? c.text() : file(c.id()));
        }
        Problem told = why;
        Wanted before = now == null ? null : now.wanted();
        Duration took = since(began);
        Duration paused = exchange == null ? null : exchange.paused();
        unwritten.write(() -> entry.failed(told, took, paused, before));
        if (now != null) {
            fleet.show(now);
        }
        return new PluginException(why, thrown);
    }

    /** Null when it can't be read. */
    private SettingsFile file(String id) {
        try {
            return desk.read(id);
        } catch (ProblemException e) {
            return null;
        }
    }

    /** What ran before does not start again: it is brought up anew. Returns why the change failed, and more if that fails too. */
    private Problem bringBack(LivePlugin live, RunningPlugin old, Problem why) {
        old.parts().close();
        try {
            live.runs(up(old.plugin(), old.text(), old.settings()));
            return why;
        } catch (PluginException e) {
            old.plugin().uninstall();
            Problem both = new Problem(why.code(), why.place(), why.message() + " And what ran before did not come back: "
                    + e.problem().sentence(), why.cure());
            live.failed(both, old.text());
            return both;
        }
    }

    /** Brings something up where nothing runs. */
    RunningPlugin up(InstalledPlugin plugin, SettingsFile text, Settings settings) {
        DeployedParts deployed = DeployedParts.deploy(plugin.jar(), plugin.content(settings), parts, threads);
        new Exchange(null, deployed).run(drain, paused -> { });
        return new RunningPlugin(plugin, text, settings, deployed);
    }

    /** The hub ends: what runs goes down, what is wanted stays. */
    void takeDown(LivePlugin live) {
        RunningPlugin running = live.running();
        if (running == null) {
            return;
        }
        try {
            running.parts().quiesce(drain);
        } catch (PluginException e) {
            LOG.warn("Plugin {} goes down although it is not quiet: {}", live.id(), e.problem().sentence());
        }
        running.parts().close();
        running.plugin().uninstall();
        board.show(running.jar(), PluginState.STOPPED, null);
    }

    static ProblemException stopping() {
        return new ProblemException(Problem.of("hub-stopping", "The hub is stopping."));
    }

    private static Duration since(long nanos) {
        return Duration.of((System.nanoTime() - nanos) / 1000, ChronoUnit.MICROS); // as the journal keeps it
    }
}
