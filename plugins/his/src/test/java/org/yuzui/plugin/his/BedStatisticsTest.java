package org.yuzui.plugin.his;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

class BedStatisticsTest {

    private static final int YEAR = 365;

    @ParameterizedTest
    @CsvFileSource(resources = "/beds/national-2021.csv", numLinesToSkip = 1)
    void thePublishedFiguresComeOfThePublishedSums(String row, long open, BigDecimal average, long occupied, long dischargedBedDays,
                                                   BigDecimal turnover, BigDecimal workingDays, BigDecimal occupancy, BigDecimal meanStay) {
        BedStatistics beds = new BedStatistics(open, occupied, 0, dischargedBedDays, YEAR);

        assertThat(beds.averageOpenBeds(0)).as(row).contains(average);
        assertThat(beds.workingDays(1)).as(row).contains(workingDays);
        assertThat(beds.occupancy(2).orElseThrow()).as(row).isEqualByComparingTo(occupancy);

        // Discharges are not published; whatever the rounded mean stay allows must hold the published turnover.
        long fewest = (long) (dischargedBedDays / (meanStay.doubleValue() + 0.05));
        long most = (long) (dischargedBedDays / (meanStay.doubleValue() - 0.05)) + 1;
        assertThat(turnover).as(row).isBetween(new BedStatistics(open, occupied, fewest, dischargedBedDays, YEAR).turnover(1).orElseThrow(),
                new BedStatistics(open, occupied, most, dischargedBedDays, YEAR).turnover(1).orElseThrow());
        assertThat(new BedStatistics(open, occupied, (fewest + most) / 2, dischargedBedDays, YEAR).meanStay(1)).as(row).contains(meanStay);
    }

    @Test
    void withoutADenominatorThereIsNoFigure() {
        BedStatistics none = new BedStatistics(0, 0, 0, 0, 30);

        assertThat(none.averageOpenBeds(2)).contains(new BigDecimal("0.00"));
        assertThat(none.occupancy(2)).isEmpty();
        assertThat(none.workingDays(2)).isEmpty();
        assertThat(none.turnover(2)).isEmpty();
        assertThat(none.meanStay(2)).isEmpty();
    }
}
