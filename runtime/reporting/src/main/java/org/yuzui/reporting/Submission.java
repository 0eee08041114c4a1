package org.yuzui.reporting;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One unit's answer for one period of its form's kind; immutable, a correction is the next version.
 *
 * @param record the record that brought it; null when it came by hand
 */
public record Submission(String form, String unit, Period period, int version, Instant at, UUID record,
                         Map<String, BigDecimal> values) {
}
