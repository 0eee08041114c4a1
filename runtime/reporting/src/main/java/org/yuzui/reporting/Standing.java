package org.yuzui.reporting;

import java.time.Instant;

/**
 * Where a unit stands with a form's period, worked out from what happened: nobody can set it.
 *
 * @param due       until when it has to answer, an extension counted in
 * @param late      whether the first answer came after that, or an answer to a return after its own deadline; of what is not there,
 *                  whether that moment is over
 * @param version   the newest; 0 for none
 * @param firstAt   when the first version came; null without one
 * @param at        when the newest version came; null without one
 * @param waitsFor  the unit whose review is next; null when nobody's
 * @param answerBy  of a returned one, until when it has to be answered; null otherwise
 * @param drafted   when somebody last typed something in; null without a draft
 */
public record Standing(String unit, State state, Due due, boolean late, int version, Instant firstAt, Instant at,
                       String waitsFor, Instant answerBy, Instant drafted) {

    /**
     * {@code EXCUSED} need not answer. {@code OPEN} and {@code DRAFT}, with something typed in, have time. {@code MISSING} have
     * none left. {@code IN_REVIEW}, {@code RETURNED} and {@code ACCEPTED} have answered.
     */
    public enum State {
        EXCUSED, OPEN, DRAFT, MISSING, IN_REVIEW, RETURNED, ACCEPTED;

        /** Whether there is an answer. */
        public boolean answered() {
            return compareTo(IN_REVIEW) >= 0;
        }
    }
}
