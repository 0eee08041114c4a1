package org.yuzui.system;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A year of the province over REST: all bureaus answer every month, government buildings the energy survey by quarter and year; late,
 * wrong, returned, corrected, excused, locked out, and at mid-year three counties become something else. In the end every total is what plain
 * SQL over the raw answers gives, and everybody stands where what was played leaves them. It is the same year every time; {@code -Dyuzui.seed=7}
 * plays another.
 */
class ProvinceYearTest {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long SEED = Long.getLong("yuzui.seed", 20250701);
    private static final int BUILDINGS = 40;
    private static final LocalDate CHANGE = LocalDate.of(2025, 7, 1);

    private final Random random = new Random(SEED);
    private Site site;
    private RehearsalHub hub;
    private Rest rest;
    private YearUnits units;
    private ProvinceYear year;

    @AfterEach
    void stop() {
        if (year != null) {
            year.close();
        }
        site.close();
    }

    @Test
    void aYearEndsWithTheTotalsThatSqlGivesAndStatesThatFollow() throws Exception {
        System.out.println("ProvinceYearTest: -Dyuzui.seed=" + SEED);
        site = Site.create("province-year");
        onlyReporting();
        Path org = site.home.resolve("config/org");
        units = new YearUnits(org, CHANGE, BUILDINGS, random);
        units.write(org, false);
        WorkDays workDays = new WorkDays(site.home.resolve("config/calendar"));
        year = new ProvinceYear(() -> rest, units, workDays, random);
        PlayedYear played = new PlayedYear(year, units, workDays, random, () -> rest, this::at);
        hub = start(LocalDate.of(2025, 1, 1), 8);
        played.open(LocalDate.of(2025, 1, 1));
        for (LocalDate first = LocalDate.of(2025, 2, 1); first.getYear() == 2025 || first.getMonthValue() == 1; first = first.plusMonths(1)) {
            if (first.equals(CHANGE)) { // the office has written down what is new
                hub.close();
                units.write(org, true);
                hub = start(CHANGE, 8);
            }
            at(first, 8);
            played.open(first);
            played.month(first.minusDays(1));
        }
        played.survey();
        at(LocalDate.of(2026, 4, 10), 9);
        System.out.printf("ProvinceYearTest: %d calls, %d of them rightly refused, %d answers%n", year.calls.get(), year.refusals.get(),
                year.played.values().stream().mapToInt(a -> a.versions.size()).sum());

        everybodyStandsWhereTheyWereLeft();
        YearTotals told = YearTotals.told(rest, year, units);
        hub.close();
        try (YearInSql sql = new YearInSql(site.home.resolve("data/postgres"))) {
            everyVersionIsKept(sql.versions());
            assertThat(sql.wrongFormulas()).isZero();
            told.areThoseOf(sql.totals(units, told.asked()));
        }
    }

    /** Nothing but the site's forms: the systems have tests of their own. */
    private void onlyReporting() throws IOException {
        try (Stream<Path> files = Stream.of("plugins", "routes", "config/schedules", "config/rules", "config/contracts", "config/forms")
                .flatMap(folder -> children(site.home.resolve(folder)))) {
            for (Path file : files.filter(f -> !f.getFileName().toString().startsWith("energy-survey")).toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(site.home.resolve("config/forms").resolve(ProvinceYear.MONTHLY + ".form.yaml"), ProvinceYear.FORM);
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private RehearsalHub start(LocalDate day, int hour) throws Exception {
        RehearsalHub started = RehearsalHub.start(site, instant(day, hour));
        rest = site.rest();
        year.it(instant(day, hour));
        return started;
    }

    private void at(LocalDate day, int hour) throws IOException {
        hub.at(instant(day, hour));
        year.it(instant(day, hour));
    }

    private static Instant instant(LocalDate day, int hour) {
        return day.atTime(hour, 0).atZone(ZONE).toInstant();
    }

    private void everybodyStandsWhereTheyWereLeft() throws Exception {
        Map<String, List<PlayedAnswer>> periods = new LinkedHashMap<>();
        year.played.values().forEach(a -> periods.computeIfAbsent(a.form + "/periods/" + a.period, p -> new ArrayList<>()).add(a));
        for (Map.Entry<String, List<PlayedAnswer>> period : periods.entrySet()) {
            Map<String, String> stands = new TreeMap<>();
            rest.get("/api/v1/forms/" + period.getKey()).path("standings").forEach(s -> stands.put(s.path("unit").asText(),
                    s.path("state").asText() + " late " + s.path("late").asBoolean() + " version " + s.path("version").asInt()
                            + " waits for " + s.path("waitsFor").asText()));
            Map<String, String> expected = new TreeMap<>();
            period.getValue().forEach(a -> expected.put(a.unit, a.state(year.now()) + " late " + a.late(year.now()) + " version " + a.versions.size()
                    + " waits for " + a.waitsFor()));
            assertThat(stands).as(period.getKey()).isEqualTo(expected);
        }
    }

    private void everyVersionIsKept(Map<String, Map<String, BigDecimal>> kept) {
        int versions = 0;
        for (PlayedAnswer a : year.played.values()) {
            for (int i = 0; i < a.versions.size(); i++, versions++) {
                String id = a.form + " " + PlayedPeriod.first(a.period) + " " + a.unit + " " + (i + 1);
                Map<String, BigDecimal> cells = kept.getOrDefault(id, Map.of());
                a.versions.get(i).cells().forEach((cell, value) -> assertThat(cells.get(cell)).as(id + " " + cell)
                        .isEqualByComparingTo(new BigDecimal(value)));
            }
        }
        assertThat(kept).hasSize(versions);
    }
}
