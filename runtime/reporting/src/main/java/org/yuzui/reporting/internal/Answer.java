package org.yuzui.reporting.internal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/** A checked answer: the summed indicators of its form, in the form's order. */
record Answer(String unit, LocalDate day, Map<String, BigDecimal> values) {
}
