package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Registration;
import org.yuzui.kernel.Title;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What is known of every plugin, for all who ask; written by the one thread that deploys. */
final class StatusBoard {

    private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);

    private final ConcurrentSkipListMap<String, PluginStatus> statuses = new ConcurrentSkipListMap<>();
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
        show(jar.id(), jar.descriptor().version(), jar.descriptor().title(), state, problem, jar.name());
    }

    /** A jar that doesn't stand for a plugin of its own: unreadable, or second to another with the same id. */
    void showJar(String name, StagedJar jar, Problem problem) {
        show(name, jar == null ? null : jar.descriptor().version(),
                jar == null ? new Title(name, name) : jar.descriptor().title(), PluginState.FAILED, problem, name);
    }

    private void show(String id, String version, Title title, PluginState state, Problem problem, String origin) {
        PluginStatus before = statuses.get(id);
        boolean sameState = before != null && before.state() == state && Objects.equals(before.version(), version);
        PluginStatus now = new PluginStatus(id, version, title, state, problem,
                sameState ? before.since() : clock.instant(), origin);
        if (now.equals(before)) {
            return;
        }
        statuses.put(id, now);
        if (problem != null && (before == null || !problem.equals(before.problem()))) {
            LOG.warn("Plugin {} {}: {}", id, state, problem.sentence());
        }
        tell(now);
    }

    /** The plugin is gone; listeners hear of it once more. */
    void remove(String id) {
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
