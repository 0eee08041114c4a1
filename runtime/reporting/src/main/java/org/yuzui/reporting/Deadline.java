package org.yuzui.reporting;

import org.yuzui.kernel.ProblemException;
import org.yuzui.scheduling.WorkCalendar;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Until when a form is answered, counted from the last day of its period.
 *
 * @param workdays the n-th working day after it; 0 when {@code days} counts
 * @param days     the n-th day after it, also on a holiday; 0 when {@code workdays} counts
 * @param at       the time of that day, in the hub's zone
 */
public record Deadline(int workdays, int days, LocalTime at) {

    /** The last moment for a period's answers; unknown with its reason while the State Council's notice is not there. */
    public Due due(Period period, WorkCalendar calendar, ZoneId zone) {
        try {
            LocalDate day = workdays > 0 ? calendar.plusWorkdays(period.last(), workdays) : period.last().plusDays(days);
            return new Due(day.atTime(at).atZone(zone).toInstant(), null);
        } catch (ProblemException e) {
            return new Due(null, e.problem());
        }
    }
}
