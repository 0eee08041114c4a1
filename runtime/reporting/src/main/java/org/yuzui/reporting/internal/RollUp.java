package org.yuzui.reporting.internal;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Adds the answers of a period up the tree. Sums are exact; ratios are made from the sums at every level anew. */
final class RollUp {

    private final Form form;
    private final Units units;
    private final int periods;
    private final Set<String> respondents;
    private final Map<String, List<Submission>> answers = new HashMap<>();

    /**
     * @param submissions one a unit and period of the form at most, in the order of those
     * @param periods     how many of the form's have begun
     */
    RollUp(Form form, Units units, List<Submission> submissions, int periods) {
        this.form = form;
        this.units = units;
        this.periods = periods;
        this.respondents = Set.copyOf(form.respondents());
        submissions.forEach(s -> answers.computeIfAbsent(s.unit(), u -> new ArrayList<>()).add(s));
    }

    Total total(Unit unit) {
        List<Total> parts = units.children(unit.code()).stream().filter(this::leadsToRespondent).map(this::total).toList();
        List<Submission> own = List.copyOf(answers.getOrDefault(unit.code(), List.of()));
        int expected = 0;
        int received = own.size();
        Map<String, BigDecimal> sums = new HashMap<>();
        Map<String, Integer> missing = new LinkedHashMap<>();
        if (respondents.contains(unit.code())) {
            expected = periods;
            if (periods > own.size()) {
                missing.put(unit.code(), periods - own.size());
            }
        }
        own.forEach(s -> add(s.values(), sums, RollUp::overTime));
        for (Total part : parts) {
            expected += part.expected();
            received += part.received();
            missing.putAll(part.missing());
            add(part.values(), sums, RollUp::overUnits);
        }
        return new Total(unit, values(sums), expected, received, missing, parts, own);
    }

    private boolean leadsToRespondent(Unit unit) {
        return respondents.contains(unit.code()) || units.children(unit.code()).stream().anyMatch(this::leadsToRespondent);
    }

    private void add(Map<String, BigDecimal> values, Map<String, BigDecimal> sums,
                     Function<Indicator.Kind, BinaryOperator<BigDecimal>> together) {
        for (Indicator indicator : form.indicators()) {
            BigDecimal value = indicator.kind().answered() ? values.get(indicator.code()) : null;
            if (value != null) {
                sums.merge(indicator.code(), value, together.apply(indicator.kind()));
            }
        }
    }

    private static BinaryOperator<BigDecimal> overTime(Indicator.Kind kind) {
        return kind == Indicator.Kind.LAST ? (earlier, later) -> later : overUnits(kind);
    }

    private static BinaryOperator<BigDecimal> overUnits(Indicator.Kind kind) {
        return kind == Indicator.Kind.MAX ? BigDecimal::max : BigDecimal::add;
    }

    private Map<String, BigDecimal> values(Map<String, BigDecimal> sums) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        for (Indicator indicator : form.indicators()) {
            if (indicator.kind() == Indicator.Kind.RATIO) {
                Numbers.ratio(sums.get(indicator.numerator()), sums.get(indicator.denominator()), indicator.factor())
                        .ifPresent(ratio -> values.put(indicator.code(), ratio));
            } else if (sums.containsKey(indicator.code())) {
                values.put(indicator.code(), Numbers.plain(sums.get(indicator.code())));
            }
        }
        return values;
    }
}
