package org.yuzui.reporting;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A unit's figures for a period, and what they are made of.
 *
 * @param values      by indicator, in the form's order, not rounded: sums are exact, ratios have 34 digits; a number
 *                    that nobody has answered and a ratio without a denominator are absent
 * @param expected    submissions that should be there: respondents below × the form's periods in this one that have
 *                    begun
 * @param received    those of them that are there
 * @param missing     respondents below that have not answered for at least one of those periods, with how many
 * @param parts       the totals of the units below, only those with respondents; empty for a respondent
 * @param submissions for a respondent: its own submissions of the period so far, the latest version for each of the form's periods, in their order;
 *                    empty for all where the whole has more than 1,000 of them
 */
public record Total(Unit unit, Map<String, BigDecimal> values, int expected, int received, Map<String, Integer> missing,
                    List<Total> parts, List<Submission> submissions) {
}
