package org.yuzui.reporting.internal.units;

import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.reporting.Unit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether the rows of all files make one tree; says everything that is in the way of it. */
public final class UnitTreeCheck {

    private final Map<String, UnitRow> byCode = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private final List<UnitCsv> files;

    private UnitTreeCheck(List<UnitCsv> files) {
        this.files = files;
    }

    /** The tree of every day on which it changes, and what became of the units that are no more. */
    public static List<Problem> check(List<UnitCsv> files) {
        List<UnitRow> rows = files.stream().flatMap(f -> f.rows().stream()).toList();
        Set<Problem> problems = new LinkedHashSet<>(UnitDates.problems(rows));
        for (LocalDate day : UnitDates.changes(rows)) {
            problems.addAll(check(files, rows.stream().filter(r -> r.isOn(day)).toList()));
        }
        return List.copyOf(problems);
    }

    private static List<Problem> check(List<UnitCsv> files, List<UnitRow> rows) {
        UnitTreeCheck check = new UnitTreeCheck(files);
        rows.forEach(check::register);
        Set<String> inCycle = check.cycles();
        UnitRow root = null;
        for (UnitRow row : check.byCode.values()) {
            if (row.unit().parent() != null) {
                check.parent(row, inCycle.contains(row.unit().code()));
            } else if (root == null) {
                root = check.root(row);
            } else {
                check.problems.add(row.problem("second-root", "parent", "'" + row.unit().code()
                        + "' has no parent, as '" + root.unit().code() + "' at " + root.place() + ".",
                        "Name the unit above it; only the province has none."));
            }
        }
        boolean allSeen = files.stream().allMatch(f -> f.whole() && f.spoiled().isEmpty());
        if (root == null && allSeen && check.problems.isEmpty() && !rows.isEmpty()) {
            UnitRow first = rows.get(0);
            check.problems.add(first.problem("no-root", "parent", "No unit is the province.",
                    "Add a unit of the level province without a parent."));
        }
        return check.problems;
    }

    private void register(UnitRow row) {
        UnitRow first = byCode.putIfAbsent(row.unit().code(), row);
        if (first != null && !first.isDated() && !row.isDated()) {
            problems.add(row.problem("duplicate-code", "code", "The code '" + row.unit().code()
                    + "' stands already at " + first.place() + ".", "Remove one of the two lines."));
        }
    }

    private UnitRow root(UnitRow row) {
        if (row.unit().level() != Unit.Level.PROVINCE) {
            problems.add(row.problem("missing-parent", "parent", "The " + name(row.unit().level()) + " '"
                    + row.unit().code() + "' has no parent.", "Name the unit above it; only the province has none."));
            return null;
        }
        return row;
    }

    private void parent(UnitRow row, boolean inCycle) {
        Unit unit = row.unit();
        UnitRow above = byCode.get(unit.parent());
        if (above == null && files.stream().anyMatch(f -> !f.whole() || f.spoiled().contains(unit.parent()))) {
            return; // it is on a line that is complained about already
        }
        if (above == null) {
            problems.add(row.problem("unknown-parent", "parent", "The unit '" + unit.parent() + "' above '" + unit.code()
                    + "' is in no file.", KnownKeys.nearest(unit.parent(), byCode.keySet())
                    .map(k -> "Did you mean '" + k + "'?").orElse("Add it, or name another one.")));
        } else if (!inCycle && unit.level().compareTo(above.unit().level()) <= 0) {
            problems.add(row.problem("wrong-level", "level", "A " + name(unit.level()) + " ('" + unit.code()
                    + "') can't stand below a " + name(above.unit().level()) + " ('" + unit.parent() + "').",
                    "Correct its level or its parent."));
        }
    }

    /** Reports each cycle once; gives the codes of all that are in one. */
    private Set<String> cycles() {
        Set<String> settled = new HashSet<>();
        Set<String> inCycle = new HashSet<>();
        for (UnitRow start : byCode.values()) {
            List<String> path = new ArrayList<>();
            Set<String> onPath = new HashSet<>();
            UnitRow at = start;
            while (at != null && settled.add(at.unit().code())) {
                path.add(at.unit().code());
                onPath.add(at.unit().code());
                at = at.unit().parent() == null ? null : byCode.get(at.unit().parent());
            }
            if (at != null && onPath.contains(at.unit().code())) {
                List<String> members = path.subList(path.indexOf(at.unit().code()), path.size());
                inCycle.addAll(members);
                report(members);
            }
        }
        return inCycle;
    }

    private void report(List<String> members) {
        UnitRow first = byCode.get(members.get(0));
        List<String> places = members.stream().skip(1).map(c -> byCode.get(c).place()).toList();
        problems.add(first.problem("unit-cycle", "parent", "The units go round in a circle: "
                + String.join(" → ", members) + " → " + members.get(0)
                + (places.isEmpty() ? "." : " (also " + String.join(", ", places) + ")."),
                "Correct the parent of one of them."));
    }

    private static String name(Unit.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
