package org.yuzui.reporting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.reporting.Period.Kind.DAY;
import static org.yuzui.reporting.Period.Kind.HALF_YEAR;
import static org.yuzui.reporting.Period.Kind.MONTH;
import static org.yuzui.reporting.Period.Kind.QUARTER;
import static org.yuzui.reporting.Period.Kind.WEEK;
import static org.yuzui.reporting.Period.Kind.YEAR;

class PeriodTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            2026-11-22, DAY,       2026-11-22, 2026-11-22, 2026-11-23
            2024-02-29, DAY,       2024-02-29, 2024-02-29, 2024-03-01
            2026-W47,   WEEK,      2026-11-16, 2026-11-22, 2026-W48
            2026-W01,   WEEK,      2025-12-29, 2026-01-04, 2026-W02
            2026-W53,   WEEK,      2026-12-28, 2027-01-03, 2027-W01
            2025-W52,   WEEK,      2025-12-22, 2025-12-28, 2026-W01
            2026-11,    MONTH,     2026-11-01, 2026-11-30, 2026-12
            2024-02,    MONTH,     2024-02-01, 2024-02-29, 2024-03
            2026-Q1,    QUARTER,   2026-01-01, 2026-03-31, 2026-Q2
            2026-Q4,    QUARTER,   2026-10-01, 2026-12-31, 2027-Q1
            2026-H1,    HALF_YEAR, 2026-01-01, 2026-06-30, 2026-H2
            2026-H2,    HALF_YEAR, 2026-07-01, 2026-12-31, 2027-H1
            2026,       YEAR,      2026-01-01, 2026-12-31, 2027
            """)
    void aPeriodIsWhatIsWritten(String text, Period.Kind kind, LocalDate first, LocalDate last, String next) {
        Period period = Period.parse(text);

        assertThat(period).isEqualTo(new Period(kind, first)).hasToString(text);
        assertThat(period.last()).isEqualTo(last);
        assertThat(period.next()).hasToString(next);
        assertThat(period.contains(first)).isTrue();
        assertThat(period.contains(last)).isTrue();
        assertThat(period.contains(first.minusDays(1))).isFalse();
        assertThat(period.contains(last.plusDays(1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-W54", "2025-W53", "2026-W00", "2026-w47", "2026-Q5", "2026-Q0", "2026-H3", "2026-13", "2026-00",
            "2026-02-29", "26-11", "2026-11-", "+12026-11-22", "2026-11-22T00:00", "２０２６", "2026-W4", "yesterday", " 2026"})
    void whatIsNoneIsAnsweredWithHowEachIsWritten(String text) {
        assertThatThrownBy(() -> Period.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a period; write a day (2026-11-22), a week (2026-W47), a month (2026-11), "
                        + "a quarter (2026-Q4), a half-year (2026-H2), a year (2026).");
    }

    @ParameterizedTest
    @EnumSource(Period.Kind.class)
    void theDaysOfManyYearsFallIntoOnePeriodAfterTheOther(Period.Kind kind) {
        Period at = Period.of(kind, LocalDate.of(1999, 1, 1));
        for (LocalDate day = LocalDate.of(1999, 1, 1); day.getYear() < 2045; day = day.plusDays(1)) {
            at = at.contains(day) ? at : at.next();
            assertThat(Period.of(kind, day)).isEqualTo(at);
            assertThat(Period.parse(at.toString())).isEqualTo(at);
        }
        assertThat(Period.Kind.of(kind.toString())).contains(kind);
        assertThat(Period.parse(kind.example()).kind()).isEqualTo(kind);
    }

    @Test
    void longerOnesConsistOfWholeShorterOnesAndWeeksOfDaysAlone() {
        assertThat(partsOf(DAY)).containsExactlyInAnyOrder(DAY);
        assertThat(partsOf(WEEK)).containsExactlyInAnyOrder(DAY, WEEK);
        assertThat(partsOf(MONTH)).containsExactlyInAnyOrder(DAY, MONTH);
        assertThat(partsOf(QUARTER)).containsExactlyInAnyOrder(DAY, MONTH, QUARTER);
        assertThat(partsOf(HALF_YEAR)).containsExactlyInAnyOrder(DAY, MONTH, QUARTER, HALF_YEAR);
        assertThat(partsOf(YEAR)).containsExactlyInAnyOrder(DAY, MONTH, QUARTER, HALF_YEAR, YEAR);
    }

    @Test
    void noPeriodBeginsInItsMiddle() {
        assertThatThrownBy(() -> new Period(WEEK, LocalDate.of(2026, 11, 22))).hasMessageContaining("No week begins");
    }

    private static Set<Period.Kind> partsOf(Period.Kind kind) {
        return Arrays.stream(Period.Kind.values()).filter(kind::consistsOf).collect(Collectors.toSet());
    }
}
