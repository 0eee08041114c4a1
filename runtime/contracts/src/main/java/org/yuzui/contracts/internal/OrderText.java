package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Texts whose order is the order of what they stand for, in any collation. */
final class OrderText {

    /** Twenty digits before the point, nine after. */
    private static final int FRACTION = 9;
    private static final BigInteger BOUND = BigInteger.TEN.pow(29);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private OrderText() {
    }

    /** {@code 2026-11-22T08:00:00+08:00 → 2026-11-22T00:00:00.000000000Z}. */
    static String ofInstant(Instant instant) {
        return UTC.format(instant);
    }

    /**
     * {@code 42 → 100000000000000000042000000000}: a sign digit (1, or 0 for negatives, whose digits are complemented), 20
     * digits, 9 decimals. Empty for a number that doesn't fit.
     */
    static Optional<String> ofNumber(JsonNode number) {
        BigDecimal decimal = CanonicalJson.decimal(number);
        if ((long) decimal.precision() - decimal.scale() > 20) {
            return Optional.empty();
        }
        BigInteger scaled = decimal.setScale(FRACTION, RoundingMode.FLOOR).unscaledValue();
        boolean negative = scaled.signum() < 0;
        BigInteger digits = negative ? BOUND.add(scaled) : scaled;
        if (digits.signum() < 0 || digits.compareTo(BOUND) >= 0) {
            return Optional.empty();
        }
        String text = digits.toString();
        return Optional.of((negative ? "0" : "1") + "0".repeat(29 - text.length()) + text);
    }
}
