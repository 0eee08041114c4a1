package org.yuzui.sheet;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A cell that isn't empty.
 *
 * @param place  {@code C5}
 * @param kind   what it holds
 * @param text   as it is written; of a number its digits without an exponent, with the zeros before it that its format shows
 * @param number for {@code NUMBER} and {@code DATE} the number that stands there, with the fifteen digits that a spreadsheet
 *               has; else null
 * @param date   for {@code DATE}; for a {@code NUMBER} the day that it would be as a serial number; null when there is none
 */
public record Cell(String place, Kind kind, String text, BigDecimal number, LocalDate date) {

    /** What a cell holds; a formula is never calculated, and what it last gave, its text, is not to be taken for a value. */
    public enum Kind { TEXT, NUMBER, DATE, BOOLEAN, FORMULA, ERROR, TOO_LONG }
}
