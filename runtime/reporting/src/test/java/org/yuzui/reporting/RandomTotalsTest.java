package org.yuzui.reporting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.store.Store;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

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
