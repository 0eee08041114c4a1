package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.rules.Rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What would change of a plugin's rules, and of the checks in its contracts. */
public final class RulePlan {

    private static final String KIND = "rules";

    private final Compilation compilation;

    public RulePlan(Compilation compilation) {
        this.compilation = compilation;
    }

    /** Either may be null. */
    public List<PlannedChange> between(PluginContent coming, PluginContent running) {
        List<PlannedChange> changes = new ArrayList<>();
        for (PlannedChange change : PlannedChange.byFile(KIND, coming, running)) {
            switch (change.action()) {
                case ADD, CHANGE -> file(coming, change.id()).ifPresent(f -> changes.add(compared(change, f, coming, running)));
                default -> changes.add(change);
            }
        }
        changes.addAll(plannedChecks(coming, running));
        return changes;
    }

    private PlannedChange compared(PlannedChange change, HubFile file, PluginContent coming, PluginContent running) {
        DmnCompiler.Outcome next = compilation.rule(file, coming.descriptor().id());
        if (next.rule() == null) {
            return change.withProblems(next.problems());
        }
        List<String> details = new ArrayList<>();
        List<String> noticed = List.of();
        if (change.action() == Action.CHANGE) {
            Rule now = file(running, change.id()).map(f -> compilation.rule(f, running.descriptor().id()).rule()).orElse(null);
            if (now != null) {
                details.addAll(TableChanges.between(now, next.rule()));
                noticed = TableChanges.noticed(now, next.rule());
            }
        }
        next.rule().findings().forEach(f -> details.add(f.sentence()));
        return change.withDetails(details).withNoticed(noticed);
    }

    /** Empty for a file of another kind that lies there too. */
    private static Optional<HubFile> file(PluginContent plugin, String id) {
        return plugin.files(KIND, ".dmn").stream().filter(f -> f.id().equals(id)).findFirst();
    }

    private List<PlannedChange> plannedChecks(PluginContent coming, PluginContent running) {
        Map<String, CheckCompiler.Outcome> next = outcomes(coming);
        Map<String, CheckCompiler.Outcome> now = outcomes(running);
        Set<String> ids = new TreeSet<>(next.keySet());
        ids.addAll(now.keySet());
        List<PlannedChange> changes = new ArrayList<>();
        for (String id : ids) {
            Map<String, JsonNode> after = byId(next.get(id));
            Map<String, JsonNode> before = byId(now.get(id));
            List<String> details = new ArrayList<>();
            Set<String> all = new LinkedHashSet<>(after.keySet());
            all.addAll(before.keySet());
            all.forEach(rule -> {
                if (!before.containsKey(rule)) {
                    details.add("check " + rule + " added");
                } else if (!after.containsKey(rule)) {
                    details.add("check " + rule + " removed");
                } else if (!before.get(rule).equals(after.get(rule))) {
                    details.add("check " + rule + " changed");
                }
            });
            Action action = !now.containsKey(id) ? Action.ADD
                    : !next.containsKey(id) ? Action.REMOVE
                    : details.isEmpty() ? Action.KEEP : Action.CHANGE;
            changes.add(PlannedChange.of(KIND, id + "/x-rules", action).withDetails(details)
                    .withProblems(next.containsKey(id) ? next.get(id).problems() : List.of()));
        }
        return changes;
    }

    private Map<String, CheckCompiler.Outcome> outcomes(PluginContent plugin) {
        Map<String, CheckCompiler.Outcome> outcomes = new TreeMap<>();
        if (plugin != null) {
            compilation.checks(plugin.files("contracts", ".schema.json")).forEach(o -> outcomes.put(o.contract(), o));
        }
        return outcomes;
    }

    private static Map<String, JsonNode> byId(CheckCompiler.Outcome outcome) {
        Map<String, JsonNode> rules = new TreeMap<>();
        if (outcome != null) {
            outcome.schema().path("x-rules").forEach(r -> rules.put(r.path("id").asText(), r));
        }
        return rules;
    }
}
