package org.yuzui.reporting;

import org.yuzui.kernel.Title;

/**
 * One thing that is wrong with an answer.
 *
 * @param cell    code of the indicator; null for the answer's unit and period, and for all of it
 * @param place   where that is in what was sent: {@code /values/beds}, {@code 用能!C12}, {@code line 3 beds}
 * @param rule    id of the form's check that is broken; null when the cell is wrong by itself
 * @param hard    whether the answer is refused because of it; otherwise it is a warning
 * @param message the rest of a sentence that begins with the place
 * @param says    what the form says about it; null where there is no rule
 */
public record Failure(String cell, String place, String rule, boolean hard, String message, Title says) {

    /** The same where it stands in another shape of the answer. */
    public Failure at(String newPlace) {
        return new Failure(cell, newPlace, rule, hard, message, says);
    }
}
