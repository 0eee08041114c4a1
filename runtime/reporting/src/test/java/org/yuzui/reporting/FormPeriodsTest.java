package org.yuzui.reporting;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.ProblemException;
import org.yuzui.spi.RefusedException;
import org.yuzui.store.Store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.reporting.Site.json;

/** Forms that are answered for longer than a day. It is Monday, the 23rd of November 2026; see {@link Site}. */
@ExtendWith(TestStore.class)
class FormPeriodsTest {

    private static final String FORM = """
            period: %s
            respondents: {units: [510104-H01, 510105-H01]}
            indicators: [{code: visits}, {code: beds, kind: last}]
            """;

    private Reports reports;

    @BeforeEach
    void open(Store store) {
        reports = Site.empty(store);
        FixturePlugin plugin = new FixturePlugin("p");
        Period.Kind.words().forEach(kind -> plugin.form("by-" + kind, FORM.formatted(kind)));
        reports.deploy(plugin).start();
    }

    @ParameterizedTest
    @CsvSource({"by-day, 2026-11-22", "by-week, 2026-W47", "by-month, 2026-11", "by-quarter, 2026-Q4", "by-half-year, 2026-H2",
            "by-year, 2026"})
    void aDayMeansThePeriodThatHoldsIt(String form, String period) {
        Submission byDay = submit(form, "'day': '2026-11-22'", 3, 1);
        assertThat(byDay.period()).hasToString(period);
        assertThat(submit(form, "'period': '%s'".formatted(period), 3, 1)).isEqualTo(byDay);
        assertThat(submit(form, "'period': ' %s ', 'day': '2026-11-22'".formatted(period), 4, 1).version()).isEqualTo(2);
        assertThat(reports.total(form, Period.parse(period), "510000")).satisfies(t -> {
            assertThat(t.values().get("visits")).isEqualTo("4");
            assertThat(t.expected()).isEqualTo(2);
            assertThat(t.received()).isOne();
            assertThat(t.missing()).containsOnlyKeys("510105-H01").containsValue(1);
        });
    }

    @Test
    void monthsAddUpToAYearAndStocksAreThoseOfTheLastMonthThatWasAnswered() {
        submit("by-month", "'period': '2026-03'", 10, 50);
        submit("by-month", "'period': '2026-09'", 20, 60);
        submit("by-month", "'period': '2026-10'", 40, 55);
        submit("by-month", "'period': '2025-12'", 80, 99);

        Total year = reports.total("by-month", Period.parse("2026"), "510104");
        assertThat(year.values().get("visits")).isEqualTo("70");
        assertThat(year.values().get("beds")).isEqualTo("55");
        assertThat(year.expected()).as("January to November have begun").isEqualTo(11);
        assertThat(year.missing()).containsEntry("510104-H01", 8);
        assertThat(year.parts().get(0).submissions()).extracting(s -> s.period().toString())
                .containsExactly("2026-03", "2026-09", "2026-10");
        assertThat(reports.total("by-month", Period.parse("2026-Q3"), "510104").values().get("beds")).isEqualTo("60");
        assertThat(reports.total("by-month", Period.parse("2025-H2"), "510104").expected()).isEqualTo(6);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            by-month   | 2026-11-22 | the day 2026-11-22 is not    | Ask for the month 2026-11 or the quarter 2026-Q4 or the half-year 2026-H2 or the year 2026.
            by-month   | 2026-W47   | the week 2026-W47 is not     | Ask for the month 2026-11 or
            by-quarter | 2026-11    | the month 2026-11 is not     | Ask for the quarter 2026-Q4 or
            by-week    | 2026-11    | the month 2026-11 is not     | Ask for the week 2026-W44.
            by-week    | 2026       | the year 2026 is not         | Ask for the week 2026-W01.
            by-week    | 2026-11-22 | the day 2026-11-22 is not    | Ask for the week 2026-W47.
            """)
    void periodsThatAreNotMadeUpOfTheFormsAreRefusedWithThoseThatAre(String form, String period, String message, String cure) {
        ProblemException e = catchThrowableOfType(ProblemException.class,
                () -> reports.total(form, Period.parse(period), "510000"));

        assertThat(e).isNotNull();
        assertThat(e.problem().code()).isEqualTo("bad-period");
        assertThat(e.problem().message()).contains("is answered by " + form.substring(3)).contains(message);
        assertThat(e.problem().cure()).contains(cure);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            by-month | 'period': '2026-11-22'                     | /period | is the day 2026-11-22, and this form is answered by month; write it as 2026-11.
            by-month | 'period': '2026-Q4'                        | /period | is the quarter 2026-Q4
            by-week  | 'period': '张三'                            | /period | is not a week; write it as 2026-W47.
            by-week  | 'period': {}                               | /period | is not a week
            by-week  | 'remark': 'x'                              | /period | is missing; write a week as 2026-W47.
            by-week  | 'period': '2026-W49'                       | /period | 2026-W49 has not come yet.
            by-month | 'day': '2026-12-01'                        | /day    | 2026-12 has not come yet.
            by-year  | 'period': 1999                             | /period | 1999 is too long ago.
            by-month | 'day': '2026-10-31', 'period': '2026-11'   | /day    | 2026-10-31 is not in 2026-11; leave one of them out.
            by-month | 'day': '2026-11', 'period': '2026-11'      | /day    | is not a day
            """)
    void aPeriodThatCannotBeMeantIsRefused(String form, String period, String place, String message) {
        RefusedException e = catchThrowableOfType(RefusedException.class, () -> submit(form, period, 1, 1));

        assertThat(e).isNotNull();
        assertThat(e.place()).isEqualTo(place);
        assertThat(e.getMessage()).contains(message).doesNotContain("张三");
    }

    @Test
    void aPeriodThatHasBegunMayBeAnsweredAndIsExpected() {
        assertThat(submit("by-week", "'period': '2026-W48'", 1, 1).period()).as("began today").hasToString("2026-W48");
        assertThat(submit("by-year", "'period': 2026", 1, 1).period()).hasToString("2026");
        assertThat(reports.total("by-week", Period.parse("2026-W49"), "510000").expected()).isZero();
        assertThat(reports.total("by-day", Period.parse("2026-W48"), "510000").expected()).isEqualTo(2);
        assertThat(reports.total("by-day", Period.parse("2026-W47"), "510000").expected()).isEqualTo(14);
    }

    private Submission submit(String form, String period, long visits, long beds) {
        return reports.submit(form, json("{'unit': '510104-H01', %s, 'visits': %d, 'beds': %d}".formatted(period, visits, beds)),
                null);
    }
}
