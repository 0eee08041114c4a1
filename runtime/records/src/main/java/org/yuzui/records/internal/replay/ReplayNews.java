package org.yuzui.records.internal.replay;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Registration;
import org.yuzui.records.Replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells how replays stand, as the table has it when it is told: so the last news of a replay is its last state, whoever changed it. Thread-safe; a
 * replay never waits for who listens.
 */
final class ReplayNews {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayNews.class);
    private static final long REST_MILLIS = 250;

    private final ReplayTable table;
    private final ScheduledExecutorService timer;
    private final List<Consumer<Replay>> listeners = new CopyOnWriteArrayList<>();
    /** Those that were told of just now, and whether there is more to tell; guarded by itself. */
    private final Map<Long, Boolean> resting = new HashMap<>();

    ReplayNews(ReplayTable table, ScheduledExecutorService timer) {
        this.table = table;
        this.timer = timer;
    }

    Registration listen(Consumer<Replay> listener) {
        Consumer<Replay> own = listener::accept; // told apart even if the same one is added twice
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** Something changed. */
    void of(long id) {
        if (listeners.isEmpty()) {
            return;
        }
        synchronized (resting) {
            if (resting.containsKey(id)) {
                resting.put(id, true);
                return;
            }
            resting.put(id, false);
        }
        after(0, () -> tell(id));
    }

    private void after(long millis, Runnable task) {
        try {
            timer.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // the hub ends, and with it everybody's line
            LOG.debug("nobody is told of replays any more");
        }
    }

    private void tell(long id) {
        Optional<Replay> replay;
        try {
            replay = table.find(id).map(ReplayTable.Running::replay);
        } catch (RuntimeException e) { // the database is away: what is to be told is told later
            LOG.debug("can't tell how replay {} stands", id, e);
            after(REST_MILLIS * 8, () -> tell(id));
            return;
        }
        replay.ifPresent(now -> listeners.forEach(listener -> {
            try {
                listener.accept(now);
            } catch (RuntimeException e) {
                LOG.error("a listener of replays failed", e);
            }
        }));
        after(REST_MILLIS, () -> rested(id));
    }

    private void rested(long id) {
        synchronized (resting) {
            if (!resting.remove(id)) {
                return;
            }
            resting.put(id, false);
        }
        tell(id);
    }
}
