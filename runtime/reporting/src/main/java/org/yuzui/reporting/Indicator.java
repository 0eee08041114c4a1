package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * One number of a form.
 *
 * @param code        letters, digits and hyphens, the name in a submission
 * @param unit        unit of measure, shown ({@code 人次}, {@code %}); may be null
 * @param precision   decimals when shown; nothing is rounded before
 * @param kind        how a total is made
 * @param numerator   for {@code RATIO}: code of an answered indicator
 * @param denominator for {@code RATIO}
 * @param factor      for {@code RATIO}: 100 for a percentage
 */
public record Indicator(String code, Title title, String unit, int precision, Kind kind, String numerator,
                        String denominator, int factor) {

    /**
     * {@code SUM} over units and periods. {@code LAST}, for stocks such as beds: of each unit the last answer, summed over
     * units. {@code MAX} over units and periods. {@code RATIO} of two of those totals, never averaged.
     */
    public enum Kind {
        SUM, LAST, MAX, RATIO;

        /** Whether units answer it; else it is made from what they answer. */
        public boolean answered() {
            return this != RATIO;
        }

        /** As form files call it: {@code sum}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
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
