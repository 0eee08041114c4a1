package org.yuzui.reporting.internal.rollup;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds the answers of a period up the tree. Sums are exact; ratios are made from the sums at every level anew. */
public final class RollUp {

    private final Form form;
    private final Units units;
    private final int periods;
    private final Set<String> respondents;
    private final Map<String, List<Submission>> answers = new HashMap<>();

    /**
     * @param submissions one a unit and period of the form at most, in the order of those; of a unit that is no more they count
     *                    where it goes on
     * @param periods     how many of the form's have begun
     */
    public RollUp(Form form, Units units, List<Submission> submissions, int periods) {
        this.form = form;
        this.units = units;
        this.periods = periods;
        this.respondents = Set.copyOf(form.respondents());
        submissions.forEach(s -> answers.computeIfAbsent(units.successor(s.unit()), u -> new ArrayList<>()).add(s));
    }

    public Total total(Unit unit) {
        return add(unit).total;
    }

    /** A total with what it was made of: values alone can't be added up further. */
    private record Added(Total total, Sums sums) {
    }

    private Added add(Unit unit) {
        List<Added> below = units.children(unit.code()).stream().filter(this::leadsToRespondent).map(this::add).toList();
        List<Submission> all = List.copyOf(answers.getOrDefault(unit.code(), List.of()));
        List<Submission> own = all.stream().filter(s -> s.unit().equals(unit.code())).toList();
        int expected = all.size() - own.size(); // of those that went on in it nothing is missing any more
        int received = all.size();
        Sums sums = own(own, all);
        Map<String, Integer> missing = new LinkedHashMap<>();
        if (respondents.contains(unit.code())) {
            expected += periods;
            if (periods > own.size()) {
                missing.put(unit.code(), periods - own.size());
            }
        }
        for (Added part : below) {
            expected += part.total.expected();
            received += part.total.received();
            missing.putAll(part.total.missing());
            sums.beside(part.sums);
        }
        return new Added(new Total(unit, sums.values(), expected, received, missing, below.stream().map(Added::total).toList(), all),
                sums);
    }

    /**
     * What a unit answered, and those that went on in it: their stocks are part of its own once it has answered after them, and stand
     * beside its own until then.
     */
    private Sums own(List<Submission> own, List<Submission> all) {
        Sums sums = of(own);
        Map<String, List<Submission>> former = new LinkedHashMap<>();
        all.stream().filter(s -> !own.contains(s)).forEach(s -> former.computeIfAbsent(s.unit(), u -> new ArrayList<>()).add(s));
        for (List<Submission> answered : former.values()) {
            Sums before = of(answered);
            LocalDate last = answered.get(answered.size() - 1).period().first();
            if (!own.isEmpty() && own.get(own.size() - 1).period().first().isAfter(last)) {
                before.thenCame(sums);
                sums = before;
            } else {
                sums.beside(before);
            }
        }
        return sums;
    }

    private Sums of(List<Submission> inOrder) {
        Sums sums = new Sums(form);
        inOrder.forEach(s -> sums.thenCame(Sums.of(form, s.values())));
        return sums;
    }

    private boolean leadsToRespondent(Unit unit) {
        return respondents.contains(unit.code()) || answers.containsKey(unit.code())
                || units.children(unit.code()).stream().anyMatch(this::leadsToRespondent);
    }
}
