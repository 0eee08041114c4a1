package org.yuzui.reporting;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;

/** A day ({@code 2026-11-22}) or a month ({@code 2026-11}). */
public sealed interface Period {

    LocalDate first();

    LocalDate last();

    /** @throws IllegalArgumentException saying what a period looks like */
    static Period parse(String text) {
        try {
            return text.length() == 7 ? new Month(YearMonth.parse(text)) : new Day(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a period; write a day (2026-11-22) or a month (2026-11).", e);
        }
    }

    /** One day. */
    record Day(LocalDate date) implements Period {
        @Override
        public LocalDate first() {
            return date;
        }

        @Override
        public LocalDate last() {
            return date;
        }

        @Override
        public String toString() {
            return date.toString();
        }
    }

    /** One calendar month. */
    record Month(YearMonth month) implements Period {
        @Override
        public LocalDate first() {
            return month.atDay(1);
        }

        @Override
        public LocalDate last() {
            return month.atEndOfMonth();
        }

        @Override
        public String toString() {
            return month.toString();
        }
    }
}
