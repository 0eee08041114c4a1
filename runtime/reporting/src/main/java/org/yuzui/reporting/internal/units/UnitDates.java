package org.yuzui.reporting.internal.units;

import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The days on which units come, change and go. */
final class UnitDates {

    private UnitDates() {
    }

    /** The first days of all trees that there are; at least one. */
    static List<LocalDate> changes(List<UnitRow> rows) {
        Set<LocalDate> days = new TreeSet<>(Set.of(LocalDate.of(1949, 10, 1)));
        rows.forEach(row -> {
            if (row.from() != null) {
                days.add(row.from());
            }
            if (row.to() != null) {
                days.add(row.to().plusDays(1));
            }
        });
        return List.copyOf(days);
    }

    /** The code under which each unit that is no more goes on, as its last line says. */
    static Map<String, String> successors(List<UnitRow> rows) {
        Map<String, String> into = new HashMap<>();
        rows.stream().filter(r -> r.into() != null).forEach(r -> into.put(r.unit().code(), r.into()));
        return into;
    }

    static List<Problem> problems(List<UnitRow> rows) {
        List<Problem> problems = new ArrayList<>();
        Map<String, List<UnitRow>> byCode = new HashMap<>();
        for (UnitRow row : rows) {
            List<UnitRow> same = byCode.computeIfAbsent(row.unit().code(), c -> new ArrayList<>());
            same.stream().filter(other -> (other.isDated() || row.isDated()) && other.overlaps(row)).findFirst()
                    .ifPresent(other -> problems.add(row.problem("overlapping-dates", "from", "'" + row.unit().code()
                            + "' stands already at " + other.place() + " for some of these days.",
                            "Let one end on the day before the other begins.")));
            same.add(row);
        }
        Map<String, String> into = successors(rows);
        for (UnitRow row : rows) {
            if (row.into() != null && !byCode.containsKey(row.into())) {
                problems.add(row.problem("unknown-successor", "into", "The unit '" + row.into() + "' that '" + row.unit().code()
                        + "' goes on in is in no file.", KnownKeys.cure(row.into(), byCode.keySet())));
            } else if (row.into() != null && goesRound(row.unit().code(), into)) {
                problems.add(row.problem("successor-cycle", "into", "'" + row.unit().code() + "' would go on in itself.",
                        "Correct what it was merged into."));
            }
        }
        return problems;
    }

    private static boolean goesRound(String start, Map<String, String> into) {
        Set<String> seen = new HashSet<>();
        String at = start;
        while (at != null && seen.add(at)) {
            at = into.get(at);
        }
        return start.equals(at);
    }
}
