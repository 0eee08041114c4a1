package org.yuzui.plugin.finance.ledger;

import java.time.LocalDate;
import java.time.YearMonth;

/** An accounting period: the months of a calendar year are 1 to 12, as the Accounting Law has it; 13 to 16 adjust the year. */
record Period(int year, int number) implements Comparable<Period> {

    static final int LAST_MONTH = 12;
    static final int LAST = 16;

    /** The month whose figures it adds to. */
    YearMonth month() {
        return YearMonth.of(year, Math.min(number, LAST_MONTH));
    }

    LocalDate lastDay() {
        return month().atEndOfMonth();
    }

    boolean holds(LocalDate day) {
        return YearMonth.from(day).equals(month());
    }

    boolean isFollowedBy(Period next) {
        return next.year == year && next.number == number + 1
                || next.year == year + 1 && next.number == 1 && number >= LAST_MONTH;
    }

    @Override
    public int compareTo(Period other) {
        return year != other.year ? Integer.compare(year, other.year) : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return year + "-" + (number < 10 ? "0" : "") + number;
    }
}
