package org.yuzui.reporting.internal.form;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.reporting.Check;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.internal.form.CompiledForm.CompiledCheck;
import org.yuzui.rules.Formula;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a form file says in FEEL: the formulas of its indicators and its {@code checks}, with what those may name. */
final class FormulaKeys {

    private static final List<String> CHECK_KEYS =
            List.of("id", "check", "equal", "to", "tolerance", "message", "severity", "cells");
    private static final List<String> SEVERITIES = List.of("hard", "soft");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9]*");
    private static final Pattern TOLERANCE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?(%?)");

    private final YamlDocument yaml;
    private final IndicatorKeys indicators;
    private final Map<String, BigDecimal> factors = new LinkedHashMap<>();
    private final Map<String, String> with = new LinkedHashMap<>();
    private Formula.Names names;

    FormulaKeys(YamlDocument yaml, IndicatorKeys indicators) {
        this.yaml = yaml;
        this.indicators = indicators;
    }

    Map<String, BigDecimal> factors() {
        return Map.copyOf(factors);
    }

    Map<String, String> with() {
        return Map.copyOf(with);
    }

    /** Reads {@code factors} and {@code with}. */
    void readNames() {
        yaml.root().path("factors").properties().forEach(e -> {
            requireName("/factors/" + e.getKey(), e.getKey());
            if (!e.getValue().isNumber()) {
                throw problem("bad-number", "/factors/" + e.getKey(), "The factor '" + e.getKey() + "' is not a number.",
                        "Write '" + e.getKey() + ": 0.1229'.");
            }
            factors.put(e.getKey(), e.getValue().decimalValue());
        });
        Set<String> codes = new LinkedHashSet<>();
        indicators.indicators().stream().filter(i -> i.kind().answered()).forEach(i -> codes.add(i.code()));
        yaml.root().path("with").properties().forEach(e -> {
            requireName("/with/" + e.getKey(), e.getKey());
            if (codes.contains(e.getKey()) || IndicatorKeys.RESERVED.contains(e.getKey())) {
                throw problem("bad-name", "/with/" + e.getKey(), "'" + e.getKey() + "' means something else in this form already.",
                        "Choose another name for the form '" + e.getValue().asText() + "'.");
            }
            with.put(e.getKey(), yaml.requireText("/with/" + e.getKey()));
        });
        names = new Formula.Names(codes, Map.of("previous", codes, "lastYear", codes, "factors", factors.keySet()), with.keySet());
    }

    /** The formulas, each after those that it uses. */
    Map<String, Formula> formulas() {
        Map<String, Formula> open = new LinkedHashMap<>();
        for (Indicator indicator : indicators.indicators()) {
            if (indicator.formula() != null) {
                open.put(indicator.code(), compile(indicator.formula(), indicators.place(indicator.code()) + "/formula", false));
            }
        }
        Map<String, Formula> ordered = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            Optional<String> next = open.keySet().stream()
                    .filter(code -> open.get(code).uses().stream().noneMatch(open::containsKey)).findFirst();
            if (next.isEmpty()) {
                String code = open.keySet().iterator().next();
                throw problem("formula-cycle", indicators.place(code) + "/formula", "The formulas go round in a circle: "
                        + String.join(", ", open.keySet()) + ".", "Let one of them use only what units answer.");
            }
            ordered.put(next.get(), open.remove(next.get()));
        }
        return ordered;
    }

    List<CompiledCheck> checks() {
        JsonNode list = yaml.root().path("checks");
        List<CompiledCheck> checks = new ArrayList<>();
        if (!list.isMissingNode() && !list.isArray()) {
            throw problem("wrong-type", "/checks", "A list of checks is expected here.", "Write '- id: …' with 'check: …' for each.");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            CompiledCheck check = check(list.get(i), "/checks/" + i);
            if (!ids.add(check.check().id())) {
                throw problem("duplicate-check", "/checks/" + i + "/id", "There are two checks '" + check.check().id() + "'.",
                        "Give one another id.");
            }
            checks.add(check);
        }
        return List.copyOf(checks);
    }

    private CompiledCheck check(JsonNode node, String at) {
        yaml.requireKnownKeys(at, CHECK_KEYS);
        String id = yaml.requireText(at + "/id");
        if (!IndicatorKeys.ID.matcher(id).matches()) {
            throw problem("bad-check-id", at + "/id", "'" + id + "' can't be a check's id.",
                    "Use small letters, digits and single hyphens.");
        }
        if (node.has("check") == node.has("equal")) {
            throw problem("ambiguous-check", at, "The check '" + id + "' says neither one condition nor one equality.",
                    "Write either 'check: …', or 'equal: …' and 'to: …'.");
        }
        Formula condition = node.has("check") ? compile(yaml.requireText(at + "/check"), at + "/check", true) : null;
        Formula left = node.has("equal") ? compile(yaml.requireText(at + "/equal"), at + "/equal", false) : null;
        Formula right = node.has("equal") ? compile(yaml.requireText(at + "/to"), at + "/to", false) : null;
        if (condition != null && (node.has("to") || node.has("tolerance"))) {
            throw problem("ambiguous-check", at, "'to' and 'tolerance' belong to 'equal'.", "Remove them from '" + id + "'.");
        }
        Set<String> used = new LinkedHashSet<>();
        (condition != null ? List.of(condition) : List.of(left, right)).forEach(f -> used.addAll(f.uses()));
        String severity = node.path("severity").asText("hard");
        if (!SEVERITIES.contains(severity)) {
            throw problem("bad-severity", at + "/severity", "'" + severity + "' is no severity.", KnownKeys.cure(severity, SEVERITIES));
        }
        return new CompiledCheck(new Check(id, message(node, at, id), severity.equals("hard"), cells(node, at, used),
                node.path("check").asText(null), left == null ? null : equality(node, at)), condition, left, right);
    }

    private Title message(JsonNode node, String at, String id) {
        Title message = Title.of(node.get("message"), null);
        if (message.zh() == null || message.zh().isBlank()) {
            throw problem("missing-key", at + "/message", "The check '" + id + "' says nothing to those whose answer breaks it.",
                    "Give it 'message: {zh: …, en: …}'.");
        }
        return message;
    }

    private Check.Equality equality(JsonNode node, String at) {
        String written = node.path("tolerance").asText("0");
        Matcher tolerance = TOLERANCE.matcher(written);
        if (!tolerance.matches()) {
            throw problem("bad-number", at + "/tolerance", "'" + written + "' is no tolerance.",
                    "Write how far the two may be apart: 0.5 or \"1 %\".");
        }
        return new Check.Equality(node.path("equal").asText(), node.path("to").asText(), new BigDecimal(tolerance.group(1)),
                !tolerance.group(2).isEmpty());
    }

    /** Those that are named, or those that the expressions use. */
    private List<String> cells(JsonNode node, String at, Set<String> used) {
        Set<String> codes = names.numbers();
        if (!node.has("cells")) {
            return codes.stream().filter(used::contains).toList();
        }
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < node.get("cells").size(); i++) {
            String code = yaml.requireText(at + "/cells/" + i);
            if (!codes.contains(code)) {
                throw problem("unknown-indicator", at + "/cells/" + i, "'" + code + "' is not an indicator of this form.",
                        KnownKeys.cure(code, codes));
            }
            cells.add(code);
        }
        return List.copyOf(cells);
    }

    private Formula compile(String text, String at, boolean condition) {
        try {
            return condition ? Formula.condition(text, names) : Formula.number(text, names);
        } catch (ProblemException e) {
            Problem p = e.problem();
            throw problem(p.code(), at, p.message(), p.cure());
        }
    }

    private void requireName(String at, String name) {
        if (!NAME.matcher(name).matches()) {
            throw problem("bad-name", at, "'" + name + "' is no name for formulas.", "Use letters and digits.");
        }
    }

    private ProblemException problem(String code, String pointer, String message, String cure) {
        return new ProblemException(yaml.problem(code, pointer, message, cure));
    }
}
