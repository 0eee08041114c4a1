package org.yuzui.scheduling.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.OccurrenceState;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that run occurrences, so many at a time, and the one that looks after leases and timeouts. A schedule waits
 * on a thread of its own, so those that wait for a seat are at most as many as there are schedules.
 */
final class Crew implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
    /** How long a stop waits for what is under way, before it interrupts and after. */
    static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Occurrences occurrences;
    private final Clock clock;
    private final Semaphore seats;
    private final ExecutorService threads = Executors.newCachedThreadPool(named("schedule"));
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(named("schedule-keeper"));
    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    private final Runnable onEnd;
    private volatile boolean working;

    Crew(Occurrences occurrences, Clock clock, int threads, Runnable onEnd) {
        this.occurrences = occurrences;
        this.clock = clock;
        this.onEnd = onEnd;
        this.seats = new Semaphore(threads);
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

    /** Waits for a seat; what comes back says whether it is still taken. */
    AtomicBoolean takeSeat() {
        seats.acquireUninterruptibly();
        return new AtomicBoolean(true);
    }

    /** Gives a seat back, once. */
    void leaveSeat(AtomicBoolean taken) {
        if (taken.compareAndSet(true, false)) {
            seats.release();
        }
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

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
