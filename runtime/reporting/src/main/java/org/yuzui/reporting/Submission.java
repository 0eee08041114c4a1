package org.yuzui.reporting;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One unit's answer for one period of its form's kind; immutable, a correction is the next version.
 *
 * @param record      the record that brought it; null when it came by hand
 * @param values      what was answered and what the form's formulas made of it then
 * @param by          who handed it in, and by which door
 * @param note        what they said about it; null when nothing
 * @param formVersion the version of the form that it was checked by
 * @param warnings    soft checks that it breaks
 */
public record Submission(String form, String unit, Period period, int version, Instant at, UUID record,
                         Map<String, BigDecimal> values, Signature by, String note, int formVersion, List<Failure> warnings) {

    /** One that a route handed in, without warnings. */
    public Submission(String form, String unit, Period period, int version, Instant at, UUID record,
                      Map<String, BigDecimal> values) {
        this(form, unit, period, version, at, record, values, Signature.ROUTE, null, 1, List.of());
    }
}
