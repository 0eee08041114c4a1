package org.yuzui.spi;

import java.time.LocalDate;

/**
 * The hub's work calendar as a plugin may ask it; a bean of a plugin's context finds it in the registry under the name
 * {@code workCalendar}. It follows the State Council's notices, make-up workdays included. Thread-safe.
 */
@FunctionalInterface
public interface WorkCalendar {

    /**
     * What kind of day it is.
     *
     * @param day in the hub's zone
     * @return {@link DayKind#UNKNOWN} when the hub has no notice for its year; never null
     */
    DayKind of(LocalDate day);

    /** A kind of day. More kinds may come: treat one that you don't know as {@link #UNKNOWN}. */
    enum DayKind {
        /** People work, on a make-up Saturday too. */
        WORKDAY,
        /** A weekend or a public holiday. */
        DAY_OFF,
        /** There is no notice for the year yet. It is not for a plugin to guess. */
        UNKNOWN
    }
}
