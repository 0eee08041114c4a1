package org.yuzui.scheduling;

import java.time.LocalDate;
import java.time.Year;
import java.util.List;

/**
 * One year's notice of the State Council. Its days may lie at the turn of the year before or after.
 *
 * @param notice   where it stands; null when the file does not say
 * @param holidays in the order of the file
 * @param workdays make-up Saturdays and Sundays, in order
 */
public record CalendarYear(Year year, String notice, List<Holiday> holidays, List<LocalDate> workdays) {

    /** Days off, both ends included. */
    public record Holiday(String name, LocalDate from, LocalDate to) {
    }
}
