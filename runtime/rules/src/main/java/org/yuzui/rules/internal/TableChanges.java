package org.yuzui.rules.internal;

import org.yuzui.rules.DecisionTable;
import org.yuzui.rules.Rule;
import org.yuzui.rules.RuleInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a new version of a rule says differently, a sentence each. */
final class TableChanges {

    private TableChanges() {
    }

    static List<String> between(Rule now, Rule next) {
        List<String> changes = noticed(now, next);
        Map<String, DecisionTable> before = byName(now);
        Map<String, DecisionTable> after = byName(next);
        named("table", before.keySet(), after.keySet(), changes);
        after.forEach((name, table) -> {
            DecisionTable old = before.get(name);
            if (old != null && !old.equals(table)) {
                changes.add("table " + name + ": " + String.join(", ", differences(old, table)));
            }
        });
        return changes;
    }

    /** What whoever asks the rule must know: its inputs and decisions. */
    static List<String> noticed(Rule now, Rule next) {
        List<String> changes = new ArrayList<>();
        inputs(now, next, changes);
        named("decision", now.decisions(), next.decisions(), changes);
        return changes;
    }

    private static void inputs(Rule now, Rule next, List<String> changes) {
        named("input", now.inputs().stream().map(RuleInput::name).toList(),
                next.inputs().stream().map(RuleInput::name).toList(), changes);
        for (RuleInput input : next.inputs()) {
            now.inputs().stream().filter(i -> i.name().equals(input.name()) && !i.equals(input)).findFirst()
                    .ifPresent(i -> changes.add("input " + i.name() + ": " + described(i) + " → " + described(input)));
        }
    }

    private static String described(RuleInput input) {
        return input.type() + (input.optional() ? ", optional" : "");
    }

    private static void named(String kind, Iterable<String> now, Iterable<String> next, List<String> changes) {
        TreeSet<String> before = new TreeSet<>();
        now.forEach(before::add);
        TreeSet<String> after = new TreeSet<>();
        next.forEach(after::add);
        after.stream().filter(n -> !before.contains(n)).forEach(n -> changes.add(kind + " " + n + " added"));
        before.stream().filter(n -> !after.contains(n)).forEach(n -> changes.add(kind + " " + n + " removed"));
    }

    private static Map<String, DecisionTable> byName(Rule rule) {
        Map<String, DecisionTable> tables = new LinkedHashMap<>();
        rule.tables().forEach(t -> tables.put(t.name(), t));
        return tables;
    }

    private static List<String> differences(DecisionTable now, DecisionTable next) {
        List<String> differences = new ArrayList<>();
        if (!now.hitPolicy().equals(next.hitPolicy())) {
            differences.add("hit policy " + now.hitPolicy() + " → " + next.hitPolicy());
        }
        if (!now.inputs().equals(next.inputs()) || !now.outputs().equals(next.outputs())) {
            differences.add("other columns");
        }
        int both = Math.min(now.rows().size(), next.rows().size());
        for (int i = 0; i < both; i++) {
            if (!now.rows().get(i).equals(next.rows().get(i))) {
                differences.add("row " + (i + 1) + " changed");
            }
        }
        for (int i = both; i < next.rows().size(); i++) {
            differences.add("row " + (i + 1) + " added");
        }
        for (int i = both; i < now.rows().size(); i++) {
            differences.add("row " + (i + 1) + " removed");
        }
        return differences;
    }
}
