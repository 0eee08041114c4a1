package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Figures beside each other: over periods, between units, by groups. Periods may be longer than the form's own. All calls throw
 * {@link org.yuzui.kernel.ProblemException} {@code unknown-form}, {@code unknown-unit}, {@code unknown-indicator},
 * {@code bad-period} or {@code bad-range}.
 */
public interface Comparisons {

    /**
     * A unit's figures, period by period.
     *
     * @param indicators codes; empty for all
     * @param by         kind of the periods; null for the form's own
     * @param from       null for eleven periods before {@code to}, of days thirty
     * @param to         null for the period that has begun
     */
    Trend trend(String form, String unit, List<String> indicators, Period.Kind by, Period from, Period to);

    /**
     * The units right below one by one indicator, the greatest first. Where units were renamed or merged since, the earlier
     * figures are those of today's units, so that equals are compared.
     */
    Comparison compare(String form, Period period, String unit, String indicator);

    /**
     * Totals of the respondents below a unit by group.
     *
     * @param by what stands before the colon of tags ({@code department} of {@code department:education}), or a {@code CHOICE}
     *           of the form: then each respondent's last answer says its group
     */
    Groups groups(String form, Period period, String unit, String by);

    /**
     * @param received answers that are part of each period
     * @param series   one for each indicator
     */
    record Trend(String form, Unit unit, List<Period> periods, List<Integer> received, List<Integer> expected, List<Series> series) {
    }

    /** @param values one for each period, unrounded; null where there is none */
    record Series(Indicator indicator, List<BigDecimal> values) {
    }

    record Comparison(String form, Period period, Period previous, Period lastYear, Unit unit, Indicator indicator, Place total,
                      List<Place> rows) {
    }

    /**
     * @param value            null when there is none
     * @param rank             from the greatest, equal ones have the same; null for the total and without a value
     * @param share            per cent of the total; null where figures don't add up to it
     * @param previous         of the period before
     * @param lastYear         of the same period a year before
     * @param change           how many per cent of last year's figure it is more; negative for less
     * @param changeOfPrevious the same of the period before
     * @param stale            whether a returned answer or an upheld dispute is part of it
     */
    record Place(Unit unit, BigDecimal value, Integer rank, BigDecimal share, BigDecimal previous, BigDecimal lastYear,
                 BigDecimal change, BigDecimal changeOfPrevious, boolean stale) {
    }

    record Groups(Form form, Period period, Unit unit, String by, Group total, List<Group> rows) {
    }

    /**
     * @param group    null for the total, and for those of no group
     * @param units    respondents
     * @param expected submissions
     */
    record Group(String group, Title title, Map<String, BigDecimal> values, int units, int expected, int received) {
    }
}
