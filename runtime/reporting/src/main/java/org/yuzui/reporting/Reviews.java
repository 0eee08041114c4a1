package org.yuzui.reporting;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Who has looked at what, from the county up. Acts are facts that nothing overwrites; where a submission stands follows from them.
 * All calls throw {@link org.yuzui.kernel.ProblemException} {@code unknown-form} or {@code unknown-unit} with the nearest.
 */
public interface Reviews {

    /**
     * Accepts the newest version for the bureau whose turn it is.
     *
     * @param version  the one that was looked at
     * @param reviewer the bureau's code
     * @throws org.yuzui.kernel.ProblemException {@code version-superseded} when there is a newer one, {@code not-waiting} when it
     *                                           is not that bureau's turn
     */
    Review accept(String form, Period period, String unit, int version, String reviewer, String remark, String who);

    /**
     * Returns the newest version; any bureau of the chain may, also one whose turn is past.
     *
     * @param reasons  at least one, each to a cell of the form or to all
     * @param workdays how many working days the unit has, from today
     * @throws org.yuzui.kernel.ProblemException {@code version-superseded}, {@code not-waiting}, {@code bad-reasons},
     *                                           {@code calendar-unknown}
     */
    Review giveBack(String form, Period period, String unit, int version, String reviewer, List<Review.Reason> reasons, int workdays,
                    String who);

    /** What was said about all versions, in its order. */
    List<Review> of(String form, Period period, String unit);

    /** What waits for a bureau's review in all forms' open periods, the oldest first, at most 1000. */
    List<Waiting> inbox(String reviewer);

    /** One that waits. */
    record Waiting(String form, Period period, Submission submission) {
    }

    /** Locks or unlocks a period for a unit and all below it. */
    Lock lock(String form, Period period, String unit, boolean locked, String reason, String who);

    Exemption except(String form, Period period, String unit, Exemption.Kind kind, Instant until, boolean valid, String reason,
                     String who);

    List<Lock> locks(String form, Period period);

    List<Exemption> exemptions(String form, Period period);

    /** Where everybody stands who has to answer, by unit code in their order; of nobody before the period has begun. */
    Map<String, Standing> standings(String form, Period period);
}
