package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/**
 * One number of a form.
 *
 * @param code        letters, digits and hyphens, the name in a submission
 * @param unit        unit of measure, shown ({@code 人次}, {@code %}); may be null
 * @param precision   decimals when shown; nothing is rounded before
 * @param kind        how a total is made
 * @param numerator   for {@code RATIO}: code of an indicator that has a number in every answer
 * @param denominator for {@code RATIO}
 * @param factor      for {@code RATIO}: 100 for a percentage
 * @param weight      for {@code WEIGHTED}: code of the indicator that it is weighted by
 * @param formula     FEEL that makes it from others when an answer is handed in; null when units answer it
 * @param verified    for what is made from others: whether a number that an answer brings nevertheless has to agree
 * @param signed      whether an answer may be negative: a difference
 * @param optional    whether it may be left empty; formulas take it for 0 then
 * @param choices     for {@code CHOICE}: the numbers to choose from, as texts
 */
public record Indicator(String code, Title title, String unit, int precision, Kind kind, String numerator,
                        String denominator, int factor, String weight, String formula, boolean verified, boolean signed,
                        boolean optional, Map<String, Title> choices) {

    /** One that units answer with zero or more, or a ratio. */
    public Indicator(String code, Title title, String unit, int precision, Kind kind, String numerator, String denominator, int factor) {
        this(code, title, unit, precision, kind, numerator, denominator, factor, null, null, false, false, false, Map.of());
    }

    /**
     * {@code SUM} over units and periods. {@code LAST}, for stocks such as beds: of each unit the last answer, summed over
     * units. {@code MAX} over units and periods. {@code RATIO} of two of those totals, never averaged. {@code WEIGHTED}, for
     * prices and means: Σ(answer × weight) ÷ Σ weight. {@code CHOICE}: a number that stands for a word, of which there is
     * no total.
     */
    public enum Kind {
        SUM, LAST, MAX, RATIO, WEIGHTED, CHOICE;

        /** Whether an answer has a number of its own for it; else it is made from totals. */
        public boolean answered() {
            return this != RATIO;
        }

        /** As form files call it: {@code sum}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether units are asked for it; else the hub makes it. */
    public boolean asked() {
        return kind.answered() && formula == null;
    }

    /** Rounded half up to {@link #precision()}, for eyes only. */
    public BigDecimal round(BigDecimal value) {
        return value.setScale(precision, RoundingMode.HALF_UP);
    }

    /** What a person reads: {@code 74.55 %}, {@code 120 人次}; {@code –} for an absent (null) value. */
    public String show(BigDecimal value) {
        if (value == null) {
            return "–";
        }
        String number = round(value).toPlainString();
        return unit == null ? number : number + " " + unit;
    }
}
