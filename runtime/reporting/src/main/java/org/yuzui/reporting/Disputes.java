package org.yuzui.reporting;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * What units say against figures that are held about them. All calls throw {@link org.yuzui.kernel.ProblemException}
 * {@code unknown-form}, {@code unknown-unit}, {@code unknown-indicator} or {@code bad-period} where they name one.
 */
public interface Disputes {

    /**
     * Disputes a unit's own answer, or its total, with the bureau right above it.
     *
     * @param value what it should be; may be null
     * @throws org.yuzui.kernel.ProblemException {@code bad-reasons} without a reason; {@code already-disputed} while the same
     *                                           figure's dispute is pending; {@code nobody-above} of the province
     */
    Dispute open(String form, Period period, String unit, String indicator, BigDecimal value, String reason, String who);

    /**
     * Answers for the bureau above. What is upheld makes every total above stale until an answer below the unit is corrected.
     *
     * @throws org.yuzui.kernel.ProblemException {@code unknown-dispute}, {@code already-answered}, {@code bad-reasons}
     */
    Dispute answer(long id, boolean upheld, String reason, String who);

    /** @param reason may be null */
    Dispute withdraw(long id, String reason, String who);

    /** @throws org.yuzui.kernel.ProblemException {@code unknown-dispute} */
    Dispute find(long id);

    /** The newest first, at most 1000. */
    List<Dispute> find(Filter filter);

    /**
     * @param unit     with all below it
     * @param form     null for all
     * @param period   null for all
     * @param states   empty for all
     * @param answerer only those that this bureau has to answer; null for all
     */
    record Filter(String unit, String form, Period period, Set<Dispute.State> states, String answerer) {
    }
}
