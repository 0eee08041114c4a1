package org.yuzui.reporting;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuzui.kernel.SettableClock;
import org.yuzui.reporting.Standing.State;
import org.yuzui.store.Store;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.reporting.Site.json;

/**
 * Half a year of a small province in which anything happens: answers, corrections, returns, exemptions, and units that are merged,
 * moved, renamed and founded, by dates before and after the day on which somebody writes them down. Kept totals, totals that are added
 * up when asked, and restated ones are those that plain counting gives. One seed: {@code -Dyuzui.seed=7}.
 */
@ExtendWith(TestStore.class)
class RandomTreeTest {

    private static final String FORM = """
            title: {zh: 月报, en: Monthly}
            period: month
            respondents: {level: institution}
            deadline: {workdays: 5}
            review: [county, city, province]
            indicators:
              - {code: flow, signed: true}
              - {code: stock, kind: last}
              - {code: peak, kind: max, optional: true, signed: true}
              - {code: price, kind: weighted, weight: flow, optional: true}
              - {code: share, kind: ratio, numerator: flow, denominator: stock, factor: 100}
              - {code: twice, formula: flow * 2, signed: true}
              - {code: kind, kind: choice, choices: {1: a, 2: b}}
            """;
    private static final Signature CLERK = new Signature("z", "rest");

    private enum Act { HAND_IN, AGAIN, ACCEPT, RETURN, EXCUSE, MERGE_INSTITUTION, MERGE_COUNTY, MOVE_INSTITUTION, MOVE_COUNTY, RENAME, FOUND, MONTH }

    /** @param luck decides what the act leaves open */
    private record Step(Act act, long luck) {
    }

    @TempDir
    private Path folder;

