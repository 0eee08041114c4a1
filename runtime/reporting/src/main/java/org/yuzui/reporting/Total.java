package org.yuzui.reporting;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A unit's figures for a period, and what they are made of.
 *
 * @param values      by indicator; a ratio without a denominator is absent
 * @param expected    submissions that should be there: respondents below × days so far
 * @param received    submissions that are there
 * @param missing     respondents below that have not answered for at least one day of the period, with how many
 * @param parts       the totals of the units below, only those with respondents; empty for a respondent
 * @param submissions for a respondent: its own submissions of the period
 */
public record Total(Unit unit, Map<String, BigDecimal> values, int expected, int received, Map<String, Integer> missing,
                    List<Total> parts, List<Submission> submissions) {
}
