package org.yuzui.reporting.internal.rollup;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;

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
     * @param submissions one a unit and period of the form at most, in the order of those
     * @param periods     how many of the form's have begun
     */
    public RollUp(Form form, Units units, List<Submission> submissions, int periods) {
        this.form = form;
        this.units = units;
        this.periods = periods;
        this.respondents = Set.copyOf(form.respondents());
        submissions.forEach(s -> answers.computeIfAbsent(s.unit(), u -> new ArrayList<>()).add(s));
    }

    public Total total(Unit unit) {
        return add(unit).total;
    }

    /** A total with what it was made of: values alone can't be added up further. */
    private record Added(Total total, Sums sums) {
    }

    private Added add(Unit unit) {
        List<Added> below = units.children(unit.code()).stream().filter(this::leadsToRespondent).map(this::add).toList();
        List<Submission> own = List.copyOf(answers.getOrDefault(unit.code(), List.of()));
        int expected = 0;
        int received = own.size();
        Sums sums = new Sums(form);
        Map<String, Integer> missing = new LinkedHashMap<>();
        if (respondents.contains(unit.code())) {
            expected = periods;
            if (periods > own.size()) {
                missing.put(unit.code(), periods - own.size());
            }
        }
        own.forEach(s -> sums.thenCame(Sums.of(form, s.values())));
        for (Added part : below) {
            expected += part.total.expected();
            received += part.total.received();
            missing.putAll(part.total.missing());
            sums.beside(part.sums);
        }
        return new Added(new Total(unit, sums.values(), expected, received, missing, below.stream().map(Added::total).toList(), own),
                sums);
    }

    private boolean leadsToRespondent(Unit unit) {
        return respondents.contains(unit.code()) || units.children(unit.code()).stream().anyMatch(this::leadsToRespondent);
    }
}
