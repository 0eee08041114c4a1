package org.yuzui.scheduling;

import org.yuzui.kernel.Title;

import java.time.Duration;

/**
 * When something is due.
 *
 * @param id       {@code his/daily-summary}: plugin and file
 * @param cron     Quartz cron expression in the hub's zone; null when {@code every} is set
 * @param every    interval, aligned to midnight; null when {@code cron} is set
 * @param workdays only on working days of the State Council's calendar
 * @param misfire  what to do about occurrences whose time passed while the hub was down
 * @param timeout  after which a run is cancelled and marked failed
 * @param covers   which day an occurrence is about
 */
public record Schedule(String id, Title title, String plugin, String cron, Duration every, boolean workdays,
                       Misfire misfire, Duration timeout, Covers covers) {

    /** {@code run-once} (the latest), {@code run-all} (each, oldest first), {@code skip} (all are marked missed). */
    public enum Misfire { RUN_ONCE, RUN_ALL, SKIP }

    /** {@code previous-day} or {@code same-day} as the due time, in the hub's zone. */
    public enum Covers { PREVIOUS_DAY, SAME_DAY }
}
