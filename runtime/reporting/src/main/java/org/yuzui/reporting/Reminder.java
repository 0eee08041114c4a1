package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.time.Instant;

/**
 * That somebody has to be told about an answer.
 *
 * @param unit who has to answer
 * @param to   who is told: the unit itself, or a bureau above it when time has passed
 * @param step the working days after the deadline at which it is told so far up; 0 before and at the deadline
 * @param due  until when the answer was, or is, wanted
 */
public record Reminder(String form, Title title, Period period, String unit, String to, Kind kind, int step, Instant due) {

    /**
     * {@code DUE_SOON} on the last working day before the deadline; {@code MISSING} after it; {@code RETURNED} until it is answered;
     * {@code DISPUTED} until the bureau above has answered.
     */
    public enum Kind { DUE_SOON, MISSING, RETURNED, DISPUTED }
}
