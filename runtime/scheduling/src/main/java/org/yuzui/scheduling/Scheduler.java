package org.yuzui.scheduling;

import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Registration;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Keeps schedules and runs their occurrences. As a part it takes in a plugin's {@code schedules/*.schedule.yaml}: they can be
 * found when they are deployed, but nothing is planned or run by them before they are started.
 */
public interface Scheduler extends PluginPart, AutoCloseable {

    List<Schedule> schedules();

    Optional<Schedule> find(String id);

    /**
     * Says who runs a schedule's occurrences: the newest handler that is open, one occurrence after the other. While a
     * schedule has none its occurrences wait. Closing waits for a run of this handler that is under way, at most the
     * schedule's timeout, unless it is closed from within that run. When the waiting thread is interrupted the run is cut
     * short, and becomes due again.
     *
     * @throws org.yuzui.kernel.ProblemException {@code unknown-schedule} naming the nearest
     */
    Registration handle(String scheduleId, OccurrenceHandler handler);

    /**
     * Makes an occurrence that is due at once and waits until it has ended.
     *
     * @param day the day that it is about; null for the one that it would be about if it were due now
     * @throws org.yuzui.kernel.ProblemException {@code unknown-schedule} naming the nearest, {@code no-handler},
     *                                           {@code future-day}, {@code scheduler-stopped}
     */
    Occurrence run(String scheduleId, LocalDate day);

    /** Occurrences with {@code from <= dueAt < to}, the newest first, at most 1000. */
    List<Occurrence> occurrences(String scheduleId, Instant from, Instant to);

    /** The next due time after an instant, if the calendar knows that far. */
    Optional<Instant> next(String scheduleId, Instant after);

    WorkCalendar calendar();

    /** Starts firing; before that schedules can be deployed and handlers registered. */
    void start();

    /** No new occurrence begins; waits for those under way, at most a few seconds, then stops. */
    @Override
    void close();
}
