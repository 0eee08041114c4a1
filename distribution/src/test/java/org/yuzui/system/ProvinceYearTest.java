package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
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
 * SQL over the raw answers gives, and everybody stands where what was played leaves them. By chance: {@code -Dyuzui.seed=7} plays one again.
 */
class ProvinceYearTest {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long SEED = Long.getLong("yuzui.seed", System.nanoTime() % 1_000_000);
    private static final int BUILDINGS = 40;
    private static final LocalDate CHANGE = LocalDate.of(2025, 7, 1);
    private static final String QUARTERLY = "energy-survey-quarter";
    private static final String YEARLY = "energy-survey-year";

    private final Random random = new Random(SEED);
    private Site site;
    private RehearsalHub hub;
    private Rest rest;
    private YearUnits units;
    private ProvinceYear year;
    private WorkDays workDays;
    private Instant now;

    @AfterEach
    void stop() {
        if (year != null) {
            year.close();
        }
        if (hub != null) {
            hub.destroy();
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
        workDays = new WorkDays(site.home.resolve("config/calendar"));
        year = new ProvinceYear(() -> rest, units, workDays, random);
        hub = start(LocalDate.of(2025, 1, 1), 8);
        open(LocalDate.of(2025, 1, 1));
        for (LocalDate first = LocalDate.of(2025, 2, 1); first.getYear() == 2025 || first.getMonthValue() == 1; first = first.plusMonths(1)) {
            if (first.equals(CHANGE)) { // the office has written down what is new
                hub.close();
                units.write(org, true);
                hub = start(CHANGE, 8);
            }
            at(first, 8);
            open(first);
            month(first.minusDays(1));
        }
        lastYearsSurvey();
        at(LocalDate.of(2026, 4, 10), 9);
        System.out.printf("ProvinceYearTest: %d calls, %d of them rightly refused, %d answers%n", year.calls.get(), year.refusals.get(),
                year.played.values().stream().mapToInt(a -> a.versions.size()).sum());

        everybodyStandsWhereTheyWereLeft();
        Map<String, JsonNode> told = told();
        hub.close();
        try (YearInSql sql = new YearInSql(site.home.resolve("data/postgres"))) {
            everyVersionIsKept(sql.versions());
            assertThat(sql.wrongFormulas()).isZero();
            compare(told, sql.totals(units, asked()));
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
        now = instant(day, hour);
        RehearsalHub started = RehearsalHub.start(site, now);
        rest = site.rest();
        year.it(day);
        return started;
    }

    private void at(LocalDate day, int hour) throws IOException {
        now = instant(day, hour);
        hub.at(now);
        year.it(day);
    }

    private static Instant instant(LocalDate day, int hour) {
        return day.atTime(hour, 0).atZone(ZONE).toInstant();
    }

    /** What begins on a day is opened by the hub's schedule, with those who have to answer then. */
    private void open(LocalDate first) throws Exception {
        assertThat(rest.post("/api/v1/schedules/hub/reporting/run", "{}").path("state").asText()).isEqualTo("DONE");
        String month = first.toString().substring(0, 7);
        year.expect(ProvinceYear.MONTHLY, month, units.tagged(first, "bureau"),
                workDays.after(ProvinceYear.last(month), 5).atTime(17, 0).atZone(ZONE).toInstant());
        if (first.getMonthValue() % 3 == 1) {
            String quarter = quarter(first);
            year.expect(QUARTERLY, quarter, units.tagged(first, "building"), endOf(ProvinceYear.last(quarter).plusDays(15)));
        }
        if (first.getMonthValue() == 1) {
            String whole = String.valueOf(first.getYear());
            year.expect(YEARLY, whole, units.tagged(first, "building"), endOf(ProvinceYear.last(whole).plusDays(90)));
        }
    }

    private static String quarter(LocalDate day) {
        return day.getYear() + "-Q" + (day.getMonthValue() + 2) / 3;
    }

    private static Instant endOf(LocalDate day) {
        return day.atTime(LocalTime.of(23, 59, 59)).atZone(ZONE).toInstant();
    }

    /** What happens in the weeks after a month, and after a quarter. */
    private void month(LocalDate last) throws Exception {
        String period = last.toString().substring(0, 7);
        List<String[]> open = new ArrayList<>(List.of(new String[][] {{ProvinceYear.MONTHLY, period}}));
        if (last.getMonthValue() % 3 == 0) {
            open.add(new String[] {QUARTERLY, quarter(last)});
        }
        at(workDays.after(last, 3), 9);
        for (String[] each : open) {
            List<PlayedAnswer> all = year.of(each[0], each[1], a -> true);
            year.all(year.some(all, 60), year::answer);
            year.all(year.some(silent(each), 10), (a, luck) -> year.except(a, "EXCUSED", null));
            year.all(year.some(silent(each), 15), (a, luck) -> year.except(a, "EXTENDED", now.plusSeconds(12 * 86_400)));
        }
        at(workDays.after(last, 5), 15);
        for (String[] each : open) {
            year.all(year.some(silent(each), 60), year::answer);
            year.all(year.some(answered(each), 3), (a, luck) -> year.answer(a, corrected(a, luck)));
        }
        at(workDays.after(last, 6), 10);
        for (String[] each : open) {
            review(each, 60, 12);
            year.all(year.some(silent(each), 50), year::answer);
        }
        at(workDays.after(last, 8), 10);
        for (String[] each : open) {
            answerReturns(each, 60);
            review(each, 70, 10);
            review(each, 70, 4);
        }
        at(workDays.after(last, 12), 10);
        for (String[] each : open) {
            answerReturns(each, 60);
            year.all(year.some(answered(each), 2), (a, luck) -> year.answer(a, corrected(a, luck)));
            year.all(year.some(answered(each), 2), (a, luck) -> year.standBy(a));
            review(each, 80, 4);
            review(each, 80, 4);
        }
        if (random.nextInt(10) < 6) {
            year.lock(ProvinceYear.MONTHLY, period, true);
            List<PlayedAnswer> few = year.some(year.of(ProvinceYear.MONTHLY, period, a -> true), 3);
            year.all(few, year::lockedOut);
            year.all(few, (a, luck) -> {
                year.except(a, "OPENED", null);
                year.answer(a, corrected(a, luck));
            });
        }
    }

    /** After the year the buildings tell it as a whole; who tells something else than the quarters gave is warned. */
    private void lastYearsSurvey() throws Exception {
        at(LocalDate.of(2026, 3, 20), 9);
        year.all(year.some(year.of(YEARLY, "2025", a -> true), 90), (a, luck) -> {
            Map<String, String> cells = ProvinceYear.survey(luck);
            List<PlayedAnswer> quarters = year.played.values().stream().filter(q -> q.form.equals(QUARTERLY) && q.unit.equals(a.unit)
                    && q.period.startsWith("2025") && !q.versions.isEmpty()).toList();
            boolean agrees = luck.nextInt(4) > 0;
            for (String cell : List.of("electricity", "water")) {
                BigDecimal sum = quarters.stream().map(q -> new BigDecimal(q.versions.get(q.versions.size() - 1).cells().get(cell)))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                cells.put(cell, agrees ? sum.toPlainString() : sum.multiply(new BigDecimal("1.1")).add(BigDecimal.ONE).toPlainString());
            }
            year.answer(a, cells);
            List<String> warnings = rest.get(a.path()).path("submissions").get(0).path("warnings").findValuesAsText("rule");
            assertThat(warnings).as(a.path()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(agrees || quarters.isEmpty() ? List.of()
                    : List.of("quarters-electricity", "quarters-water"));
        });
        review(new String[] {YEARLY, "2025"}, 70, 10);
        at(LocalDate.of(2026, 4, 2), 9);
        answerReturns(new String[] {YEARLY, "2025"}, 50);
        year.all(year.some(silent(new String[] {YEARLY, "2025"}), 50), year::answer);
        review(new String[] {YEARLY, "2025"}, 70, 5);
    }

    private List<PlayedAnswer> silent(String[] each) {
        return year.of(each[0], each[1], a -> a.versions.isEmpty());
    }

    private List<PlayedAnswer> answered(String[] each) {
        return year.of(each[0], each[1], a -> !a.versions.isEmpty());
    }

    private void review(String[] each, int percent, int returns) throws Exception {
        year.all(year.some(year.of(each[0], each[1], a -> a.waitsFor() != null), percent), (a, luck) -> year.review(a, luck, returns));
    }

    private void answerReturns(String[] each, int percent) throws Exception {
        year.all(year.some(year.of(each[0], each[1], a -> a.returned() != null), percent), (a, luck) -> {
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

    private void everybodyStandsWhereTheyWereLeft() throws Exception {
        Map<String, List<PlayedAnswer>> periods = new LinkedHashMap<>();
        year.played.values().forEach(a -> periods.computeIfAbsent(a.form + "/periods/" + a.period, p -> new ArrayList<>()).add(a));
        for (Map.Entry<String, List<PlayedAnswer>> period : periods.entrySet()) {
            Map<String, String> stands = new TreeMap<>();
            rest.get("/api/v1/forms/" + period.getKey()).path("standings").forEach(s -> stands.put(s.path("unit").asText(),
                    s.path("state").asText() + " late " + s.path("late").asBoolean() + " version " + s.path("version").asInt()
                            + " waits for " + s.path("waitsFor").asText()));
            Map<String, String> expected = new TreeMap<>();
            period.getValue().forEach(a -> expected.put(a.unit, a.state(now) + " late " + a.late(now) + " version " + a.versions.size()
                    + " waits for " + a.waitsFor()));
            assertThat(stands).as(period.getKey()).isEqualTo(expected);
        }
    }

    private void everyVersionIsKept(Map<String, Map<String, BigDecimal>> kept) {
        int versions = 0;
        for (PlayedAnswer a : year.played.values()) {
            for (int i = 0; i < a.versions.size(); i++, versions++) {
                String id = a.form + " " + first(a.period) + " " + a.unit + " " + (i + 1);
                Map<String, BigDecimal> cells = kept.getOrDefault(id, Map.of());
                a.versions.get(i).cells().forEach((cell, value) -> assertThat(cells.get(cell)).as(id + " " + cell)
                        .isEqualByComparingTo(new BigDecimal(value)));
            }
        }
        assertThat(kept).hasSize(versions);
    }

    private static LocalDate first(String period) {
        LocalDate last = ProvinceYear.last(period);
        return last.withDayOfMonth(1).minusMonths(period.length() == 4 ? 11 : period.charAt(5) == 'Q' ? 2 : 0);
    }

    private static List<YearInSql.Asked> asked() {
        List<YearInSql.Asked> asked = new ArrayList<>();
        for (String[] each : own()) {
            LocalDate last = ProvinceYear.last(each[1]);
            boolean before = last.isBefore(CHANGE);
            asked.add(new YearInSql.Asked(each[0] + " " + each[1], each[0], first(each[1]), last, before ? "before" : "after", false));
            if (before) {
                asked.add(new YearInSql.Asked(each[0] + " " + each[1] + " restated", each[0], first(each[1]), last, "after", false));
            }
        }
        for (String[] each : longer()) {
            LocalDate last = each[1].endsWith("H1") ? LocalDate.of(2025, 6, 30) : each[1].endsWith("H2") ? LocalDate.of(2025, 12, 31)
                    : ProvinceYear.last(each[1]);
            LocalDate first = each[1].endsWith("H1") ? LocalDate.of(2025, 1, 1) : each[1].endsWith("H2") ? CHANGE : first(each[1]);
            asked.add(new YearInSql.Asked(each[0] + " " + each[1], each[0], first, last, last.isBefore(CHANGE) ? "before" : "after", true));
        }
        return asked;
    }

    private static List<String[]> own() {
        List<String[]> own = new ArrayList<>();
        for (int month = 1; month <= 12; month++) {
            own.add(new String[] {ProvinceYear.MONTHLY, "2025-%02d".formatted(month)});
        }
        List.of("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4").forEach(quarter -> own.add(new String[] {QUARTERLY, quarter}));
        own.add(new String[] {YEARLY, "2025"});
        return own;
    }

    private static List<String[]> longer() {
        List<String[]> longer = new ArrayList<>();
        List.of("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2025-H1", "2025-H2", "2025").forEach(p -> longer.add(new String[] {ProvinceYear.MONTHLY, p}));
        List.of("2025-H1", "2025-H2", "2025").forEach(p -> longer.add(new String[] {QUARTERLY, p}));
        return longer;
    }

    /** Every total that the hub tells, in every way in which it does; by what {@link #asked} calls it, and where it stood. */
    private Map<String, JsonNode> told() throws Exception {
        Map<String, JsonNode> told = new LinkedHashMap<>();
        for (String[] each : own()) {
            String id = each[0] + " " + each[1];
            LocalDate last = ProvinceYear.last(each[1]);
            List<String> above = units.on(last).values().stream().map(YearUnits.Unit::parent).filter(p -> !p.isEmpty()).distinct().sorted().toList();
            for (String unit : above) {
                JsonNode table = rest.get("/api/v1/reports/" + each[0] + "/" + each[1] + "/table?unit=" + unit);
                row(told, id, table.path("total"), each, last);
                table.path("rows").forEach(row -> row(told, id, row, each, last));
                table.path("restated").properties().forEach(e -> told.put(id + " restated|" + e.getKey() + "|" + unit, e.getValue()));
                assertThat(table.path("restated").isObject()).as(id).isEqualTo(last.isBefore(CHANGE));
            }
            index(told, id, rest.get("/api/v1/reports/" + each[0] + "/" + each[1] + "?unit=510000").path("total"));
            JsonNode recount = rest.post("/api/v1/reports/" + each[0] + "/" + each[1] + "/recount", "{}");
            assertThat(recount.path("differences")).as(recount.toString()).isEmpty();
        }
        for (String[] each : longer()) {
            index(told, each[0] + " " + each[1], rest.get("/api/v1/reports/" + each[0] + "/" + each[1] + "?unit=510000").path("total"));
        }
        return told;
    }

    /** Beside the values who has answered, which follows from what was played, too. */
    private void row(Map<String, JsonNode> told, String id, JsonNode row, String[] each, LocalDate last) {
        String unit = row.at("/unit/code").asText();
        told.put(id + "|" + unit + "|table", row.path("values"));
        List<PlayedAnswer> below = year.of(each[0], each[1], a -> isBelow(a.unit, unit, last));
        Map<String, Integer> stands = new TreeMap<>();
        below.forEach(a -> stands.merge(a.state(now), 1, Integer::sum));
        Map<String, Integer> told1 = new TreeMap<>();
        row.path("stands").properties().forEach(s -> told1.put(s.getKey(), s.getValue().asInt()));
        assertThat(told1).as("%s %s", id, unit).isEqualTo(stands);
        assertThat(row.path("late").asInt()).as("%s %s late", id, unit).isEqualTo((int) below.stream().filter(a -> a.late(now)).count());
        assertThat(row.path("received").asInt()).as("%s %s", id, unit).isEqualTo((int) below.stream().filter(a -> !a.versions.isEmpty()).count());
        assertThat(row.path("stale").asBoolean()).as("%s %s", id, unit).isEqualTo(stands.containsKey("RETURNED"));
    }

    private boolean isBelow(String unit, String above, LocalDate day) {
        Map<String, YearUnits.Unit> tree = units.on(day);
        for (String at = unit; tree.containsKey(at); at = tree.get(at).parent()) {
            if (at.equals(above)) {
                return true;
            }
        }
        return false;
    }

    private static void index(Map<String, JsonNode> told, String id, JsonNode total) {
        told.put(id + "|" + total.at("/unit/code").asText() + "|total", total.path("values"));
        total.path("parts").forEach(part -> index(told, id, part));
    }

    private void compare(Map<String, JsonNode> told, Map<String, Map<String, Map<String, BigDecimal>>> counted) {
        Map<String, Integer> compared = new HashMap<>();
        told.forEach((where, values) -> {
            String[] at = where.split("\\|");
            boolean after = at[0].endsWith("restated") || !lastOf(at[0].split(" ")[1]).isBefore(CHANGE);
            if (!(after ? units.after : units.before).containsKey(at[1])) {
                assertThat(at[1]).as("only what ended stands below its successor").isEqualTo(units.merged);
                return;
            }
            Map<String, BigDecimal> sums = counted.getOrDefault(at[0], Map.of()).getOrDefault(at[1], Map.of());
            compare(where, values, sums);
            compared.merge(at[0], 1, Integer::sum);
        });
        assertThat(compared.keySet()).as("everything that SQL counts was told").containsAll(counted.keySet());
        System.out.printf("ProvinceYearTest: %d totals of %d periods are those of SQL%n", told.size(), compared.size());
    }

    private static LocalDate lastOf(String period) {
        return period.endsWith("H1") ? LocalDate.of(2025, 6, 30) : period.endsWith("H2") ? LocalDate.of(2025, 12, 31) : ProvinceYear.last(period);
    }

    private static void compare(String where, JsonNode values, Map<String, BigDecimal> sums) {
        Map<String, String[]> ratios = where.startsWith(ProvinceYear.MONTHLY)
                ? Map.of("price", new String[] {"price*", "price/"}, "perHead", new String[] {"cost", "staff"})
                : Map.of("energyPerCapita", new String[] {"energy", "people"}, "energyPerArea", new String[] {"buildings", "area"},
                        "waterPerCapita", new String[] {"water", "people"}, "carbonPerArea", new String[] {"carbon", "area"});
        sums.forEach((cell, sum) -> {
            if (!cell.startsWith("price")) {
                assertThat(values.path(cell).decimalValue()).as("%s %s", where, cell).isEqualByComparingTo(sum);
            }
        });
        values.properties().forEach(value -> assertThat(ratios.containsKey(value.getKey()) || sums.containsKey(value.getKey())
                || List.of("grade", "nature").contains(value.getKey())).as("%s %s is in SQL, too", where, value.getKey()).isTrue());
        ratios.forEach((cell, of) -> {
            BigDecimal numerator = sums.get(of[0]);
            BigDecimal denominator = sums.get(of[1]);
            if (numerator == null || denominator == null || denominator.signum() == 0) {
                assertThat(values.has(cell)).as("%s %s", where, cell).isFalse();
            } else {
                assertThat(values.path(cell).decimalValue().multiply(denominator).subtract(numerator).abs()).as("%s %s", where, cell)
                        .isLessThan(new BigDecimal("1e-18"));
            }
        });
    }
}
