package org.yuzui.plugin.his;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The bed figures of a period, by the formulas of the national health statistics (卫健统): average open beds are the bed-days
 * open by the days of the period; occupancy is bed-days occupied by bed-days open; working days of a bed are bed-days occupied by
 * average open beds, its turnover the discharges by them; the mean stay is the bed-days of the discharged by the discharges. What
 * has no denominator is empty.
 *
 * @param days calendar days of the period
 */
record BedStatistics(long bedDaysOpen, long bedDaysOccupied, long discharges, long dischargedBedDays, int days) {

    Optional<BigDecimal> averageOpenBeds(int scale) {
        return ratio(bedDaysOpen, 1, days, scale);
    }

    /** Percent. */
    Optional<BigDecimal> occupancy(int scale) {
        return ratio(bedDaysOccupied, 100, bedDaysOpen, scale);
    }

    Optional<BigDecimal> workingDays(int scale) {
        return ratio(bedDaysOccupied, days, bedDaysOpen, scale);
    }

    Optional<BigDecimal> turnover(int scale) {
        return ratio(discharges, days, bedDaysOpen, scale);
    }

    /** Days. */
    Optional<BigDecimal> meanStay(int scale) {
        return ratio(dischargedBedDays, 1, discharges, scale);
    }

    private static Optional<BigDecimal> ratio(long numerator, int factor, long denominator, int scale) {
        return denominator <= 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(numerator).multiply(BigDecimal.valueOf(factor))
                .divide(BigDecimal.valueOf(denominator), scale, RoundingMode.HALF_UP));
    }
}
