package org.yuzui.reporting;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * That a unit does not agree with a figure that the bureau above holds about it.
 *
 * @param held      the figure that was disputed; null when there was none
 * @param value     what it should be; null when that isn't said
 * @param answerer  code of the bureau that has to answer
 * @param answerBy  until when, counted in working days
 * @param state     worked out from what happened
 * @param decision  null until it is answered or withdrawn
 * @param settledAt of what was upheld, when an answer below the unit was corrected after that; null otherwise
 */
public record Dispute(long id, String form, Period period, String unit, String indicator, BigDecimal held, BigDecimal value,
                      String reason, String who, Instant at, String answerer, Due answerBy, State state, Decision decision,
                      Instant settledAt) {

    /** @param reason may be null of a withdrawal */
    public record Decision(Kind kind, String reason, String who, Instant at) {

        /** What may become of a dispute. */
        public enum Kind { UPHELD, REJECTED, WITHDRAWN }
    }

    /** {@code OVERDUE} is open beyond its deadline; {@code UPHELD} has to be corrected; {@code SETTLED} was. */
    public enum State {
        OPEN, OVERDUE, UPHELD, REJECTED, WITHDRAWN, SETTLED;

        /** Whether somebody still has to do something. */
        public boolean pending() {
            return this == OPEN || this == OVERDUE || this == UPHELD;
        }
    }
}
