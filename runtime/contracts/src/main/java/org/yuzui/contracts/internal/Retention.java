package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.Period;
import java.util.Optional;

/** {@code x-retention}: an ISO 8601 period of days, weeks, months and years. */
final class Retention {

    private static final long MOST_MONTHS = 1200;
    private static final int MOST_DAYS = 36_525;

    private Retention() {
    }

    /** @return empty when it is no period from a day to a hundred years */
    static Optional<Period> read(JsonNode node) {
        if (!node.isTextual()) {
            return Optional.empty();
        }
        try {
            Period period = Period.parse(node.asText());
            boolean fits = !period.isNegative() && !period.isZero() && period.toTotalMonths() <= MOST_MONTHS
                    && period.getDays() <= MOST_DAYS;
            return fits ? Optional.of(period) : Optional.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
