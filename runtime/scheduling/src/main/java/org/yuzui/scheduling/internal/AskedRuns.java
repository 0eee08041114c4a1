package org.yuzui.scheduling.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.OccurrenceKind;
import org.yuzui.scheduling.OccurrenceState;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Runs that somebody asked for and waits for. */
final class AskedRuns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AskedRuns.class);

    private final Occurrences occurrences;
    private final ZoneId zone;
    /** Guards the end of every run, and wakes those who wait for one. */
    private final Object ends = new Object();
    private volatile boolean closed;

    AskedRuns(Occurrences occurrences, ZoneId zone) {
        this.occurrences = occurrences;
        this.zone = zone;
    }

    /**
     * Asks for a run and waits for its end.
     *
     * @param day null for the one that a run at this time is about
     */
    Occurrence run(Lane lane, Timetable timetable, LocalDate day, String who, Instant at) {
        requireHandler(lane);
        Instant now = at.truncatedTo(ChronoUnit.MILLIS); // as exact as the row can be
        LocalDate usual = timetable.day(now);
        LocalDate about = day == null ? usual : day;
        if (about.isAfter(now.atZone(zone).toLocalDate())) {
            throw refusal("future-day", about + " has not begun.", "Choose a day up to today.");
        }
        OccurrenceKind kind = about.equals(usual) ? OccurrenceKind.RUN_NOW : OccurrenceKind.BACKFILL;
        UUID id = occurrences.ask(lane.id(), kind, now, about, who);
        LOG.info("occurrence {} of {} for {} is asked for", id, lane.id(), about);
        return awaitEnd(lane, id);
    }

    private Occurrence awaitEnd(Lane lane, UUID id) {
        while (true) {
            lane.signal();
            Occurrence occurrence = occurrences.find(id).orElseThrow();
            if (occurrence.state() != OccurrenceState.DUE && occurrence.state() != OccurrenceState.RUNNING) {
                return occurrence;
            }
            if (closed) {
                throw refusal("scheduler-stopped", "The hub stops; the run goes on after its next start.", null);
            }
            if (occurrence.state() == OccurrenceState.DUE) {
                requireHandler(lane);
            }
            try {
                synchronized (ends) {
                    TimeUnit.MILLISECONDS.timedWait(ends, 200); // it may end on another node, of which nobody tells us
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refusal("interrupted", "Nobody waits for the run any more; it goes on.", null);
            }
        }
    }

    private static void requireHandler(Lane lane) {
        if (!lane.hasHandler()) {
            throw refusal("no-handler", "Nothing runs the schedule '" + lane.id() + "' at the moment.",
                    "Check that the plugin's route from schedule:" + lane.id().substring(lane.id().indexOf('/') + 1)
                            + " is running.");
        }
    }

    private static ProblemException refusal(String code, String message, String cure) {
        return new ProblemException(new Problem(code, null, message, cure));
    }

    /** A run has ended. */
    void wake() {
        synchronized (ends) {
            ends.notifyAll();
        }
    }

    /** Nobody waits any longer. */
    @Override
    public void close() {
        closed = true;
        wake();
    }
}
