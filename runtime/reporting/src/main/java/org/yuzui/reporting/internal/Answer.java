package org.yuzui.reporting.internal;

import org.yuzui.reporting.Period;

import java.math.BigDecimal;
import java.util.Map;

/** A checked answer: the answered indicators of its form, in the form's order. */
record Answer(String unit, Period period, Map<String, BigDecimal> values) {
}
