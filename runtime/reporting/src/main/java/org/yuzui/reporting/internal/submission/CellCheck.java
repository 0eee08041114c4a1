package org.yuzui.reporting.internal.submission;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.reporting.Check;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Indicator.Kind;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.internal.form.CompiledForm;
import org.yuzui.reporting.internal.form.CompiledForm.CompiledCheck;
import org.yuzui.rules.Formula;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The cells of one answer: each by itself, then what the formulas make of them, then the checks. */
final class CellCheck {

    private final CompiledForm form;
    private final Function<String, String> places;
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, BigDecimal> values = new LinkedHashMap<>();
    private final Map<String, Object> scope = new HashMap<>();

    /** @param places where an indicator's cell stands in what was sent */
    CellCheck(CompiledForm form, Function<String, String> places) {
        this.form = form;
        this.places = places;
    }

    List<Failure> failures() {
        return failures;
    }

    Map<String, BigDecimal> values() {
        Map<String, BigDecimal> ordered = new LinkedHashMap<>();
        form.form().indicators().forEach(i -> Optional.ofNullable(values.get(i.code())).ifPresent(v -> ordered.put(i.code(), v)));
        return ordered;
    }

    /** Each cell by itself; whatever else is there is passed over. */
    void read(JsonNode cells) {
        for (Indicator indicator : form.form().indicators()) {
            JsonNode cell = cells.path(indicator.code());
            if (indicator.asked()) {
                asked(indicator, cell).ifPresent(number -> values.put(indicator.code(), number));
            }
        }
    }

    private Optional<BigDecimal> asked(Indicator indicator, JsonNode cell) {
        boolean empty = cell.isMissingNode() || cell.isNull() || indicator.optional() && cell.isTextual() && cell.asText().isBlank();
        if (empty) {
            if (!indicator.optional()) {
                wrong(indicator, "is missing; write 0 when there was nothing.");
            }
            return Optional.empty();
        }
        Optional<BigDecimal> number = Numbers.read(cell);
        if (number.isEmpty()) {
            wrong(indicator, "is not a number of at most " + Numbers.MOST_DIGITS + " digits before and after the point.");
        } else if (number.get().signum() < 0 && !indicator.signed()) {
            wrong(indicator, "is negative (" + number.get().toPlainString() + ").");
            return Optional.empty();
        } else if (indicator.kind() == Kind.CHOICE && !indicator.choices().containsKey(number.get().toPlainString())) {
            wrong(indicator, "is none of the choices " + String.join(", ", indicator.choices().keySet()) + ".");
            return Optional.empty();
        }
        return number;
    }

    /** Formulas, then checks. A check of cells that are wrong by themselves would only say so twice. */
    void ask(JsonNode cells, Period period, String unit, Surroundings around) {
        Form f = form.form();
        f.indicators().stream().filter(i -> i.asked() && i.optional()).forEach(i -> scope.put(i.code(), BigDecimal.ZERO));
        scope.putAll(values);
        scope.put("factors", f.factors());
        if (uses("previous")) {
            around.answer(f, period.previous(), unit).ifPresent(v -> scope.put("previous", v));
        }
        if (uses("lastYear")) {
            around.answer(f, period.lastYear(), unit).ifPresent(v -> scope.put("lastYear", v));
        }
        f.with().forEach((name, other) -> around.other(other, period, unit).ifPresent(v -> scope.put(name, v)));
        form.formulas().forEach((code, formula) -> formula.number(scope).map(Numbers::plain).ifPresent(number -> {
            values.put(code, number);
            scope.put(code, number);
        }));
        f.indicators().stream().filter(Indicator::verified).forEach(i -> verify(i, cells.path(i.code())));
        form.checks().forEach(this::check);
    }

    private boolean uses(String group) {
        return form.formulas().values().stream().anyMatch(e -> e.uses().contains(group))
                || form.checks().stream().flatMap(c -> expressions(c).stream()).anyMatch(e -> e.uses().contains(group));
    }

