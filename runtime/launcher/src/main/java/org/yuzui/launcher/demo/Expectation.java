package org.yuzui.launcher.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the daily hospital report must show once all messages of a traffic are in, by day, then by unit. Units without
 * traffic on a day are there with zeros.
 */
public record Expectation(Map<LocalDate, Map<String, Figures>> byDay) {

    /**
     * One unit's figures of one day.
     *
     * @param inHouse inpatients at midnight at the end of the day
     */
    public record Figures(int outpatientVisits, int admissions, int discharges, int inHouse) {

        Figures plus(Figures other) {
            return new Figures(outpatientVisits + other.outpatientVisits, admissions + other.admissions,
                    discharges + other.discharges, inHouse + other.inHouse);
        }
    }

    /** The sum of all units whose code begins so; an empty text is all of them. */
    public Figures total(LocalDate day, String unitPrefix) {
        return byDay.getOrDefault(day, Map.of()).entrySet().stream()
                .filter(e -> e.getKey().startsWith(unitPrefix))
                .map(Map.Entry::getValue)
                .reduce(new Figures(0, 0, 0, 0), Figures::plus);
    }

    static Expectation of(Traffic.Plan plan, List<Visit> visits) {
        int days = plan.days();
        Map<String, int[][]> counts = new LinkedHashMap<>();
        plan.hospitals().forEach(h -> counts.computeIfAbsent(h.unit(), u -> new int[days][4]));
        for (Visit visit : visits) {
            count(counts.get(visit.hospital.unit()), plan, visit);
        }
        Map<LocalDate, Map<String, Figures>> byDay = new LinkedHashMap<>();
        for (int d = 0; d < days; d++) {
            Map<String, Figures> units = new LinkedHashMap<>();
            for (Map.Entry<String, int[][]> unit : counts.entrySet()) {
                int[] c = unit.getValue()[d];
                units.put(unit.getKey(), new Figures(c[0], c[1], c[2], c[3]));
            }
            byDay.put(plan.from().plusDays(d), units);
        }
        return new Expectation(byDay);
    }

    /** A visit counts by its final state: a cancelled admission never was, a cancelled discharge neither. */
    private static void count(int[][] unit, Traffic.Plan plan, Visit visit) {
        if (visit.cancelled) {
            return;
        }
        int begun = (int) (visit.begun.toLocalDate().toEpochDay() - plan.from().toEpochDay());
        if (!visit.inpatient) {
            unit[begun][0]++;
            return;
        }
        unit[begun][1]++;
        int ended = visit.ended == null ? plan.days()
                : (int) (visit.ended.toLocalDate().toEpochDay() - plan.from().toEpochDay());
        if (ended < plan.days()) {
            unit[ended][2]++;
        }
        for (int d = begun; d < ended; d++) {
            unit[d][3]++;
        }
    }

    /** For JSON: {@code {days: [{day, total, units: [{unit, …}]}]}}. */
    public Map<String, Object> toMap() {
        List<Object> days = new ArrayList<>();
        byDay.forEach((day, units) -> {
            List<Object> rows = new ArrayList<>();
            units.forEach((unit, figures) -> rows.add(row("unit", unit, figures)));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("day", day.toString());
            one.put("total", row(null, null, total(day, "")));
            one.put("units", rows);
            days.add(one);
        });
        return Map.of("days", days);
    }

    private static Map<String, Object> row(String key, String value, Figures f) {
        Map<String, Object> row = new LinkedHashMap<>();
        if (key != null) {
            row.put(key, value);
        }
        row.put("outpatientVisits", f.outpatientVisits);
        row.put("admissions", f.admissions);
        row.put("discharges", f.discharges);
        row.put("inHouse", f.inHouse);
        return row;
    }
}
