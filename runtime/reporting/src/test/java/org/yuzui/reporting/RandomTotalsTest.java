package org.yuzui.reporting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.store.Store;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Totals under random submissions and corrections are those that plain counting over all of them gives. */
@ExtendWith(TestStore.class)
class RandomTotalsTest {

    private static final LocalDate FROM = LocalDate.parse("2026-10-25");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    /** What was answered last for a unit and a day. */
    private final Map<String, Map<LocalDate, Map<String, BigDecimal>>> answered = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20261122, 256})
    void totalsAreWhatCountingGives(long seed, Store store) {
        Reports reports = Site.open(store);
        Random random = new Random(seed);
        List<String> hospitals = reports.form("hospital-daily").orElseThrow().respondents();
        for (int i = 0; i < 600; i++) {
            String unit = hospitals.get(random.nextInt(hospitals.size()));
            LocalDate day = FROM.plusDays(random.nextInt(30));
            Map<LocalDate, Map<String, BigDecimal>> days = answered.computeIfAbsent(unit, u -> new HashMap<>());
            boolean repeat = days.containsKey(day) && random.nextBoolean();
            Map<String, BigDecimal> values = repeat ? days.get(day) : randomValues(random);
            ObjectNode answer = Site.answer(unit, day.toString());
            values.forEach(((ObjectNode) answer.get("values"))::put);
            reports.submit("hospital-daily", answer, null);
            days.put(day, values);
        }

        for (String period : List.of("2026-11", "2026-10", "2026-11-22", "2026-11-01", "2026-11-23")) {
            check(reports.total("hospital-daily", Period.parse(period), "510000"), Period.parse(period));
        }
        for (Unit city : Site.UNITS.children("510000")) {
            check(reports.total("hospital-daily", Period.parse("2026-11"), city.code()), Period.parse("2026-11"));
        }
    }

    /** Forms of every kind of period, with flows, stocks and peaks, over every period that they add up to. */
    @ParameterizedTest(name = "by {0}")
    @EnumSource(Period.Kind.class)
    void formsOfAllKindsAddUp(Period.Kind by, Store store) {
        Reports reports = Site.empty(store);
        reports.deploy(new FixturePlugin("p").form("kinds", """
                period: %s
                respondents: {level: institution, code: ["5101*", "5103*"]}
                indicators:
                  - {code: flow}
                  - {code: stock, kind: last}
                  - {code: peak, kind: max}
                  - {code: share, kind: ratio, numerator: flow, denominator: stock}
                """.formatted(by))).start();
        Random random = new Random(47);
        List<String> hospitals = reports.form("kinds").orElseThrow().respondents();
        Map<String, Map<Period, Map<String, BigDecimal>>> all = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            String unit = hospitals.get(random.nextInt(hospitals.size()));
            LocalDate day = TODAY.minusDays(random.nextInt(random.nextBoolean() ? 40 : 700));
            Map<String, BigDecimal> values = new HashMap<>();
            List.of("flow", "stock", "peak").forEach(code ->
                    values.put(code, BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(4))));
            ObjectNode answer = Site.answer(unit, day.toString());
            if (random.nextBoolean()) {
                answer.put("period", Period.of(by, day).toString());
            }
            values.forEach(((ObjectNode) answer.get("values"))::put);
            reports.submit("kinds", answer, null);
            all.computeIfAbsent(unit, u -> new HashMap<>()).put(Period.of(by, day), values);
        }

        for (Period.Kind over : Period.Kind.values()) {
            for (LocalDate day = TODAY.plusDays(9); day.isAfter(LocalDate.of(2025, 9, 9)); day = day.minusDays(23)) {
                Period period = Period.of(over, day);
                if (over.consistsOf(by)) {
                    checkKinds(reports.total("kinds", period, "510000"), period, by, hospitals, all);
                } else {
                    assertThatThrownBy(() -> reports.total("kinds", period, "510000"))
                            .hasMessageContaining("is answered by " + by + ", and the " + period.kind());
                }
            }
        }
    }

    private static void checkKinds(Total total, Period period, Period.Kind by, List<String> hospitals,
                                   Map<String, Map<Period, Map<String, BigDecimal>>> all) {
        Set<Period> periods = period.first().datesUntil(period.last().plusDays(1)).filter(day -> !day.isAfter(TODAY))
                .map(day -> Period.of(by, day)).collect(Collectors.toCollection(LinkedHashSet::new));
        BigDecimal flow = BigDecimal.ZERO;
        BigDecimal stock = BigDecimal.ZERO;
        BigDecimal peak = BigDecimal.ZERO;
        Map<String, Integer> missing = new HashMap<>();
        int received = 0;
        for (String unit : hospitals) {
            BigDecimal last = BigDecimal.ZERO;
            for (Period each : periods) {
                Map<String, BigDecimal> values = all.getOrDefault(unit, Map.of()).get(each);
                if (values == null) {
                    missing.merge(unit, 1, Integer::sum);
                    continue;
                }
                received++;
                flow = flow.add(values.get("flow"));
                last = values.get("stock");
                peak = peak.max(values.get("peak"));
            }
            stock = stock.add(last);
        }
        assertThat(total.expected()).as("%s of %s", period, by).isEqualTo(hospitals.size() * periods.size());
        assertThat(total.received()).isEqualTo(received);
        assertThat(total.missing()).isEqualTo(missing);
        if (received > 0) {
            assertThat(total.values().get("flow")).isEqualByComparingTo(flow);
            assertThat(total.values().get("stock")).as("%s of %s", period, by).isEqualByComparingTo(stock);
            assertThat(total.values().get("peak")).isEqualByComparingTo(peak);
            checkRatio(total, "share", flow, stock, 1);
        }
    }

    private void check(Total total, Period period) {
        Map<String, BigDecimal> sums = new HashMap<>();
        Map<String, Integer> missing = new HashMap<>();
        int expected = 0;
        int received = 0;
        for (Unit unit : Site.UNITS.all()) {
            if (unit.level() != Unit.Level.INSTITUTION || !isBelow(unit, total.unit())) {
                continue;
            }
            for (LocalDate day = period.first(); !day.isAfter(period.last()) && !day.isAfter(TODAY); day = day.plusDays(1)) {
                expected++;
                Map<String, BigDecimal> values = answered.getOrDefault(unit.code(), Map.of()).get(day);
                if (values == null) {
                    missing.merge(unit.code(), 1, Integer::sum);
                } else {
                    received++;
                    values.forEach((code, value) -> sums.merge(code, value, BigDecimal::add));
                }
            }
        }
        assertThat(total.expected()).isEqualTo(expected);
        assertThat(total.received()).isEqualTo(received);
        assertThat(total.missing()).isEqualTo(missing);
        for (String code : Site.SUMS) {
            if (received == 0) {
                assertThat(total.values()).as(total.unit().code()).isEmpty();
            } else {
                assertThat(total.values().get(code)).as(total.unit().code() + " " + code)
                        .isEqualByComparingTo(sums.get(code));
            }
        }
        checkRatio(total, "occupancy", sums.get("bedsOccupied"), sums.get("bedsOpen"), 100);
        checkRatio(total, "meanStay", sums.get("dischargedBedDays"), sums.get("discharges"), 1);
        Set<String> parts = new HashSet<>();
        total.parts().forEach(part -> {
            assertThat(part.unit().parent()).isEqualTo(total.unit().code());
            assertThat(parts.add(part.unit().code())).isTrue();
            check(part, period);
        });
    }

    /** A ratio is right when multiplying it out gives back its numerator. */
    private static void checkRatio(Total total, String code, BigDecimal numerator, BigDecimal denominator, int factor) {
        BigDecimal ratio = total.values().get(code);
        if (denominator == null || denominator.signum() == 0) {
            assertThat(ratio).as(total.unit().code() + " " + code).isNull();
            return;
        }
        BigDecimal error = ratio.multiply(denominator).subtract(numerator.multiply(BigDecimal.valueOf(factor))).abs();
        assertThat(error).as(total.unit().code() + " " + code).isLessThan(new BigDecimal("1e-20"));
    }

    private static boolean isBelow(Unit unit, Unit above) {
        for (Unit at = unit; ; at = Site.UNITS.find(at.parent()).orElseThrow()) {
            if (at.code().equals(above.code())) {
                return true;
            }
            if (at.parent() == null) {
                return false;
            }
        }
    }

    private static Map<String, BigDecimal> randomValues(Random random) {
        Map<String, BigDecimal> values = new HashMap<>();
        for (String code : Site.SUMS) {
            boolean nothing = random.nextInt(5) == 0;
            values.put(code, nothing ? BigDecimal.ZERO : BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(4)));
        }
        return values;
    }
}
