package org.yuzui.reporting;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/**
 * One unit's answer for one day; immutable, a correction is the next version.
 *
 * @param record the record that brought it; null when it came by hand
 */
public record Submission(String form, String unit, LocalDate day, int version, Instant at, UUID record,
                         Map<String, BigDecimal> values) {
}
