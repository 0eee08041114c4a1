package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Every total that the hub tells of the year, in every way in which it does, to be held against what SQL counts. */
final class YearTotals {

    private static final String RESTATED = " restated";

    private final ProvinceYear year;
    private final YearUnits units;
    /** By what {@link #asked} calls it, and where it stood. */
    private final Map<String, JsonNode> told = new LinkedHashMap<>();

    private YearTotals(ProvinceYear year, YearUnits units) {
        this.year = year;
        this.units = units;
    }

    static YearTotals told(Rest rest, ProvinceYear year, YearUnits units) throws Exception {
        YearTotals totals = new YearTotals(year, units);
        for (PlayedPeriod each : own()) {
            totals.tables(rest, each);
            totals.index(each.id(), rest.get(each.report() + "?unit=" + YearUnits.PROVINCE).path("total"));
            JsonNode recount = rest.post(each.report() + "/recount", "{}");
            assertThat(recount.path("differences")).as(recount.toString()).isEmpty();
        }
        for (PlayedPeriod each : longer()) {
            totals.index(each.id(), rest.get(each.report() + "?unit=" + YearUnits.PROVINCE).path("total"));
        }
        return totals;
    }

    private static List<PlayedPeriod> own() {
        List<PlayedPeriod> own = new ArrayList<>();
        for (int month = 1; month <= 12; month++) {
            own.add(new PlayedPeriod(ProvinceYear.MONTHLY, "2025-%02d".formatted(month)));
        }
        List.of("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4").forEach(quarter -> own.add(new PlayedPeriod(PlayedYear.QUARTERLY, quarter)));
        own.add(new PlayedPeriod(PlayedYear.YEARLY, "2025"));
        return own;
    }

    private static List<PlayedPeriod> longer() {
        List<PlayedPeriod> longer = new ArrayList<>();
        List.of("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2025-H1", "2025-H2", "2025")
                .forEach(p -> longer.add(new PlayedPeriod(ProvinceYear.MONTHLY, p)));
        List.of("2025-H1", "2025-H2", "2025").forEach(p -> longer.add(new PlayedPeriod(PlayedYear.QUARTERLY, p)));
        return longer;
    }

    private void tables(Rest rest, PlayedPeriod each) throws Exception {
        List<String> above = units.on(each.last()).values().stream().map(YearUnits.Unit::parent).filter(p -> !p.isEmpty()).distinct().sorted().toList();
        for (String unit : above) {
            JsonNode table = rest.get(each.report() + "/table?unit=" + unit);
            row(each, table.path("total"));
            table.path("rows").forEach(row -> row(each, row));
            table.path("restated").properties().forEach(e -> told.put(each.id() + RESTATED + "|" + e.getKey() + "|" + unit, e.getValue()));
            assertThat(table.path("restated").isObject()).as(each.id()).isEqualTo(isBefore(each));
        }
    }

    /** Beside the values who has answered, which follows from what was played, too. */
    private void row(PlayedPeriod each, JsonNode row) {
        String unit = row.at("/unit/code").asText();
        told.put(each.id() + "|" + unit + "|table", row.path("values"));
        List<PlayedAnswer> below = year.of(each, a -> isBelow(a.unit, unit, each.last()));
        Map<String, Integer> played = new TreeMap<>();
        below.forEach(a -> played.merge(a.state(year.now()), 1, Integer::sum));
        Map<String, Integer> stands = new TreeMap<>();
        row.path("stands").properties().forEach(s -> stands.put(s.getKey(), s.getValue().asInt()));
        String as = each.id() + " " + unit;
        assertThat(stands).as(as).isEqualTo(played);
        assertThat(row.path("late").asInt()).as(as + " late").isEqualTo((int) below.stream().filter(a -> a.late(year.now())).count());
        assertThat(row.path("received").asInt()).as(as).isEqualTo((int) below.stream().filter(a -> !a.versions.isEmpty()).count());
        assertThat(row.path("stale").asBoolean()).as(as).isEqualTo(played.containsKey("RETURNED"));
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

    private void index(String id, JsonNode total) {
        told.put(id + "|" + total.at("/unit/code").asText() + "|total", total.path("values"));
        total.path("parts").forEach(part -> index(id, part));
    }

    /** Added up by the tree that was before the change; restated by the one after it. */
    private boolean isBefore(PlayedPeriod each) {
        return each.last().isBefore(units.change);
    }

    /** What SQL has to count. */
    List<YearInSql.Asked> asked() {
        List<YearInSql.Asked> asked = new ArrayList<>();
        for (PlayedPeriod each : own()) {
            asked.add(asked(each, each.id(), isBefore(each), false));
            if (isBefore(each)) {
                asked.add(asked(each, each.id() + RESTATED, false, false));
            }
        }
        longer().forEach(each -> asked.add(asked(each, each.id(), isBefore(each), true)));
        return asked;
    }

    private static YearInSql.Asked asked(PlayedPeriod each, String id, boolean before, boolean longer) {
        return new YearInSql.Asked(id, each.form(), each.first(), each.last(), before ? "before" : "after", longer);
    }

    void areThoseOf(Map<String, Map<String, Map<String, BigDecimal>>> counted) {
        Map<String, Integer> compared = new HashMap<>();
        told.forEach((where, values) -> {
            String[] at = where.split("\\|");
            boolean after = at[0].endsWith(RESTATED) || !PlayedPeriod.last(at[0].split(" ")[1]).isBefore(units.change);
            if (!(after ? units.after : units.before).containsKey(at[1])) {
                assertThat(at[1]).as("only what ended stands below its successor").isEqualTo(units.merged);
                return;
            }
            compare(where, values, counted.getOrDefault(at[0], Map.of()).getOrDefault(at[1], Map.of()));
            compared.merge(at[0], 1, Integer::sum);
        });
        assertThat(compared.keySet()).as("everything that SQL counts was told").containsAll(counted.keySet());
        System.out.printf("ProvinceYearTest: %d totals of %d periods are those of SQL%n", told.size(), compared.size());
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
