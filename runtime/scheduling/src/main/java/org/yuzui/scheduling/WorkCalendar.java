package org.yuzui.scheduling;

import java.time.LocalDate;
import java.time.Year;
import java.util.Optional;
import java.util.Set;

/** The State Council's working days, make-up days included. A year without a notice is refused, never guessed. */
public interface WorkCalendar {

    /** Years with a notice. */
    Set<Year> years();

    /** A year's notice; empty when there is none. */
    default Optional<CalendarYear> year(Year year) {
        return Optional.empty();
    }

    /**
     * Whether people work on that day.
     *
     * @throws org.yuzui.kernel.ProblemException {@code calendar-unknown} for a year without a notice, naming the file to add
     */
    boolean isWorkday(LocalDate day);

    /** The n-th working day after a day; {@code n >= 1}. */
    LocalDate plusWorkdays(LocalDate day, int n);
}
