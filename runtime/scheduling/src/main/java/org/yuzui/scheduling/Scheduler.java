package org.yuzui.scheduling;

import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Registration;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
    default Occurrence run(String scheduleId, LocalDate day) {
        return run(scheduleId, day, null);
    }

    /**
     * The same; also of a schedule that is paused.
     *
     * @param who asks for it; may be null
     */
    Occurrence run(String scheduleId, LocalDate day, String who);

    /** The schedules that are paused, by their ids. */
    Map<String, Pause> pauses();

    /**
     * From now on nothing of it begins by itself, on no node, until {@link #resume}. What becomes due meanwhile is
     * {@code SKIPPED} and not made up for, whatever the misfire policy; what was due before waits. Pausing what is paused
     * changes nothing.
     *
     * @param reason may be null
     * @throws org.yuzui.kernel.ProblemException {@code unknown-schedule}
     */
    Pause pause(String scheduleId, String who, String reason);

    /**
     * Ends a pause; it goes on with its next due time.
     *
     * @return whether it was paused
     * @throws org.yuzui.kernel.ProblemException {@code unknown-schedule}
     */
    boolean resume(String scheduleId);

    /**
     * Has past days made up for: each due time about one of them that never ran, was missed or skipped becomes due once,
     * the oldest first. Nobody waits for the runs.
     *
     * @param who asks for it; null to change nothing and only count
     * @throws org.yuzui.kernel.ProblemException {@code unknown-schedule}, {@code bad-range}, {@code future-day},
     *                                           {@code too-many-occurrences}, {@code calendar-unknown},
     *                                           {@code scheduler-stopped}
     */
    Backfill backfill(String scheduleId, Backfill.Range range, String who);

    /** What was and will be due on each day, both ends included. */
    ScheduleDays days(LocalDate from, LocalDate to);

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
