package org.yuzui.scheduling.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.HubThreads;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.OccurrenceState;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads that run occurrences, so many at a time, and the one that looks after leases and timeouts. A schedule waits
 * on a thread of its own, so those that wait for a seat are at most as many as there are schedules.
 *
 * <p>A run needs one of its plugin's seats, of which there are half as many as of all. One that lasts gives its common
 * seat to others and keeps its plugin's, so that plugins whose runs hang hold up nobody for long but themselves.
 */
final class Crew implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
    /** How long a stop waits for what is under way, before it interrupts and after. */
    static final Duration FAREWELL = Duration.ofSeconds(3);
    /** After which a run counts as one that lasts. */
    private static final Duration LASTING = Duration.ofSeconds(5);

    private final Occurrences occurrences;
    private final Clock clock;
    private final Semaphore seats;
    private final int seatsOfPlugin;
    private final Map<String, Semaphore> byPlugin = new ConcurrentHashMap<>();
    /** A thread ends with its task: what a plugin leaves behind in it is gone, and it never carries another plugin's. */
    private final ExecutorService threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 0, TimeUnit.SECONDS,
            new SynchronousQueue<>(), HubThreads.named("schedule"));
    private final ScheduledExecutorService keeper =
            Executors.newSingleThreadScheduledExecutor(HubThreads.named("schedule-keeper"));
    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    private final Runnable onEnd;
    private volatile boolean working;

    Crew(Occurrences occurrences, Clock clock, int threads, Runnable onEnd) {
        this.occurrences = occurrences;
        this.clock = clock;
        this.onEnd = onEnd;
        this.seats = new Semaphore(threads);
        this.seatsOfPlugin = Math.max(1, threads / 2);
    }

    Occurrences occurrences() {
        return occurrences;
    }

    Instant now() {
        return clock.instant();
    }

    void start(Runnable tick, Duration every) {
        working = true;
        keeper.scheduleWithFixedDelay(tick, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether anything may begin. */
    boolean works() {
        return working;
    }

    void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the scheduler stops; what is due stays due");
        }
    }

    ScheduledFuture<?> after(Duration delay, Runnable task) {
        return keeper.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What a run holds while it runs; given back once, by whoever is first. */
    final class Seat {
        private final Semaphore own;
        private final AtomicBoolean common = new AtomicBoolean(true);
        private final AtomicBoolean held = new AtomicBoolean(true);
        private final ScheduledFuture<?> lasts;

        private Seat(Semaphore own) {
            this.own = own;
            this.lasts = after(LASTING, this::leaveCommon);
        }

        void leave() {
            lasts.cancel(false);
            leaveCommon();
            if (held.compareAndSet(true, false)) {
                own.release();
            }
        }

        private void leaveCommon() {
            if (common.compareAndSet(true, false)) {
                seats.release();
            }
        }
    }

    /** Waits for a seat for a run of a plugin's. */
    Seat takeSeat(String plugin) {
        Semaphore own = byPlugin.computeIfAbsent(plugin, p -> new Semaphore(seatsOfPlugin));
        own.acquireUninterruptibly();
        seats.acquireUninterruptibly();
        return new Seat(own);
    }

    void began(Run run) {
        running.add(run);
    }

    void ended(Run run) {
        running.remove(run);
        onEnd.run();
    }

    /** Writes an attempt's end; false when it was over already. */
    boolean end(Occurrence occurrence, OccurrenceState state, String cause) {
        try {
            return occurrences.end(occurrence, state, cause, now());
        } catch (RuntimeException e) {
            // without its end the row's lease runs out and it runs again: a handler has to bear that anyway
            LOG.warn("the end of occurrence {} can't be written: {}", occurrence.id(), e.getMessage());
            return false;
        }
    }

    /** Of the attempts under way here. */
    void renewLeases() {
        occurrences.renewLeases(running.stream().map(r -> r.occurrence().id()).sorted().toList());
    }

    @Override
    public void close() {
        working = false;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                running.forEach(Run::interrupt);
                if (!threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("{} occurrences did not stop in time; they run again after the next start", running.size());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper.shutdownNow();
    }
}
