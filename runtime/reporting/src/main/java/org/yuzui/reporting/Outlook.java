package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * How everybody stands over many periods, and who will probably be late. All calls throw
 * {@link org.yuzui.kernel.ProblemException} {@code unknown-form}, {@code unknown-unit}, {@code bad-period} or {@code bad-range}.
 */
public interface Outlook {

    /** The most columns that an overview has. */
    int MOST_PERIODS = 400;

    /**
     * A unit and those below it by today's tree, period by period.
     *
     * @param from         null for eleven periods before {@code to}, of days thirty
     * @param to           null for the period that has begun
     * @param institutions whether institutions have rows of their own; they are counted anyway
     */
    Overview overview(String form, String unit, Period from, Period to, boolean institutions);

    /** Those below a unit that have time and have not answered, the most probable to miss the deadline first. */
    Forecast forecast(String form, Period period, String unit);

    /** @param rows the unit first, parents before their children; only those of which somebody has to answer */
    record Overview(String form, String unit, List<Column> periods, List<Row> rows) {
    }

    /** @param opened while it isn't open, who has to answer may still change */
    record Column(Period period, Due due, boolean opened) {
    }

    /** @param cells one for each column; null where nobody has to answer */
    record Row(Unit unit, List<Cell> cells) {
    }

    /**
     * The unit and all below it.
     *
     * @param state    the most pressing: {@code MISSING, RETURNED, DRAFT, OPEN, IN_REVIEW, ACCEPTED, EXCUSED}
     * @param expected who is not excused
     * @param missing  whose deadline is over
     */
    record Cell(Standing.State state, int expected, int received, int accepted, int returned, int missing, int late) {
    }

    record Forecast(String form, Period period, Due due, List<Expectation> units) {
    }

    /**
     * What is to be expected of one unit. The same facts give the same points.
     *
     * @param points      what the reasons add up to, 0 to 100; no probability
     * @param lateBefore  how many of its last periods were late or missing
     * @param of          how many those are: twelve at most
     * @param draftFilled share of the cells that are asked for, 0 to 1; null without a draft
     * @param lastSeen    when it last sent, typed or handed in anything; null for never
     */
    record Expectation(Unit unit, Risk risk, int points, List<Reason> why, Due due, int lateBefore, int of, BigDecimal draftFilled,
                       Instant lastSeen) {
    }

    /** @param code {@code deadline-near, often-late, late-last-time, no-history, no-draft, draft-incomplete, draft-complete, silent} */
    record Reason(String code, Title text) {
    }

    /** From 60 points high, from 30 medium. */
    enum Risk { LOW, MEDIUM, HIGH }
}
