package org.yuzui.reporting.internal.submission;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** What an answer is looked at together with. */
public interface Surroundings {

    /** A unit's latest answer for another period of the form. */
    Optional<Map<String, BigDecimal>> answer(Form form, Period period, String unit);

    /** A unit's numbers of another form in a period; empty when that form or its answers aren't there. */
    Optional<Map<String, BigDecimal>> other(String form, Period period, String unit);
}
