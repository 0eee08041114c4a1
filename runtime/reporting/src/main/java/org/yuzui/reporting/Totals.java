package org.yuzui.reporting;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Totals that are kept up to date with every answer, and checked against what all answers give. All calls throw
 * {@link org.yuzui.kernel.ProblemException} {@code unknown-form}, {@code unknown-unit} or {@code bad-period}.
 */
public interface Totals {

    /** A unit's total for one of the form's own periods, beside those of the units right below it. */
    Table table(String form, Period period, String unit);

    /** Makes a period's totals again from its answers, says what differed, and keeps what the answers give. */
    Recount recount(String form, Period period);

    /** The same for every period that has totals, of all forms that are there; the latest first. */
    List<Recount> recountAll();

    /** The last recomputations, the newest first, at most 1000. */
    List<Recount> recounts(String form);

    /** A report with all that it is made of, which can be recomputed without a hub; see {@link ReportFile}. */
    byte[] export(String form, Period period, String unit);

    /**
     * One unit and those right below it.
     *
     * @param form  as the period has it
     * @param total of the unit
     * @param rows  of the units below that have to answer, or of which somebody below has
     * @param restated where units were renamed, merged or moved since: the same answers by today's tree, of the unit and those right
     *              below it today; null when the tree is still the same
     */
    record Table(Form form, Period period, Due due, Row total, List<Row> rows, Map<String, Map<String, BigDecimal>> restated) {
    }

    /**
     * @param values   as in {@link Total}
     * @param stands   how many below, the unit itself counted in, stand how
     * @param late     how many of them are late
     * @param stale    whether a returned answer is part of it, so that it will change
     * @param standing of a respondent its own; null otherwise
     */
    record Row(Unit unit, Map<String, BigDecimal> values, int expected, int received, Map<Standing.State, Integer> stands, int late,
               boolean stale, Standing standing) {
    }

    /** @param differences empty, or something is wrong */
    record Recount(String form, Period period, int submissions, List<Difference> differences, long millis, Instant at) {
    }

    /**
     * A kept total that is not what the answers give.
     *
     * @param cell     a summed part: an indicator, {@code price*} and {@code price/} of a weighted one, or {@code received}
     * @param kept     null when there was none
     * @param computed null when there is none
     */
    record Difference(String unit, String cell, BigDecimal kept, BigDecimal computed) {
    }
}
