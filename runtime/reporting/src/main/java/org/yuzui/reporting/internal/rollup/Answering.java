package org.yuzui.reporting.internal.rollup;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.form.OpenPeriods;
import org.yuzui.reporting.internal.units.UnitTree;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Who had to answer a form within a period: by the tree of its last day. Those that ended within it stand below the unit that they
 * go on in, so that what they answered is not lost.
 *
 * @param tree     with them
 * @param expected for how many of the form's periods that have begun each had to answer; its keys are all respondents
 * @param ended    those that are no more at the end of a longer period: their stocks are their successors' as soon as these have
 *                 answered after them; what was answered for one of the form's own periods is added up as it is
 */
public record Answering(Units tree, Map<String, Integer> expected, Set<String> ended) {

    /**
     * @param today    in the hub's zone
     * @param answered asked only when units have changed: everybody who has answered within the period
     */
    public static Answering of(Form form, Period period, Units units, LocalDate today, OpenPeriods open,
                               Supplier<List<String>> answered) {
        LocalDate last = period.last().isAfter(today) ? today : period.last();
        Map<Period, Units> begun = new LinkedHashMap<>();
        for (Period each = Period.of(form.period(), period.first()); !each.first().isAfter(last); each = each.next()) {
            begun.put(each, units.of(each, today));
        }
        Units tree = units.of(period, today);
        Map<String, Integer> expected = new TreeMap<>();
        if (tree == units) { // nothing has ever changed
            form.respondents().forEach(code -> expected.put(code, begun.size()));
            return new Answering(tree, expected, Set.of());
        }
        answered.get().forEach(code -> expected.put(code, 0));
        Map<LocalDate, Set<String>> opened = open.expectedWithin(form.id(), form.period(), period.first(), last);
        begun.forEach((each, then) -> {
            Collection<String> asked = opened.getOrDefault(each.first(), Set.copyOf(form.respondents()));
            asked.stream().filter(code -> then.find(code).isPresent()).forEach(code -> expected.merge(code, 1, Integer::sum));
        });
        return withEnded(tree, expected, begun.values(), period.kind() != form.period());
    }

    /** The same answers by another tree: who is not in it stands below the unit that it goes on in. */
    public Answering by(Units other) {
        Answering restated = withEnded(other, new TreeMap<>(expected), List.of(tree), false);
        return new Answering(restated.tree, restated.expected, ended);
    }

    private static Answering withEnded(Units tree, Map<String, Integer> expected, Collection<Units> trees, boolean longer) {
        Map<String, Unit> ended = new HashMap<>();
        for (Units then : trees) { // the last one that knows it says what it was
            expected.keySet().stream().filter(code -> tree.find(code).isEmpty())
                    .forEach(code -> then.find(code).ifPresent(unit -> ended.put(code, unit)));
        }
        expected.keySet().stream().filter(code -> tree.find(code).isEmpty() && !ended.containsKey(code))
                .forEach(code -> tree.find(tree.successor(code)).ifPresent(s -> ended.put(code, new Unit(code, code, code, s.level(), null))));
        expected.keySet().removeIf(code -> tree.find(code).isEmpty() && !ended.containsKey(code));
        if (ended.isEmpty()) {
            return new Answering(tree, expected, Set.of());
        }
        List<Unit> all = new ArrayList<>(tree.all());
        ended.values().forEach(u -> all.add(new Unit(u.code(), u.name(), u.nameEn(), u.level(), goesOnIn(tree, u), u.tags())));
        return new Answering(new UnitTree(all, "config/org"), expected, longer ? Set.copyOf(ended.keySet()) : Set.of());
    }

    /** Its successor; of one that has none the unit that was above it. */
    private static String goesOnIn(Units tree, Unit ended) {
        String successor = tree.successor(ended.code());
        if (tree.find(successor).isPresent()) {
            return successor;
        }
        String above = tree.successor(ended.parent());
        return tree.find(above).isPresent() ? above : tree.root().code();
    }
}
