package org.yuzui.system;

import java.time.LocalDate;

/** A form and a month, quarter, half-year or year of it. */
record PlayedPeriod(String form, String period) {

    String id() {
        return form + " " + period;
    }

    /** The path of its report. */
    String report() {
        return "/api/v1/reports/" + form + "/" + period;
    }

    LocalDate first() {
        return first(period);
    }

    LocalDate last() {
        return last(period);
    }

    static LocalDate first(String period) {
        int months = period.length() == 4 ? 12 : period.charAt(5) == 'H' ? 6 : period.charAt(5) == 'Q' ? 3 : 1;
        return last(period).withDayOfMonth(1).minusMonths(months - 1);
    }

    static LocalDate last(String period) {
        int month = period.length() == 4 ? 12 : switch (period.charAt(5)) {
            case 'H' -> 6 * (period.charAt(6) - '0');
            case 'Q' -> 3 * (period.charAt(6) - '0');
            default -> Integer.parseInt(period.substring(5));
        };
        return LocalDate.of(Integer.parseInt(period.substring(0, 4)), month, 1).plusMonths(1).minusDays(1);
    }
}
