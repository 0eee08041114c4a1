package org.yuzui.reporting.internal.submission;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Decimal numbers of submissions and totals: exact, finite and of a bounded length. */
public final class Numbers {

    /** Digits before, and digits after the point: {@code 1e999999999} is short to write and endless to add. */
    public static final int MOST_DIGITS = 20;

    private Numbers() {
    }

    /** The number of a JSON number or numeric text; empty for all else. */
    public static Optional<BigDecimal> read(JsonNode node) {
        String text = node.isNumber() || node.isTextual() ? node.asText().trim() : "";
        if (text.isEmpty() || text.length() > 3 * MOST_DIGITS) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text);
            boolean bounded = number.scale() <= MOST_DIGITS && (long) number.precision() - number.scale() <= MOST_DIGITS;
            return bounded ? Optional.of(plain(number)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** {@code numerator × factor ÷ denominator} to 34 digits; empty when there is nothing to divide by. */
    public static Optional<BigDecimal> ratio(BigDecimal numerator, BigDecimal denominator, int factor) {
        return numerator == null || denominator == null || denominator.signum() == 0 ? Optional.empty()
                : Optional.of(plain(numerator.multiply(BigDecimal.valueOf(factor))
                        .divide(denominator, MathContext.DECIMAL128)));
    }

    /** The same number without trailing zeros and never in the form {@code 1E+3}. */
    public static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
