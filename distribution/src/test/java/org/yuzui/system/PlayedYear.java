package org.yuzui.system;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens in the year and on which day; how many do it, and who, is chance. */
final class PlayedYear {

    static final String QUARTERLY = "energy-survey-quarter";
    static final String YEARLY = "energy-survey-year";

    private static final PlayedPeriod SURVEY = new PlayedPeriod(YEARLY, "2025");

    private final ProvinceYear year;
    private final YearUnits units;
    private final WorkDays workDays;
    private final Random random;
    private final Supplier<Rest> rest;
    private final Time time;

    /** Lets time pass. */
    interface Time {
        void at(LocalDate day, int hour) throws Exception;
    }

    PlayedYear(ProvinceYear year, YearUnits units, WorkDays workDays, Random random, Supplier<Rest> rest, Time time) {
        this.year = year;
        this.units = units;
        this.workDays = workDays;
        this.random = random;
        this.rest = rest;
        this.time = time;
    }

    /** What begins on a day is opened by the hub's schedule, with those who have to answer then. */
    void open(LocalDate first) throws Exception {
        assertThat(rest.get().post("/api/v1/schedules/hub/reporting/run", "{}").path("state").asText()).isEqualTo("DONE");
        String month = first.toString().substring(0, 7);
        year.expect(ProvinceYear.MONTHLY, month, units.tagged(first, "bureau"),
                workDays.after(PlayedPeriod.last(month), 5).atTime(17, 0).atZone(ProvinceYearTest.ZONE).toInstant());
        if (first.getMonthValue() % 3 == 1) {
            String quarter = quarter(first);
            year.expect(QUARTERLY, quarter, units.tagged(first, "building"), endOf(PlayedPeriod.last(quarter).plusDays(15)));
        }
        if (first.getMonthValue() == 1) {
            String whole = String.valueOf(first.getYear());
            year.expect(YEARLY, whole, units.tagged(first, "building"), endOf(PlayedPeriod.last(whole).plusDays(90)));
        }
    }

    private static String quarter(LocalDate day) {
        return day.getYear() + "-Q" + (day.getMonthValue() + 2) / 3;
    }

    private static Instant endOf(LocalDate day) {
        return day.atTime(LocalTime.of(23, 59, 59)).atZone(ProvinceYearTest.ZONE).toInstant();
    }

    /** What happens in the weeks after a month, and after a quarter. */
    void month(LocalDate last) throws Exception {
        PlayedPeriod month = new PlayedPeriod(ProvinceYear.MONTHLY, last.toString().substring(0, 7));
        List<PlayedPeriod> open = new ArrayList<>(List.of(month));
        if (last.getMonthValue() % 3 == 0) {
            open.add(new PlayedPeriod(QUARTERLY, quarter(last)));
        }
        time.at(workDays.after(last, 3), 9);
        for (PlayedPeriod each : open) {
            year.all(year.some(year.of(each, a -> true), 60), year::answer);
            year.all(year.some(silent(each), 10), (a, luck) -> year.except(a, "EXCUSED", null));
            year.all(year.some(silent(each), 15), (a, luck) -> year.except(a, "EXTENDED", year.now().plusSeconds(12 * 86_400)));
        }
        time.at(workDays.after(last, 5), 15);
        for (PlayedPeriod each : open) {
            year.all(year.some(silent(each), 60), year::answer);
            year.all(year.some(answered(each), 3), (a, luck) -> year.answer(a, corrected(a, luck)));
        }
        time.at(workDays.after(last, 6), 10);
        for (PlayedPeriod each : open) {
            review(each, 60, 12);
            year.all(year.some(silent(each), 50), year::answer);
        }
        time.at(workDays.after(last, 8), 10);
        for (PlayedPeriod each : open) {
            answerReturns(each, 60);
            review(each, 70, 10);
            review(each, 70, 4);
        }
        time.at(workDays.after(last, 12), 10);
        for (PlayedPeriod each : open) {
            answerReturns(each, 60);
            year.all(year.some(answered(each), 2), (a, luck) -> year.answer(a, corrected(a, luck)));
            year.all(year.some(answered(each), 2), (a, luck) -> year.standBy(a));
            review(each, 80, 4);
            review(each, 80, 4);
        }
        if (random.nextInt(10) < 6) {
            lock(month);
        }
    }

    private void lock(PlayedPeriod month) throws Exception {
        year.lock(month.form(), month.period(), true);
        List<PlayedAnswer> few = year.some(year.of(month, a -> true), 3);
        year.all(few, year::lockedOut);
        year.all(few, (a, luck) -> {
            year.except(a, "OPENED", null);
            year.answer(a, corrected(a, luck));
        });
    }

    /** After the year the buildings tell it as a whole; who tells something else than the quarters gave is warned. */
    void survey() throws Exception {
        time.at(LocalDate.of(2026, 3, 20), 9);
        year.all(year.some(year.of(SURVEY, a -> true), 90), this::tellTheYear);
        review(SURVEY, 70, 10);
        time.at(LocalDate.of(2026, 4, 2), 9);
        answerReturns(SURVEY, 50);
        year.all(year.some(silent(SURVEY), 50), year::answer);
        review(SURVEY, 70, 5);
    }

    private void tellTheYear(PlayedAnswer a, Random luck) throws Exception {
        Map<String, String> cells = ProvinceYear.survey(luck);
        List<PlayedAnswer> quarters = year.played.values().stream().filter(q -> q.form.equals(QUARTERLY) && q.unit.equals(a.unit)
                && q.period.startsWith(SURVEY.period()) && !q.versions.isEmpty()).toList();
        boolean agrees = luck.nextInt(4) > 0;
        for (String cell : List.of("electricity", "water")) {
            BigDecimal sum = quarters.stream().map(q -> new BigDecimal(q.versions.get(q.versions.size() - 1).cells().get(cell)))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            cells.put(cell, agrees ? sum.toPlainString() : sum.multiply(new BigDecimal("1.1")).add(BigDecimal.ONE).toPlainString());
        }
        year.answer(a, cells);
        List<String> warnings = rest.get().get(a.path()).path("submissions").get(0).path("warnings").findValuesAsText("rule");
        assertThat(warnings).as(a.path()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(agrees || quarters.isEmpty() ? List.of()
                : List.of("quarters-electricity", "quarters-water"));
    }

    private List<PlayedAnswer> silent(PlayedPeriod each) {
        return year.of(each, a -> a.versions.isEmpty());
    }

    private List<PlayedAnswer> answered(PlayedPeriod each) {
        return year.of(each, a -> !a.versions.isEmpty());
    }

    private void review(PlayedPeriod each, int percent, int returns) throws Exception {
        year.all(year.some(year.of(each, a -> a.waitsFor() != null), percent), (a, luck) -> year.review(a, luck, returns));
    }

    private void answerReturns(PlayedPeriod each, int percent) throws Exception {
        year.all(year.some(year.of(each, a -> a.returned() != null), percent), (a, luck) -> {
            if (luck.nextInt(3) == 0) {
                year.standBy(a);
            } else {
                year.answer(a, corrected(a, luck));
            }
        });
    }

    private static Map<String, String> corrected(PlayedAnswer a, Random luck) {
        Map<String, String> cells = a.form.equals(ProvinceYear.MONTHLY) ? ProvinceYear.month(luck) : ProvinceYear.survey(luck);
        cells.put("water", new BigDecimal(cells.get("water")).add(BigDecimal.TEN).toPlainString());
        return cells;
    }
}