    private static List<Formula> expressions(CompiledCheck check) {
        return check.condition() != null ? List.of(check.condition()) : List.of(check.left(), check.right());
    }

    /** What was sent for a number that the hub makes must be that number, as far as it is shown. */
    private void verify(Indicator indicator, JsonNode cell) {
        if (cell.isMissingNode() || cell.isNull() || cell.isTextual() && cell.asText().isBlank()) {
            return;
        }
        BigDecimal made = indicator.kind() == Kind.RATIO ? Numbers.ratio(values.get(indicator.numerator()),
                values.get(indicator.denominator()), indicator.factor()).orElse(null) : values.get(indicator.code());
        Optional<BigDecimal> sent = Numbers.read(cell);
        String how = indicator.kind() == Kind.RATIO ? how(indicator) : indicator.formula();
        if (sent.isEmpty()) {
            wrong(indicator, "is not a number; leave it out, the hub makes it from " + how + ".");
        } else if (made == null) {
            wrong(indicator, "can't be made from " + how + ", for which something is missing; leave it out.");
        } else if (indicator.round(sent.get()).compareTo(indicator.round(made)) != 0) {
            wrong(indicator, "is sent as " + sent.get().toPlainString() + ", and " + how + " gives "
                    + indicator.round(made).toPlainString() + ".");
        }
    }

    private String how(Indicator ratio) {
        return ratio.numerator() + said(ratio.numerator()) + " ÷ " + ratio.denominator() + said(ratio.denominator())
                + (ratio.factor() == 1 ? "" : " × " + ratio.factor());
    }

    private String said(String code) {
        BigDecimal value = values.get(code);
        return value == null ? "" : " (" + value.toPlainString() + ")";
    }

    private void check(CompiledCheck compiled) {
        Set<String> uses = new HashSet<>();
        expressions(compiled).forEach(e -> uses.addAll(e.uses()));
        Set<String> missing = new HashSet<>(uses);
        missing.removeAll(scope.keySet());
        if (!missing.isEmpty()) {
            return; // a period or form of which there is nothing, or a cell that is complained about already
        }
        boolean looksAround = uses.stream().anyMatch(name -> scope.get(name) instanceof Map && !name.equals("factors"));
        if (compiled.condition() != null) {
            Optional<Boolean> truth = compiled.condition().truth(scope);
            if (truth.isPresent() ? !truth.get() : !looksAround) {
                broken(compiled.check(), "");
            }
            return;
        }
        Optional<BigDecimal> left = compiled.left().number(scope);
        Optional<BigDecimal> right = compiled.right().number(scope);
        if (left.isEmpty() || right.isEmpty()) {
            if (!looksAround) {
                broken(compiled.check(), "");
            }
        } else if (left.get().subtract(right.get()).abs().compareTo(allowed(compiled.check().equality(), right.get())) > 0) {
            broken(compiled.check(), " " + Numbers.plain(left.get()).toPlainString() + " ≠ " + Numbers.plain(right.get()).toPlainString());
        }
    }

    private static BigDecimal allowed(Check.Equality equality, BigDecimal right) {
        return equality.percent() ? right.abs().multiply(equality.tolerance()).movePointLeft(2) : equality.tolerance();
    }

    private void broken(Check check, String numbers) {
        List<String> cells = check.cells().isEmpty() ? List.of("") : check.cells();
        for (String cell : cells) {
            failures.add(new Failure(cell.isEmpty() ? null : cell, cell.isEmpty() ? null : places.apply(cell), check.id(), check.hard(),
                    "breaks the check '" + check.id() + "': " + check.message().en() + numbers, check.message()));
        }
    }

    private void wrong(Indicator indicator, String message) {
        failures.add(new Failure(indicator.code(), places.apply(indicator.code()), null, true, message, null));
    }
}
