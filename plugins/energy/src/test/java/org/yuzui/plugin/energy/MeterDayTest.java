package org.yuzui.plugin.energy;

import org.junit.jupiter.api.Test;
import org.yuzui.plugin.energy.MeterDay.Flag;
import org.yuzui.plugin.energy.MeterDay.Reading;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;

class MeterDayTest {

    private static final OffsetDateTime BEGIN = OffsetDateTime.parse("2026-03-02T00:00:00+08:00");
    private static final MeterDay.Night NIGHT = new MeterDay.Night(LocalTime.of(23, 0), LocalTime.of(5, 0), ZoneId.of("Asia/Shanghai"));

    @Test
    void aWholeDay() {
        MeterDay day = day(null);
        for (int quarter = 0; quarter <= 96; quarter++) {
            day.add(reading(quarter, "1000", quarter * 3, "A"));
        }
        day.count(NIGHT);
        assertThat(day.consumption()).isEqualByComparingTo("288");
        assertThat(day.night()).as("six hours of it").isEqualByComparingTo("72");
        assertThat(day.flags()).isEmpty();
        assertThat(day.complete()).isTrue();
    }

    /** Nothing is lost and nothing counts twice: the days on both sides of a gap add up to the whole. */
    @Test
    void whatAGapHidesCountsOnTheDayOnWhichItEnds() {
        MeterDay first = day(null);
        first.add(reading(0, "10.5", 0, "A"));
        first.add(reading(1, "11", 0, "A"));
        first.count(NIGHT);
        MeterDay second = new MeterDay(BEGIN.plusDays(1), BEGIN.plusDays(2), null);
        second.add(reading(1, "11", 0, "A"));
        second.add(reading(100, "20", 0, "A"));
        second.add(reading(192, "21.25", 0, "A"));
        assertThat(second.hasBegin()).isTrue();
        second.count(NIGHT);
        assertThat(first.consumption().add(second.consumption())).isEqualByComparingTo(new BigDecimal("21.25").subtract(new BigDecimal("10.5")));
        assertThat(first.flags()).extracting(Flag::flag, Flag::slots).containsExactly(org.assertj.core.api.Assertions.tuple("gap", 95L));
        assertThat(second.flags()).extracting(Flag::flag).containsExactly("gap", "gap");
        assertThat(second.complete()).isFalse();
    }

    @Test
    void aCounterThatBeginsAgain() {
        MeterDay day = day(new BigDecimal("1000000"));
        day.add(reading(0, "999999.50", 0, "A"));
        day.add(reading(1, "0.75", 0, "A"));
        day.count(NIGHT);
        assertThat(day.consumption()).isEqualByComparingTo("1.25");
        assertThat(day.flags()).extracting(Flag::flag).containsExactly("rollover", "gap");
    }

    @Test
    void aCounterThatGoesBackIsNotCounted() {
        for (BigDecimal capacity : new BigDecimal[] {null, new BigDecimal("1000000")}) {
            MeterDay day = day(capacity);
            day.add(reading(0, "5000", 0, "A"));
            day.add(reading(1, "2", 0, "A"));
            day.add(reading(2, "3.5", 0, "A"));
            day.count(NIGHT);
            assertThat(day.consumption()).isEqualByComparingTo("1.5");
            assertThat(day.flags()).extracting(Flag::flag).containsExactly("reset", "gap");
            assertThat(day.flags().get(0).before()).isEqualByComparingTo("5000");
        }
    }

    @Test
    void anotherMeterIsNotADifference() {
        MeterDay day = day(new BigDecimal("1000000"));
        day.add(reading(0, "999999", 0, "A"));
        day.add(reading(1, "1000", 0, "B"));
        day.add(reading(2, "1001", 0, "B"));
        day.count(NIGHT);
        assertThat(day.consumption()).isEqualByComparingTo("1");
        assertThat(day.flags()).extracting(Flag::flag).containsExactly("meter-change", "gap");
    }

    @Test
    void aSilentDay() {
        MeterDay day = day(null).count(NIGHT);
        assertThat(day.consumption()).isZero();
        assertThat(day.flags()).extracting(Flag::flag, Flag::slots).containsExactly(org.assertj.core.api.Assertions.tuple("gap", 96L));
        assertThat(day.complete()).isFalse();
    }

    @Test
    void nightAcrossMidnight() {
        assertThat(NIGHT.covers(BEGIN.plusHours(23), BEGIN.plusHours(24))).isTrue();
        assertThat(NIGHT.covers(BEGIN.plusHours(4).plusMinutes(45), BEGIN.plusHours(5))).isTrue();
        assertThat(NIGHT.covers(BEGIN.plusHours(4).plusMinutes(45), BEGIN.plusHours(5).plusMinutes(1))).isFalse();
        assertThat(NIGHT.covers(BEGIN.plusHours(22).plusMinutes(45), BEGIN.plusHours(23))).isFalse();
    }

    private static MeterDay day(BigDecimal capacity) {
        return new MeterDay(BEGIN, BEGIN.plusDays(1), capacity);
    }

    private static Reading reading(int quarter, String base, int more, String serial) {
        return new Reading(BEGIN.plusMinutes(15L * quarter), new BigDecimal(base).add(BigDecimal.valueOf(more)), serial);
    }
}
