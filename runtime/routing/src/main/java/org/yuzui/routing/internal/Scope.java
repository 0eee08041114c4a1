package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.yuzui.records.RecordQuery;
import org.yuzui.reporting.Period;

import java.time.LocalDate;
import java.util.Map;

/**
 * Whose records a query asks for, and of when: {@code unit=510104-F01}, {@code during=2026-11}. A value that begins with
 * {@code :} is the name of a header that says it.
 *
 * @param unit   null for all
 * @param during a period as forms write it, which holds the record's {@code x-date}; null for always
 * @param around so many days before and after it too
 */
record Scope(String unit, String during, int around) {

    /** Enough for what was booked in another month; more is another period. */
    private static final int MOST_AROUND = 31;

    /** @throws IllegalArgumentException naming what can't be */
    static Scope take(RecordComponent component, Map<String, Object> parameters, String query) {
        Scope scope = new Scope(component.take(parameters, "unit", String.class, null),
                component.take(parameters, "during", String.class, null), component.take(parameters, "around", Integer.class, 0));
        if (scope.during != null && query.equals("byDay")) {
            throw new IllegalArgumentException("during= says of when, and so does query=byDay: write query=find.");
        }
        if (scope.during != null && !scope.during.startsWith(":")) {
            try {
                Period.parse(scope.during);
            } catch (IllegalArgumentException e) { // without its cause, which a refusal would tell instead
                throw new IllegalArgumentException("during=" + e.getMessage());
            }
        }
        if (scope.around != 0 && scope.during == null) {
            throw new IllegalArgumentException("around=" + scope.around + " is around nothing: write during=, too.");
        }
        if (scope.around < 0 || scope.around > MOST_AROUND) {
            throw new IllegalArgumentException("around=" + scope.around + " is out of range: 0 to " + MOST_AROUND + " days.");
        }
        return scope;
    }

    RecordQuery within(RecordQuery query, Exchange exchange) {
        LocalDate from = query.fromDay();
        LocalDate to = query.toDay();
        if (during != null) {
            Period period = Period.parse(said(during, exchange));
            from = period.first().minusDays(around);
            to = period.last().plusDays(around);
        }
        return new RecordQuery(query.contract(), query.key(), unit == null ? query.unit() : said(unit, exchange), from, to,
                query.where(), query.among(), query.give());
    }

    private static String said(String value, Exchange exchange) {
        if (!value.startsWith(":")) {
            return value;
        }
        String said = exchange.getMessage().getHeader(value.substring(1), String.class);
        if (said == null) {
            throw new IllegalStateException("The query needs the header " + value.substring(1) + ", which is not set.");
        }
        return said;
    }
}