    static LongStream seeds() {
        Long one = Long.getLong("yuzui.seed");
        return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, 8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensTotalsAreWhatCountingGives(long seed, Store store) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int n = random.nextInt(100);
            Act act = n < 55 ? Act.HAND_IN : n < 60 ? Act.AGAIN : n < 70 ? Act.ACCEPT : n < 77 ? Act.RETURN : n < 80 ? Act.EXCUSE
                    : n < 82 ? Act.MERGE_INSTITUTION : n < 84 ? Act.MERGE_COUNTY : n < 87 ? Act.MOVE_INSTITUTION : n < 90 ? Act.MOVE_COUNTY
                    : n < 91 ? Act.RENAME : n < 93 ? Act.FOUND : Act.MONTH;
            steps.add(new Step(act, random.nextLong()));
        }
        Shrinking.play("seed " + seed, steps, fewer -> {
            TestStore.empty(store);
            new Game(store).play(fewer);
        });
    }

    /** One run of steps, with what was played in plain collections. */
    private final class Game {
        private final Store store;
        private final PlayedUnits units = new PlayedUnits();
        private final SettableClock clock = new SettableClock(Instant.parse("2026-01-10T02:00:00Z"), ZoneOffset.UTC);
        private final Map<Period, Map<String, Map<String, BigDecimal>>> answers = new TreeMap<>((a, b) -> a.first().compareTo(b.first()));
        private final Map<Period, Set<String>> expected = new LinkedHashMap<>();
        private final Map<Period, Set<String>> excused = new HashMap<>();
        private Reports reports;

        Game(Store store) {
            this.store = store;
            start();
        }

        private LocalDate today() {
            return clock.instant().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
        }

        /** The hub is started, and opens the month. */
        private void start() {
            reports = Reporting.open(units.load(folder.resolve("config/org"), today()), store, FormRulesTest.calendar(), clock,
                    ZoneId.of("Asia/Shanghai"));
            reports.deploy(new FixturePlugin("p").form("monthly", FORM)).start();
            reports.duties().openPeriods();
            expected.computeIfAbsent(Period.of(Period.Kind.MONTH, today()), p -> new HashSet<>(units.on(today(), "institution")));
        }

        void play(List<Step> steps) {
            for (Step step : steps) {
                Random luck = new Random(step.luck);
                switch (step.act) {
                    case HAND_IN -> handIn(one(expected.keySet(), luck), luck, values(luck));
                    case AGAIN -> handIn(one(expected.keySet(), luck), luck, null);
                    case ACCEPT, RETURN -> review(one(expected.keySet(), luck), luck, step.act == Act.ACCEPT);
                    case EXCUSE -> excuse(one(expected.keySet(), luck), luck);
                    case MONTH -> nextMonth(luck);
                    default -> change(step.act, luck);
                }
            }
            check();
        }

        /** Of 2026: the working days of the next year aren't known. */
        private void nextMonth(Random luck) {
            if (today().getMonthValue() < 11) {
                clock.set(today().plusMonths(1).withDayOfMonth(1 + luck.nextInt(27)) + "T02:00:00Z");
                start();
            }
        }

        private void handIn(Period period, Random luck, String values) {
            Map<String, String> then = units.on(last(period));
            List<String> all = then.keySet().stream().filter(u -> expected.get(period).contains(u) || units.on(today(), "institution").contains(u))
                    .filter(u -> u.contains("-") || u.startsWith("N")).toList();
            String unit = all.get(luck.nextInt(all.size()));
            Map<String, BigDecimal> before = answers.getOrDefault(period, Map.of()).get(unit);
            if (values == null && before == null) {
                return;
            }
            String text = values != null ? values : said(before);
            Submission submission = reports.submissions().handIn("monthly", period, unit, json(text), null, CLERK);
            answers.computeIfAbsent(period, p -> new TreeMap<>()).put(unit, submission.values());
            expected.get(period).add(unit);
        }

        private void review(Period period, Random luck, boolean accept) {
            List<Standing> waiting = reports.reviews().standings("monthly", period).values().stream().filter(s -> s.waitsFor() != null).toList();
            if (waiting.isEmpty()) {
                return;
            }
            Standing one = waiting.get(luck.nextInt(waiting.size()));
            if (accept) {
                reports.reviews().accept("monthly", period, one.unit(), one.version(), one.waitsFor(), null, "w");
            } else {
                reports.reviews().giveBack("monthly", period, one.unit(), one.version(), one.waitsFor(), List.of(new Review.Reason("flow", "?")), 3, "w");
            }
        }

        private void excuse(Period period, Random luck) {
            String unit = one(reports.reviews().standings("monthly", period).keySet(), luck);
            boolean valid = luck.nextInt(3) > 0;
            reports.reviews().except("monthly", period, unit, Exemption.Kind.EXCUSED, null, valid, "r", "w");
            Set<String> now = excused.computeIfAbsent(period, p -> new HashSet<>());
            if (valid) {
                now.add(unit);
            } else {
                now.remove(unit);
            }
        }

        /** Somebody writes down what was, or will be, so; where periods ended before, everybody stands as before. */
        private void change(Act act, Random luck) {
            LocalDate day = today().plusDays(luck.nextInt(60) - 35);
            String county = one(units.on(day, "county"), luck);
            String institution = one(units.on(day, "institution"), luck);
            Map<Period, Map<String, State>> before = states(day);
            boolean done = switch (act) {
                case MERGE_INSTITUTION -> units.merge(institution, one(units.on(day, "institution"), luck), day);
                case MERGE_COUNTY -> units.merge(county, one(units.on(day, "county"), luck), day);
                case MOVE_INSTITUTION -> units.move(institution, one(units.on(day, luck.nextBoolean() ? "county" : "city"), luck), day);
                case MOVE_COUNTY -> units.move(county, one(units.on(day, "city"), luck), day);
                case RENAME -> units.rename(luck.nextBoolean() ? county : institution, "改名", day);
                default -> units.found(county, day);
            };
            if (done) {
                start();
                assertThat(states(day)).as("where they stood before %s", day).isEqualTo(before);
                check();
            }
        }

        private Map<Period, Map<String, State>> states(LocalDate day) {
            Map<Period, Map<String, State>> states = new LinkedHashMap<>();
            expected.keySet().stream().filter(p -> last(p).isBefore(day) && p.last().isBefore(day)).forEach(p -> {
                Map<String, State> stands = new TreeMap<>();
                reports.reviews().standings("monthly", p).values().forEach(s -> stands.put(s.unit(), s.state()));
                states.put(p, stands);
            });
            return states;
        }

        private LocalDate last(Period period) {
            return period.last().isAfter(today()) ? today() : period.last();
        }

        private void check() {
            expected.keySet().forEach(this::checkTables);
            expected.keySet().forEach(p -> assertThat(reports.totals().recount("monthly", p).differences()).as(p.toString()).isEmpty());
            expected.keySet().forEach(p -> checkTotal(reports.total("monthly", p, "P"), List.of(p), units.on(last(p)), false));
            for (Period longer : List.of(Period.parse("2026-Q1"), Period.parse("2026-H1"), Period.parse("2026"))) {
                checkTotal(reports.total("monthly", longer, "P"), expected.keySet().stream().filter(p -> !p.first().isBefore(longer.first())
                        && !p.last().isAfter(longer.last())).toList(), units.on(last(longer)), true);
            }
        }

        private void checkTables(Period period) {
            Map<String, String> tree = units.on(last(period));
            Map<String, String> now = units.on(today());
            for (String unit : tree.keySet()) {
                Totals.Table table = reports.totals().table("monthly", period, unit);
                checkRow(period, table.total(), tree);
                table.rows().forEach(row -> checkRow(period, row, tree));
                if (!tree.equals(now)) {
                    assertThat(table.restated()).as("%s %s restated", period, unit).isNotNull();
                    table.restated().forEach((code, values) -> assertThat(values).as("%s %s restated", period, code)
                            .isEqualTo(counted(List.of(period), code, now, false)));
                }
            }
        }

        private void checkRow(Period period, Totals.Row row, Map<String, String> tree) {
            String at = period + " " + row.unit().code();
            assertThat(row.values()).as(at).isEqualTo(counted(List.of(period), row.unit().code(), tree, false));
            Set<String> answered = answers.getOrDefault(period, Map.of()).keySet();
            List<String> asked = expected.get(period).stream().filter(u -> tree.containsKey(u) && isBelow(u, row.unit().code(), tree)).toList();
            assertThat(row.received()).as(at).isEqualTo((int) asked.stream().filter(answered::contains).count());
            assertThat(row.expected()).as(at).isEqualTo((int) asked.stream().filter(u -> answered.contains(u)
                    || !excused.getOrDefault(period, Set.of()).contains(u)).count());
        }

        private void checkTotal(Total total, List<Period> periods, Map<String, String> tree, boolean longer) {
            if (tree.containsKey(total.unit().code())) {
                assertThat(total.values()).as("%s of %s", total.unit().code(), periods)
                        .isEqualTo(counted(periods, total.unit().code(), tree, longer));
            }
            total.parts().forEach(part -> checkTotal(part, periods, tree, longer));
        }

        /** @param longer whether what a unit had is its successor's as soon as that one has answered later */
        private Map<String, BigDecimal> counted(List<Period> periods, String unit, Map<String, String> tree, boolean longer) {
            Map<String, BigDecimal> sums = new HashMap<>();
            Map<String, BigDecimal> stocks = new HashMap<>();
            Map<String, BigDecimal> kinds = new HashMap<>();
            periods.forEach(period -> answers.getOrDefault(period, Map.of()).forEach((from, values) -> {
                String at = units.goesOn(from, tree.keySet());
                if (!tree.containsKey(at) || !isBelow(at, unit, tree)) {
                    return;
                }
                sums.merge("flow", values.get("flow"), BigDecimal::add);
                sums.merge("twice", values.get("flow").multiply(BigDecimal.valueOf(2)), BigDecimal::add);
                if (values.containsKey("peak")) {
                    sums.merge("peak", values.get("peak"), BigDecimal::max);
                }
                if (values.containsKey("price")) {
                    sums.merge("price*", values.get("price").multiply(values.get("flow")), BigDecimal::add);
                    sums.merge("price/", values.get("flow"), BigDecimal::add);
                }
                if (!longer || at.equals(from) || periods.stream().noneMatch(p -> p.first().isAfter(period.first())
                        && answers.getOrDefault(p, Map.of()).containsKey(at))) {
                    stocks.put(from, values.get("stock"));
                } else {
                    stocks.remove(from);
                }
                if (from.equals(unit)) {
                    kinds.put("kind", values.get("kind"));
                }
            }));
            stocks.values().forEach(stock -> sums.merge("stock", stock, BigDecimal::add));
            Map<String, BigDecimal> counted = new HashMap<>(kinds);
            List.of("flow", "twice", "peak", "stock").forEach(code -> put(counted, code, sums.get(code)));
            put(counted, "price", ratio(sums.get("price*"), sums.get("price/"), 1));
            put(counted, "share", ratio(sums.get("flow"), sums.get("stock"), 100));
            return counted;
        }
    }

    private static void put(Map<String, BigDecimal> into, String code, BigDecimal value) {
        if (value != null) {
            into.put(code, value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros().scale() < 0 ? value.setScale(0)
                    : value.stripTrailingZeros());
        }
    }

    private static BigDecimal ratio(BigDecimal numerator, BigDecimal denominator, int factor) {
        return numerator == null || denominator == null || denominator.signum() == 0 ? null
                : numerator.multiply(BigDecimal.valueOf(factor)).divide(denominator, java.math.MathContext.DECIMAL128);
    }

    private static boolean isBelow(String unit, String above, Map<String, String> tree) {
        for (String at = unit; at != null && !at.isEmpty(); at = tree.get(at)) {
            if (at.equals(above)) {
                return true;
            }
        }
        return false;
    }

    private static <T> T one(Collection<T> of, Random luck) {
        return List.copyOf(of).get(luck.nextInt(of.size()));
    }

    private static String values(Random random) {
        StringBuilder values = new StringBuilder("{'flow': %s, 'stock': %d, 'kind': %d".formatted(
                BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, random.nextInt(5)).toPlainString(), random.nextInt(3), 1 + random.nextInt(2)));
        if (random.nextBoolean()) {
            values.append(", 'peak': ").append(random.nextInt(5) - 3);
        }
        if (random.nextBoolean()) {
            values.append(", 'price': 0.").append(random.nextInt(1000));
        }
        return values.append('}').toString();
    }

    private static String said(Map<String, BigDecimal> values) {
        StringBuilder text = new StringBuilder("{");
        values.forEach((code, value) -> {
            if (!code.equals("twice")) {
                text.append(text.length() > 1 ? ", " : "").append('\'').append(code).append("': ").append(value.toPlainString());
            }
        });
        return text.append('}').toString();
    }
}
