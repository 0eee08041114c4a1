package org.yuzui.reporting;

import org.yuzui.kernel.Title;

/**
 * One number of a form.
 *
 * @param code        kebab-case or camelCase, the name in a submission
 * @param unit        unit of measure, shown ({@code 人次}, {@code %}); may be null
 * @param precision   decimals when shown; nothing is rounded before
 * @param kind        how a total is made
 * @param numerator   for {@code RATIO}: code of a summed indicator
 * @param denominator for {@code RATIO}
 * @param factor      for {@code RATIO}: 100 for a percentage
 */
public record Indicator(String code, Title title, String unit, int precision, Kind kind, String numerator,
                        String denominator, int factor) {

    /** {@code SUM} over units and days; {@code RATIO} from the sums, never averaged. */
    public enum Kind { SUM, RATIO }
}
