package org.yuzui.scheduling.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.OccurrenceHandler;
import org.yuzui.scheduling.OccurrenceState;
import org.yuzui.scheduling.Schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One schedule on this node: its deployed versions, who runs it, and its occurrences one after the other. Anybody may
 * {@link #signal()} that something could be due; the lane then takes what is due until there is nothing more.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int LONGEST_CAUSE = 1000;

    private final String id;
    private final Crew crew;
    private final AtomicInteger signals = new AtomicInteger();
    private final List<Deployed> versions = new ArrayList<>();
    /** Those that were started, the last one last. */
    private final List<Deployed> started = new ArrayList<>();
    private final List<OccurrenceHandler> handlers = new ArrayList<>();
    private OccurrenceHandler busyWith;
    private Run run;

    /** A version of the schedule, told apart by identity. */
    static final class Deployed {
        final Schedule schedule;
        final Timetable timetable;
        /** Whether what lies behind has been judged; only then may this node run what is due, and say that it watches. */
        volatile boolean adopted;

        Deployed(Schedule schedule, Timetable timetable) {
            this.schedule = schedule;
            this.timetable = timetable;
        }
    }

    Lane(String id, Crew crew) {
        this.id = id;
        this.crew = crew;
    }

    String id() {
        return id;
    }

    synchronized void add(Deployed version) {
        versions.add(version);
    }

    /** From now on it is the version that counts. */
    synchronized void start(Deployed version) {
        started.remove(version);
        started.add(version);
    }

    /** It does not count any more: the one that was started before it does, if there is one. */
    synchronized void quiesce(Deployed version) {
        started.remove(version);
        version.adopted = false;
    }

    synchronized void remove(Deployed version) {
        quiesce(version);
        versions.remove(version);
    }

    /** The version that was started last; while none is, the newest that is deployed. */
    synchronized Optional<Deployed> deployed() {
        return started.isEmpty() ? last(versions) : last(started);
    }

    /** The version by which occurrences are planned and run. */
    synchronized Optional<Deployed> started() {
        return last(started);
    }

    private static Optional<Deployed> last(List<Deployed> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
    }

    synchronized boolean hasHandler() {
        return !handlers.isEmpty();
    }

    /** The newest handler runs what comes; closing an older one leaves it in place. */
    Registration handle(OccurrenceHandler handler) {
        OccurrenceHandler own = new OccurrenceHandler() { // told apart even if the same one is registered twice
            @Override
            public void run(Occurrence occurrence) throws Exception {
                handler.run(occurrence);
            }
        };
        synchronized (this) {
            handlers.add(own);
        }
        signal();
        return () -> {
            Duration patience = deployed().map(d -> d.schedule.timeout()).orElse(Crew.FAREWELL);
            synchronized (this) {
                handlers.remove(own);
                awaitEnd(own, patience);
            }
        };
    }

    private void awaitEnd(OccurrenceHandler handler, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        try {
            while (busyWith == handler && (run == null || !run.isMine())) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            }
        } catch (InterruptedException e) {
            if (run != null) {
                run.cutShort();
            }
            Thread.currentThread().interrupt();
        }
    }

    void signal() {
        if (signals.getAndIncrement() == 0) {
            crew.execute(this::drain);
        }
    }

    private void drain() {
        int seen = signals.get();
        do {
            try {
                boolean more = true;
                while (more && crew.works()) {
                    more = runNext();
                }
            } catch (RuntimeException e) {
                LOG.warn("schedule {} can't run what is due, and tries again: {}", id, e.getMessage());
            }
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }

    private boolean runNext() {
        if (!started().map(d -> d.adopted).orElse(false) || !hasHandler()) {
            return false; // both signal when they come
        }
        Crew.Seat seat = crew.takeSeat(id.substring(0, id.indexOf('/')));
        try {
            Deployed version;
            OccurrenceHandler handler;
            synchronized (this) {
                if (started.isEmpty() || handlers.isEmpty() || !crew.works()) {
                    return false;
                }
                version = started.get(started.size() - 1);
                if (!version.adopted) {
                    return false;
                }
                handler = handlers.get(handlers.size() - 1);
                busyWith = handler;
            }
            Optional<Occurrence> next = crew.occurrences().claimNext(id, crew.now());
            next.ifPresent(o -> run(o, version.schedule, handler, seat));
            return next.isPresent();
        } finally {
            seat.leave();
            synchronized (this) {
                busyWith = null;
                notifyAll();
            }
        }
    }

    private void run(Occurrence occurrence, Schedule schedule, OccurrenceHandler handler, Crew.Seat seat) {
        Run attempt = new Run(occurrence);
        synchronized (this) {
            run = attempt;
        }
        crew.began(attempt);
        ScheduledFuture<?> alarm = crew.after(schedule.timeout(), () -> timeOut(attempt, schedule.timeout(), seat));
        LOG.info("occurrence {} of {} for {} begins, attempt {}", occurrence.id(), id, occurrence.day(), occurrence.attempts());
        Throwable failure = null;
        try {
            handler.run(occurrence);
        } catch (Throwable e) { // whatever a plugin throws is its run's failure, not the hub's
            failure = e;
        } finally {
            alarm.cancel(false);
            attempt.end();
            synchronized (this) {
                run = null;
            }
        }
        try {
            end(attempt, failure);
        } finally {
            crew.ended(attempt);
        }
    }

    private void end(Run attempt, Throwable failure) {
        Occurrence occurrence = attempt.occurrence();
        if (failure == null) {
            if (crew.end(occurrence, OccurrenceState.DONE, null)) {
                LOG.info("occurrence {} of {} is done", occurrence.id(), id);
            }
        } else if (!crew.works()) {
            crew.end(occurrence, OccurrenceState.DUE, null); // it was the hub that stopped, not the run that failed
            LOG.info("occurrence {} of {} was cut short by the hub's stop and runs again", occurrence.id(), id);
        } else if (attempt.isCutShort()) {
            crew.end(occurrence, OccurrenceState.DUE, null);
            LOG.info("occurrence {} of {} was cut short because its handler went, and runs again", occurrence.id(), id);
        } else if (crew.end(occurrence, OccurrenceState.FAILED, cause(failure))) {
            LOG.warn("occurrence {} of {} failed: {}", occurrence.id(), id, cause(failure));
            LOG.debug("occurrence {} of {} failed", occurrence.id(), id, failure);
        }
    }

    private void timeOut(Run attempt, Duration timeout, Crew.Seat seat) {
        Occurrence occurrence = attempt.occurrence();
        if (crew.end(occurrence, OccurrenceState.FAILED, "Cancelled: it took longer than its timeout of "
                + timeout.toString().substring(2).toLowerCase(Locale.ROOT) + ".")) {
            LOG.warn("occurrence {} of {} is cancelled after {}", occurrence.id(), id, timeout);
        }
        attempt.interrupt();
        seat.leave(); // a handler that doesn't heed the interrupt holds up its own schedule only
    }

    private static String cause(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; root.getCause() != null && i < 20; i++) {
            if (root instanceof ProblemException) {
                break;
            }
            root = root.getCause();
        }
        String message = root.getMessage() == null ? "" : ": " + root.getMessage();
        String text = root instanceof ProblemException p ? p.problem().sentence()
                : root.getClass().getSimpleName() + message;
        return text.length() <= LONGEST_CAUSE ? text : text.substring(0, LONGEST_CAUSE) + "…";
    }
}
