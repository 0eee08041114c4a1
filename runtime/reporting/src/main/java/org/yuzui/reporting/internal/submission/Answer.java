package org.yuzui.reporting.internal.submission;

import org.yuzui.reporting.Failure;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.internal.form.CompiledForm;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A checked answer.
 *
 * @param form     the version that it was checked by
 * @param values   of all indicators that an answer has a number for, in the form's order
 * @param failures all that is wrong with it; only warnings in one that may be taken
 */
record Answer(CompiledForm form, String unit, Period period, Map<String, BigDecimal> values, List<Failure> failures) {
}
