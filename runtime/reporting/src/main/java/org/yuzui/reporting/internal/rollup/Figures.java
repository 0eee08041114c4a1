package org.yuzui.reporting.internal.rollup;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.form.FormShelf;
import org.yuzui.reporting.internal.submission.SubmissionTable;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The figures of units for any period that a form knows: the kept totals, or of a longer period the sum of its answers. */
public final class Figures {

    private final FormShelf forms;
    private final Units units;
    private final SubmissionTable submissions;
    private final TotalStore store;
    private final Longer longer;

    /** Totals over several of the form's own periods, by today's tree. */
    public interface Longer {

        /** @throws org.yuzui.kernel.ProblemException {@code bad-period} when it is not made up of whole ones */
        Total total(String form, Period period, String unit);
    }

    public Figures(FormShelf forms, Units units, SubmissionTable submissions, TotalStore store, Longer longer) {
        this.forms = forms;
        this.units = units;
        this.submissions = submissions;
        this.store = store;
        this.longer = longer;
    }

    /** The tree that a period is added up by. */
    Units tree(Period period) {
        return store.tree(period);
    }

    boolean isOwn(String form, Period period) {
        return forms.require(form).form().period() == period.kind();
    }

    /** Of some units in one of the form's own periods, by the period's tree. */
    public Map<String, Map<String, BigDecimal>> own(String formId, Period period, Collection<String> codes) {
        Form form = forms.of(formId, period).form();
        Units tree = store.tree(period);
        Set<String> kept = TotalStore.kept(tree, codes);
        Map<String, Map<String, BigDecimal>> values = new HashMap<>();
        if (!kept.isEmpty()) {
            store.read(form, period, tree, kept).forEach((code, sums) -> values.put(code, sums.sums(form).values()));
        }
        Map<String, Sums> alone = new HashMap<>();
        answers(form, period, codes, kept).forEach(s -> alone.put(s.unit(), Sums.of(form, s.values())));
        takenIn(form, period, tree, codes, kept).forEach(s -> alone.computeIfAbsent(tree.successor(s.unit()), c -> new Sums(form))
                .beside(Sums.of(form, s.values())));
        alone.forEach((code, sums) -> values.put(code, sums.values()));
        return values;
    }

    /** Answers of units that, as was written down afterwards, had gone on already in one of these that have none below. */
    private List<Submission> takenIn(Form form, Period period, Units tree, Collection<String> codes, Set<String> kept) {
        if (codes.size() == kept.size() || tree == units) { // the second: nothing has ever changed
            return List.of();
        }
        List<String> gone = submissions.answered(form, period.first(), period.first()).stream().filter(code -> tree.find(code).isEmpty()
                && codes.contains(tree.successor(code)) && !kept.contains(tree.successor(code))).toList();
        return gone.isEmpty() ? List.of() : submissions.latest(form, gone, period.first(), period.first());
    }

    private List<Submission> answers(Form form, Period period, Collection<String> codes, Set<String> kept) {
        Set<String> alone = new LinkedHashSet<>(codes);
        alone.removeAll(kept);
        return alone.isEmpty() ? List.of() : submissions.latest(form, List.copyOf(alone), period.first(), period.first());
    }

    /** Of a unit and those right below it. */
    Map<String, Map<String, BigDecimal>> withBelow(String formId, Period period, String unit) {
        if (!isOwn(formId, period)) {
            return whole(formId, period, unit);
        }
        Set<String> codes = new LinkedHashSet<>(List.of(unit));
        store.tree(period).children(unit).forEach(c -> codes.add(c.code()));
        return own(formId, period, codes);
    }

    /** The same of an earlier period as a later one sees it: under the codes by which its answers go on in today's tree. */
    Map<String, Map<String, BigDecimal>> before(String formId, Period earlier, Period later, String unit) {
        boolean today = isOwn(formId, earlier) && store.isOtherTree(earlier) && !store.isOtherTree(later);
        if (!today) {
            return withBelow(formId, earlier, unit);
        }
        Form form = forms.of(formId, earlier).form();
        Map<String, Map<String, BigDecimal>> values = new HashMap<>();
        store.restated(form, earlier).forEach((code, sums) -> values.put(code, sums.sums(form).values()));
        List<String> alone = units.children(unit).stream().map(Unit::code).filter(c -> units.children(c).isEmpty()).toList();
        answers(form, earlier, alone, Set.of()).forEach(s -> values.put(s.unit(), Sums.of(form, s.values()).values()));
        return values;
    }

    /** Of one unit in one of the form's own periods, as today's tree sees it. */
    Map<String, BigDecimal> today(String formId, Period period, String unit) {
        return (store.isOtherTree(period) ? before(formId, period, Period.of(period.kind(), store.today()), unit)
                : own(formId, period, List.of(unit))).getOrDefault(unit, Map.of());
    }

    private Map<String, Map<String, BigDecimal>> whole(String formId, Period period, String unit) {
        Total total = longer.total(formId, period, unit);
        Map<String, Map<String, BigDecimal>> values = new HashMap<>(Map.of(unit, total.values()));
        total.parts().forEach(part -> values.put(part.unit().code(), part.values()));
        return values;
    }

    /** Over a period that is longer than the form's. */
    Total longer(String formId, Period period, String unit) {
        return longer.total(formId, period, unit);
    }
}
