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
        Instant at = clock.instant();
        LivePlugin now = asked.now();
        if (now == null && asked.jar() != null) {
            board.show(asked.jar(), PluginState.STAGED, null);
        }
        Prepared prepared = preparation.prepare(asked);
        boolean kept = false;
        try {
            Beginning beginning = beginning(prepared, mandate, at);
            requireAllowed(prepared, mandate, beginning, began);
            long number = journal.begin(beginning);
            PluginEvent event = exchange(prepared, mandate, beginning, number, began);
            kept = true;
            return Optional.of(event);
        } finally {
            if (!kept) {
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
        boolean unattended = p.change().folderFile() != null;
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
                ? "If that is meant, run: yuzui plugin install plugins/" + name + " " + accepts + "."
                : "If that is meant, do it again with " + accepts + ".");
    }

    private PluginEvent exchange(Prepared p, Mandate mandate, Beginning beginning, long number, long began) {
        Change c = p.change();
        RunningPlugin old = c.running();
        List<PluginPart> affected = c.isOfRunning() && c.enabled()
                ? parts.stream().filter(PluginPart::readsSettings).toList() : parts;
        DeployedParts before = old == null ? null : old.parts().of(affected);
        Exchange exchange = null;
        Wanted[] wanted = {null};
        try {
            if (old == null && c.enabled()) {
                board.show(c.jar(), PluginState.STARTING, null);
            }
            DeployedParts next = c.enabled() ? DeployedParts.deploy(c.jar(), p.plugin().content(p.settings()), affected, threads)
                    : null;
            exchange = new Exchange(before, next);
            if (old != null && c.enabled()) {
                board.show(c.jar(), PluginState.STARTING, null);
            }
            exchange.run(drain, paused -> {
                if (c.text() != null && !c.textIsFile()) {
                    desk.requireUnchanged(c.id());
                }
                wanted[0] = journal.end(ending(c, number, began, paused), mandate, clock.instant()).orElse(null);
            });
            Duration took = since(began);
            follow(p, wanted[0], next, before);
            PluginEvent event = event(beginning, number, PluginEvent.Outcome.DONE, null, took, exchange.paused(),
                    wanted[0] == null ? null : wanted[0].revision());
            fleet.paused(c.id(), exchange.paused());
            LOG.info("Plugin {}: {} {} ({}, {} ms{})", c.id(), c.action(), c.jar() == null ? "" : c.toVersion(), mandate.who(),
                    took.toMillis(), exchange.paused() == null ? "" : ", paused " + exchange.paused().toMillis() + " ms");
            return event;
        } catch (ProblemException e) {
            throw failed(p, e, exchange, number, began);
        }
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
            warn(live, PlanMaker.warning(p.plan()));
        }
        if (old != null && !onlySettings && c.enabled()) {
            board.retire(old.jar());
        }
        if (wanted == null) {
            fleet.remove(c.id());
            board.remove(c.id());
        } else {
            fleet.show(live);
        }
        if (before != null) {
            before.close();
            if (!onlySettings) {
                old.plugin().uninstall();
            }
        }
    }

    private static void warn(LivePlugin live, Problem warning) {
        live.warned(warning);
        if (warning != null) {
            LOG.warn("Plugin {}: {}", live.id(), warning.sentence());
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

    private ProblemException failed(Prepared p, ProblemException e, Exchange exchange, long number, long began) {
        Change c = p.change();
        LivePlugin now = c.now();
        RunningPlugin old = c.running();
        Problem why = e.problem();
        if (old != null && exchange != null && exchange.lost() != null) {
            why = bringBack(now, old, why);
        }
        if (stopping) {
            return stopping(); // it stays under way, and is interrupted for whoever looks after the next start
        }
        if (now != null && now.hasFailed()) {
            now.failed(why, c.text() == null || c.textIsFile() ? c.text() : desk.read(c.id()));
        }
        Problem told = why;
        Wanted before = now == null ? null : now.wanted();
        Duration took = since(began);
        Duration paused = exchange == null ? null : exchange.paused();
        unwritten.write(() -> journal.failed(number, c.id(), told, took, paused, before));
        if (now != null) {
            fleet.show(now);
        }
        return new PluginException(why, e);
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

    private static PluginEvent event(Beginning b, long number, PluginEvent.Outcome outcome, Problem problem, Duration took,
                                     Duration paused, Long revision) {
        return new PluginEvent(number, b.plugin(), b.action(), b.fromVersion(), b.toVersion(), b.file(), b.sha256(),
                b.mandate().who(), b.mandate().door(), b.at(), outcome, problem, took, paused, revision, b.plan());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
