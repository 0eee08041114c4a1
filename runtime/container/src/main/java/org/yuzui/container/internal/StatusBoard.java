package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Registration;
import org.yuzui.kernel.Title;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is known of every plugin, for all who ask; written by the one thread that changes plugins, and by whoever tells that
 * a plugin has troubles.
 */
final class StatusBoard {

    private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);

    /** A running plugin: its status without troubles, and whom to ask for these. */
    private static final class Up {

        private final PluginStatus status;
        private final Supplier<List<Problem>> troubles;
        private long asked;
        private long written;

        private Up(PluginStatus status, Supplier<List<Problem>> troubles) {
            this.status = status;
            this.troubles = troubles;
        }
    }

    private final ConcurrentSkipListMap<String, PluginStatus> statuses = new ConcurrentSkipListMap<>();
    private final Map<String, Up> up = new HashMap<>();
    private final CopyOnWriteArrayList<Consumer<PluginStatus>> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;

    StatusBoard(Clock clock) {
        this.clock = clock;
    }

    List<PluginStatus> list() {
        return List.copyOf(statuses.values());
    }

    Optional<PluginStatus> find(String id) {
        return Optional.ofNullable(statuses.get(id));
    }

    Registration listen(Consumer<PluginStatus> listener) {
        // Wrapped, so that the same listener added twice is two registrations.
        Consumer<PluginStatus> own = listener::accept;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** A plugin whose descriptor could be read. */
    void show(StagedJar jar, PluginState state, Problem problem) {
        put(jar.id(), jar.versionText(), jar.descriptor().title(), state, problem, jar.name());
    }

    /** A plugin whose jar could not be had. */
    void showLost(String id, String version, String origin, PluginState state, Problem problem) {
        put(id, version, new Title(id, id), state, problem, origin);
    }

    /** A jar that doesn't stand for a plugin of its own: unreadable, or second to another with the same id. */
    void showJar(String name, StagedJar jar, Problem problem) {
        put(name, jar == null ? null : jar.versionText(), jar == null ? new Title(name, name) : jar.descriptor().title(),
                PluginState.FAILED, problem, name);
    }

    private synchronized void put(String id, String version, Title title, PluginState state, Problem problem, String origin) {
        up.remove(id);
        write(new PluginStatus(id, version, title, state, problem, clock.instant(), origin));
    }

    /**
     * A plugin that runs, {@code DEGRADED} while it has troubles.
     *
     * @param note     what is to be said of it although it runs
     * @param troubles must be quick
     */
    void showUp(StagedJar jar, Problem note, Supplier<List<Problem>> troubles) {
        PluginStatus status = new PluginStatus(jar.id(), jar.versionText(), jar.descriptor().title(), PluginState.RUNNING, note,
                clock.instant(), jar.name());
        synchronized (this) {
            up.put(jar.id(), new Up(status, troubles));
        }
        refresh(jar.id());
    }

    /**
     * Asks a running plugin for its troubles again. Any thread. It is asked while nothing is held here, as whoever tells of
     * troubles may hold what the answer needs.
     */
    void refresh(String id) {
        Up running;
        long turn;
        synchronized (this) {
            running = up.get(id);
            if (running == null) {
                return;
            }
            turn = ++running.asked;
        }
        List<Problem> troubles = running.troubles.get();
        synchronized (this) {
            if (up.get(id) == running && turn > running.written) { // whoever asked later knows better
                running.written = turn;
                PluginStatus s = running.status;
                write(troubles.isEmpty() ? s : new PluginStatus(id, s.version(), s.title(), PluginState.DEGRADED,
                        together(troubles), s.since(), s.origin()));
            }
        }
    }

    private static Problem together(List<Problem> troubles) {
        Problem first = troubles.get(0);
        if (troubles.size() == 1) {
            return first;
        }
        StringBuilder message = new StringBuilder(first.message());
        troubles.subList(1, troubles.size()).forEach(t -> message.append(' ').append(t.sentence()));
        return new Problem(first.code(), first.place(), message.toString(), first.cure());
    }

    private void write(PluginStatus asked) {
        PluginStatus before = statuses.get(asked.id());
        boolean sameState = before != null && before.state() == asked.state()
                && Objects.equals(before.version(), asked.version());
        PluginStatus now = new PluginStatus(asked.id(), asked.version(), asked.title(), asked.state(), asked.problem(),
                sameState ? before.since() : clock.instant(), asked.origin());
        if (now.equals(before)) {
            return;
        }
        statuses.put(now.id(), now);
        if (now.problem() != null && now.state() != PluginState.STOPPED
                && (before == null || !now.problem().equals(before.problem()))) {
            LOG.warn("Plugin {} {}: {}", now.id(), now.state(), now.problem().sentence());
        }
        tell(now);
    }

    /** Another version has taken its place; listeners hear of it once, before they hear of that one. */
    synchronized void retire(StagedJar jar) {
        tell(new PluginStatus(jar.id(), jar.versionText(), jar.descriptor().title(), PluginState.RETIRED, null, clock.instant(),
                jar.name()));
    }

    /** The plugin is gone; listeners hear of it once more. */
    synchronized void remove(String id) {
        up.remove(id);
        PluginStatus last = statuses.remove(id);
        if (last != null) {
            tell(new PluginStatus(id, last.version(), last.title(), PluginState.RETIRED, null, clock.instant(), last.origin()));
        }
    }

    private void tell(PluginStatus status) {
        for (Consumer<PluginStatus> listener : listeners) {
            try {
                listener.accept(status);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on the state {} of plugin {}", status.state(), status.id(), e);
            }
        }
    }
}
