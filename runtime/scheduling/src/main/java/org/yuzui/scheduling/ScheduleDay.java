package org.yuzui.scheduling;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What was and will be due of a schedule on one day.
 *
 * @param day    in the hub's zone, by when it is due
 * @param open   due or running now
 * @param coming due later
 */
public record ScheduleDay(LocalDate day, String schedule, Instant firstDueAt, int done, int failed, int missed, int skipped,
                          int open, int coming) {
}
