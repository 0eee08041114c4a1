package org.yuzui.reporting;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the bureau above holds about a unit in one period.
 *
 * @param above    code of that bureau; null for the province
 * @param expected who of the unit and all below it has to answer
 * @param accepted answers that everybody of the chain has accepted
 * @param stale    whether it will change: an answer was returned, or a dispute upheld
 * @param values   by indicator, in the form's order
 * @param parts    of the units right below
 * @param disputes of it and those below, that are not over
 * @param sentAt   when it was last published with other figures; null for never
 */
public record Feedback(String form, Period period, Unit unit, String above, int expected, int received, int accepted, boolean stale,
                       List<Value> values, List<Part> parts, List<Dispute> disputes, Instant sentAt) {

    /**
     * @param value    of all answers; null when there is none
     * @param accepted of those alone that were accepted; null when there is none
     * @param rank     among the units beside it, by value, from the greatest; null without a value
     * @param of       how many of them have a value, it counted in
     */
    public record Value(String indicator, BigDecimal value, BigDecimal accepted, Integer rank, int of) {
    }

    /**
     * @param version of a respondent's answer; 0 otherwise
     * @param state   of a respondent; null otherwise
     */
    public record Part(Unit unit, int version, Standing.State state, Map<String, BigDecimal> values) {
    }

    /** The same, published at a moment. */
    public Feedback sentAt(Instant at) {
        return new Feedback(form, period, unit, above, expected, received, accepted, stale, values, parts, disputes, at);
    }
}
