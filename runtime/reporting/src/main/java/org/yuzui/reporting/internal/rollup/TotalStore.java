package org.yuzui.reporting.internal.rollup;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Totals.Difference;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.rollup.TotalTable.Totalled;
import org.yuzui.reporting.internal.submission.Digest;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps the totals of every period up to date: an answer changes the totals of its unit's ancestors, in its own transaction. Kept
 * are those of units with units below; of the others the answer itself is the total. When the tree or the form's version
 * is another than the totals were kept by, they are made again from all answers first.
 */
public final class TotalStore {

    private final Jdbi jdbi;
    private final Units units;
    private final Clock clock;
    private final Map<LocalDate, String> trees = new HashMap<>();
    private final Map<Units, String> digests = new IdentityHashMap<>();

    /** @param clock in the hub's zone */
    public TotalStore(Jdbi jdbi, Units units, Clock clock) {
        this.jdbi = jdbi;
        this.units = units;
        this.clock = clock;
    }

    /** The tree that a period is added up by. */
    public Units tree(Period period) {
        return units.of(period, LocalDate.now(clock));
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    /** Puts a new version in the place of the one before, in all totals above it. */
    void replace(Handle handle, Form form, Submission added, Submission before) {
        Units tree = tree(added.period());
        Totalled by = by(form, added.period(), tree);
        TotalTable.begin(handle, form.id(), added.period());
        if (!TotalTable.lock(handle, form.id(), added.period()).orElseThrow().equals(by)) {
            remake(handle, form, added.period(), tree, by); // the new version is there already
            return;
        }
        List<String> above = withBelow(tree, added.unit());
        Map<String, Accumulated> rows = TotalTable.read(handle, form.id(), added.period(), above);
        Set<String> greatest = Accumulated.greatest(form);
        Set<String> alone = Accumulated.alone(form);
        Sums old = before == null ? null : Sums.of(form, before.values());
        Sums now = Sums.of(form, added.values());
        for (String unit : above) {
            Accumulated row = rows.computeIfAbsent(unit, u -> new Accumulated());
            for (String cell : row.replace(old, now, greatest, alone)) {
                TotalTable.greatest(handle, form.id(), added.period(), cell, tree.subtree(unit))
                        .ifPresent(value -> row.greatestIs(cell, value));
            }
        }
        TotalTable.write(handle, form.id(), added.period(), rows);
    }

    /** The kept totals of some units; made first where they aren't kept by this tree and version. */
    Map<String, Accumulated> read(Form form, Period period, Units tree, Collection<String> of) {
        Totalled by = by(form, period, tree);
        return jdbi.inTransaction(handle -> {
            boolean kept = TotalTable.find(handle, form.id(), period).filter(by::equals).isPresent();
            if (!kept && !TotalTable.isAnswered(handle, form.id(), period)) {
                return Map.of();
            }
            if (!kept) {
                TotalTable.begin(handle, form.id(), period);
                if (!TotalTable.lock(handle, form.id(), period).orElseThrow().equals(by)) {
                    remake(handle, form, period, tree, by);
                }
            }
            return TotalTable.read(handle, form.id(), period, of);
        });
    }

    /** What all answers of a period give below each unit of today's tree, those that are no more counted where they go on. */
    Map<String, Accumulated> restated(Form form, Period period) {
        return jdbi.inTransaction(handle -> make(handle, form, period, units).rows);
    }

    /** Whether the tree of the period is not today's. */
    boolean isOtherTree(Period period) {
        Units tree = tree(period);
        return tree != units && !known(tree).equals(known(units));
    }

    /** What a recomputation found. */
    record Counted(int submissions, List<Difference> differences) {
    }

    /** Makes the totals again, says what differed from those that were kept, and keeps the new ones. */
    Counted recount(Form form, Period period) {
        Units tree = tree(period);
        Totalled by = by(form, period, tree);
        return jdbi.inTransaction(handle -> {
            TotalTable.begin(handle, form.id(), period);
            boolean comparable = TotalTable.lock(handle, form.id(), period).orElseThrow().equals(by);
            Map<String, Accumulated> kept = comparable ? TotalTable.read(handle, form.id(), period) : Map.of();
            Made made = make(handle, form, period, tree);
            List<Difference> differences = comparable ? differences(kept, made.rows) : List.of();
            if (!comparable || !differences.isEmpty()) {
                keep(handle, form, period, made, by);
            }
            return new Counted(made.answers, differences);
        });
    }

    private record Made(Map<String, Accumulated> rows, int answers) {
    }

    private void remake(Handle handle, Form form, Period period, Units tree, Totalled by) {
        keep(handle, form, period, make(handle, form, period, tree), by);
    }

    private void keep(Handle handle, Form form, Period period, Made made, Totalled by) {
        TotalTable.clear(handle, form.id(), period);
        TotalTable.write(handle, form.id(), period, made.rows);
        TotalTable.mark(handle, form.id(), period, by, clock.instant());
    }

    private static Made make(Handle handle, Form form, Period period, Units tree) {
        AnswerSums sums = new AnswerSums(form);
        Map<String, AnswerSums.Row> nearest = new HashMap<>();
        int[] answers = {0};
        TotalTable.eachAnswer(handle, form, period, (unit, cells) -> {
            answers[0]++;
            List<String> above = withBelow(tree, tree.successor(unit));
            if (!above.isEmpty()) {
                sums.add(cells, nearest.computeIfAbsent(above.get(0), u -> sums.row()));
            }
        });
        Map<String, Accumulated> rows = new HashMap<>();
        nearest.forEach((unit, row) -> rows.put(unit, sums.accumulated(row)));
        Set<String> greatest = Accumulated.greatest(form);
        addUp(tree, tree.root(), rows, greatest);
        return new Made(rows, answers[0]);
    }

    /** From below: each unit's own row holds only what answers beside or right below it so far. */
    private static Accumulated addUp(Units tree, Unit unit, Map<String, Accumulated> rows, Set<String> greatest) {
        for (Unit below : tree.children(unit.code())) {
            Accumulated part = tree.children(below.code()).isEmpty() ? null : addUp(tree, below, rows, greatest);
            if (part != null) {
                rows.computeIfAbsent(unit.code(), u -> new Accumulated()).add(part, greatest);
            }
        }
        return rows.get(unit.code());
    }

    /** The unit and its ancestors, as far as they have units below; the lowest first. */
    private static List<String> withBelow(Units tree, String unit) {
        List<String> above = new ArrayList<>();
        Unit at = tree.find(unit).orElse(null);
        while (at != null) {
            if (!tree.children(at.code()).isEmpty()) {
                above.add(at.code());
            }
            at = at.parent() == null ? null : tree.find(at.parent()).orElse(null);
        }
        return above;
    }

    private static List<Difference> differences(Map<String, Accumulated> kept, Map<String, Accumulated> made) {
        List<Difference> differences = new ArrayList<>();
        Set<String> all = new TreeSet<>(kept.keySet());
        all.addAll(made.keySet());
        for (String unit : all) {
            Accumulated before = kept.getOrDefault(unit, new Accumulated());
            Accumulated after = made.getOrDefault(unit, new Accumulated());
            if (before.received() != after.received()) {
                differences.add(new Difference(unit, "received", BigDecimal.valueOf(before.received()), BigDecimal.valueOf(after.received())));
            }
            Set<String> keys = new TreeSet<>(before.parts().keySet());
            keys.addAll(after.parts().keySet());
            for (String key : keys) {
                BigDecimal a = value(before, key);
                BigDecimal b = value(after, key);
                if (a == null || b == null || a.compareTo(b) != 0 || before.parts().get(key).answers() != after.parts().get(key).answers()) {
                    differences.add(new Difference(unit, key, a, b));
                }
            }
        }
        return differences;
    }

    private static BigDecimal value(Accumulated row, String key) {
        Accumulated.Part part = row.parts().get(key);
        return part == null ? null : part.value();
    }

    private synchronized Totalled by(Form form, Period period, Units tree) {
        LocalDate today = LocalDate.now(clock);
        LocalDate day = period.last().isAfter(today) ? today : period.last();
        return new Totalled(trees.computeIfAbsent(day, d -> known(tree)), form.version());
    }

    /** There are few trees, and they don't change. */
    private synchronized String known(Units tree) {
        return digests.computeIfAbsent(tree, TotalStore::digest);
    }

    private static String digest(Units tree) {
        StringBuilder text = new StringBuilder();
        tree.all().forEach(u -> text.append(u.code()).append(' ').append(u.parent()).append('\n'));
        return Digest.sha256(text.toString());
    }

    /** Units of which a row would be kept. */
    static Set<String> kept(Units tree, Collection<String> codes) {
        Set<String> kept = new HashSet<>();
        codes.stream().filter(code -> !tree.children(code).isEmpty()).forEach(kept::add);
        return kept;
    }
}
