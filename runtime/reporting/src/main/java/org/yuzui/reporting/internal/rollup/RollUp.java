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

    /** Of more answers than these only the numbers are given; who wants them asks for a unit further down. */
    private static final int MOST_SHOWN = 1000;

    private final Form form;
    private final Units units;
    private final Map<String, Integer> respondents;
    private final Set<String> ended;
    private final Map<String, Folded> answers = new HashMap<>();
    private int kept;

    /** A unit's answers, folded one after the other: a year of a province doesn't lie in memory. */
    private static final class Folded {
        private final Sums sums;
        private final List<Submission> submissions = new ArrayList<>();
        private int number;
        private LocalDate last = LocalDate.MIN;

        private Folded(Form form) {
            this.sums = new Sums(form);
        }
    }

    public RollUp(Form form, Answering who) {
        this.form = form;
        this.units = who.tree();
        this.respondents = who.expected();
        this.ended = who.ended();
    }

    /** One a unit and period of the form at most, a unit's in their order. */
    public void add(Submission submission) {
        Folded folded = answers.computeIfAbsent(submission.unit(), u -> new Folded(form));
        folded.number++;
        folded.last = submission.period().first();
        folded.sums.thenCame(Sums.of(form, submission.values()));
        if (++kept <= MOST_SHOWN) {
            folded.submissions.add(submission);
        } else if (kept == MOST_SHOWN + 1) {
            answers.values().forEach(f -> f.submissions.clear());
        }
    }

    public Total total(Unit unit) {
        return add(unit).total;
    }

    /** A total with what it was made of: values alone can't be added up further. */
    private record Added(Total total, Sums sums) {
    }

    private Added add(Unit unit) {
        List<Added> below = units.children(unit.code()).stream().filter(this::leadsToRespondent).map(this::add).toList();
        Folded own = answers.getOrDefault(unit.code(), new Folded(form));
        int expected = respondents.getOrDefault(unit.code(), 0);
        int received = own.number;
        Sums sums = own.sums;
        Map<String, Integer> missing = new LinkedHashMap<>();
        if (expected > own.number) {
            missing.put(unit.code(), expected - own.number);
        }
        for (Added part : below) {
            expected += part.total.expected();
            received += part.total.received();
            missing.putAll(part.total.missing());
            sums.beside(isTakenOver(part.total.unit().code(), own) ? part.sums.withoutStocks() : part.sums);
        }
        return new Added(new Total(unit, sums.values(), expected, received, missing, below.stream().map(Added::total).toList(),
                List.copyOf(own.submissions)),
                sums);
    }

    /** Whether a unit ended, and the one that goes on has answered after it: then its stocks are part of that answer. */
    private boolean isTakenOver(String code, Folded by) {
        return ended.contains(code) && answers.containsKey(code) && by.last.isAfter(answers.get(code).last);
    }

    private boolean leadsToRespondent(Unit unit) {
        return respondents.containsKey(unit.code()) || units.children(unit.code()).stream().anyMatch(this::leadsToRespondent);
    }
}
