package org.yuzui.reporting.internal.rollup;

import org.yuzui.reporting.Dispute;
import org.yuzui.reporting.Feedback;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Standing.State;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.submission.SubmissionTable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is held about units in one period: for many of them at once, with everything read once. */
public final class Holdings {

    private final Figures figures;
    private final TotalStore store;
    private final SubmissionTable submissions;

    public Holdings(Figures figures, TotalStore store, SubmissionTable submissions) {
        this.figures = figures;
        this.store = store;
        this.submissions = submissions;
    }

    /** As it was in the period. */
    public Optional<Unit> unit(Period period, String code) {
        return store.tree(period).find(code);
    }

    /** All bureaus that there are in a period, but for the province: nobody above holds anything about that. */
    public List<Unit> bureaus(Period period) {
        return store.tree(period).all().stream().filter(u -> u.parent() != null && u.level() != Unit.Level.INSTITUTION).toList();
    }

    /** What all of it is worked out from. */
    private record Facts(Form form, Units tree, Map<String, Map<String, BigDecimal>> values, Map<String, Map<String, BigDecimal>> accepted,
                         Map<String, Standing> standings, Map<String, int[]> counts, Set<String> stale, List<Dispute> disputes) {
    }

    /**
     * @param of        units of the period's tree
     * @param standings of all who have to answer
     * @param disputes  that are not over
     * @return in the order of the units; not sent yet
     */
    public List<Feedback> of(Form form, Period period, Collection<Unit> of, Map<String, Standing> standings, List<Dispute> disputes) {
        Units tree = store.tree(period);
        Set<String> wanted = new LinkedHashSet<>();
        of.forEach(u -> {
            wanted.add(u.code());
            tree.children(u.code()).forEach(c -> wanted.add(c.code()));
            if (u.parent() != null) {
                tree.children(u.parent()).forEach(c -> wanted.add(c.code()));
            }
        });
        Set<String> accepted = new HashSet<>();
        standings.values().stream().filter(s -> s.state() == State.ACCEPTED).map(Standing::unit).forEach(accepted::add);
        Facts facts = new Facts(form, tree, figures.own(form.id(), period, wanted), accepted(form, period, tree, of, accepted), standings,
                counts(tree, standings.values()), stale(tree, standings.values(), disputes), disputes);
        return of.stream().map(unit -> feedback(facts, period, unit)).toList();
    }

    /** Only of accepted answers: by unit with units below, and of each answer itself. */
    private Map<String, Map<String, BigDecimal>> accepted(Form form, Period period, Units tree, Collection<Unit> of, Set<String> accepted) {
        Set<String> below = new LinkedHashSet<>();
        of.forEach(u -> below.addAll(tree.subtree(u.code())));
        below.retainAll(accepted);
        Map<String, Accumulated> sums = new HashMap<>();
        Map<String, Map<String, BigDecimal>> values = new HashMap<>();
        Set<String> greatest = Accumulated.greatest(form);
        Set<String> alone = Accumulated.alone(form);
        List<String> codes = List.copyOf(below);
        for (int from = 0; from < codes.size(); from += 500) { // memory is for some answers, not for all
            for (Submission answer : submissions.latest(form, codes.subList(from, Math.min(codes.size(), from + 500)), period.first(),
                    period.first())) {
                Sums answered = Sums.of(form, answer.values());
                Unit at = tree.find(answer.unit()).orElseThrow();
                if (tree.children(at.code()).isEmpty()) {
                    values.put(at.code(), answered.values());
                }
                while (at != null) {
                    if (!tree.children(at.code()).isEmpty()) {
                        sums.computeIfAbsent(at.code(), u -> new Accumulated()).add(answered, greatest, alone);
                    }
                    at = at.parent() == null ? null : tree.find(at.parent()).orElse(null);
                }
            }
        }
        sums.forEach((unit, sum) -> values.put(unit, sum.sums(form).values()));
        return values;
    }

    /** Expected, received, accepted; of each unit and all below it. */
    private static Map<String, int[]> counts(Units tree, Collection<Standing> all) {
        Map<String, int[]> counts = new HashMap<>();
        for (Standing standing : all) {
            for (String at = standing.unit(); at != null; at = tree.find(at).map(Unit::parent).orElse(null)) {
                int[] count = counts.computeIfAbsent(at, u -> new int[3]);
                count[0] += standing.state() == State.EXCUSED ? 0 : 1;
                count[1] += standing.state().answered() ? 1 : 0;
                count[2] += standing.state() == State.ACCEPTED ? 1 : 0;
            }
        }
        return counts;
    }

    private static Set<String> stale(Units tree, Collection<Standing> all, List<Dispute> disputes) {
        Set<String> stale = new HashSet<>();
        List<String> causes = new ArrayList<>();
        all.stream().filter(s -> s.state() == State.RETURNED).forEach(s -> causes.add(s.unit()));
        disputes.stream().filter(d -> d.state() == Dispute.State.UPHELD).forEach(d -> causes.add(d.unit()));
        for (String cause : causes) {
            for (String at = cause; at != null; at = tree.find(at).map(Unit::parent).orElse(null)) {
                stale.add(at);
            }
        }
        return stale;
    }

    private static Feedback feedback(Facts facts, Period period, Unit unit) {
        int[] counts = facts.counts.getOrDefault(unit.code(), new int[3]);
        Set<String> below = facts.tree.subtree(unit.code());
        List<Feedback.Value> values = facts.form.indicators().stream().map(i -> value(facts, unit, i)).filter(v -> v != null).toList();
        List<Feedback.Part> parts = facts.tree.children(unit.code()).stream().map(c -> part(facts, c)).filter(p -> p != null).toList();
        return new Feedback(facts.form.id(), period, unit, unit.parent(), counts[0], counts[1], counts[2], facts.stale.contains(unit.code()),
                values, parts, facts.disputes.stream().filter(d -> below.contains(d.unit())).toList(), null);
    }

    /** Null where neither it nor anybody beside it has one. */
    private static Feedback.Value value(Facts facts, Unit unit, Indicator indicator) {
        List<Unit> beside = unit.parent() == null ? List.of(unit) : facts.tree.children(unit.parent());
        List<BigDecimal> ranked = beside.stream().map(u -> facts.values.getOrDefault(u.code(), Map.of()).get(indicator.code()))
                .filter(v -> v != null).sorted(Comparator.reverseOrder()).toList();
        BigDecimal value = facts.values.getOrDefault(unit.code(), Map.of()).get(indicator.code());
        return ranked.isEmpty() ? null : new Feedback.Value(indicator.code(), value,
                facts.accepted.getOrDefault(unit.code(), Map.of()).get(indicator.code()), ComparisonDesk.rank(value, ranked), ranked.size());
    }

    /** Null where there is nothing to say. */
    private static Feedback.Part part(Facts facts, Unit unit) {
        Standing standing = facts.standings.get(unit.code());
        Map<String, BigDecimal> values = facts.values.get(unit.code());
        return standing == null && values == null ? null : new Feedback.Part(unit, standing == null ? 0 : standing.version(),
                standing == null ? null : standing.state(), values == null ? Map.of() : new LinkedHashMap<>(values));
    }
}
