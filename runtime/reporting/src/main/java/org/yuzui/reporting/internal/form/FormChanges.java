package org.yuzui.reporting.internal.form;

import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Units;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Compares the forms of two versions of a plugin: which indicators come, change and go. */
public final class FormChanges {

    private static final String KIND = "reports";
    private static final String SUFFIX = ".form.yaml";

    private record Version(Map<String, Form> forms, Map<String, Problem> broken) {
    }

    private FormChanges() {
    }

    /** @param refusal why a form that is sound by itself can't come */
    public static List<PlannedChange> between(PluginContent coming, PluginContent running, Units units,
                                       BiFunction<HubFile, Form, Optional<Problem>> refusal) {
        Version next = read(coming, units, refusal);
        Version before = read(running, units, (file, form) -> Optional.empty());
        TreeSet<String> ids = new TreeSet<>(next.forms.keySet());
        ids.addAll(next.broken.keySet());
        ids.addAll(before.forms.keySet());
        List<PlannedChange> changes = new ArrayList<>();
        for (String id : ids) {
            Problem problem = next.broken.get(id);
            Form old = before.forms.get(id);
            changes.add(problem == null ? change(id, old, next.forms.get(id))
                    : PlannedChange.of(KIND, id, old == null ? Action.ADD : Action.CHANGE).withProblems(List.of(problem)));
        }
        return changes;
    }

    private static Version read(PluginContent plugin, Units units,
                                BiFunction<HubFile, Form, Optional<Problem>> refusal) {
        Version version = new Version(new TreeMap<>(), new TreeMap<>());
        if (plugin != null) {
            for (HubFile file : plugin.files(KIND, SUFFIX)) {
                try {
                    Form form = FormFile.read(file, plugin.descriptor().id(), units).form();
                    version.forms.put(file.id(), form);
                    refusal.apply(file, form).ifPresent(p -> version.broken.put(file.id(), p));
                } catch (ProblemException e) {
                    version.broken.put(file.id(), e.problem());
                }
            }
        }
        return version;
    }

    private static PlannedChange change(String id, Form old, Form next) {
        if (old == null || next == null) {
            return PlannedChange.of(KIND, id, old == null ? Action.ADD : Action.REMOVE);
        }
        List<String> details = new ArrayList<>();
        if (old.period() != next.period()) {
            details.add("period " + old.period() + " → " + next.period());
        }
        Map<String, Indicator> before = byCode(old);
        Map<String, Indicator> after = byCode(next);
        after.forEach((code, indicator) -> {
            if (!before.containsKey(code)) {
                details.add("new indicator " + code);
            } else if (!before.get(code).equals(indicator)) {
                details.add("indicator " + code + " changed");
            }
        });
        before.keySet().stream().filter(code -> !after.containsKey(code))
                .forEach(code -> details.add("indicator " + code + " removed"));
        if (!old.checks().equals(next.checks())) {
            details.add("checks " + old.checks().size() + " → " + next.checks().size());
        }
        if (!Objects.equals(old.deadline(), next.deadline())) {
            details.add("deadline changed");
        }
        if (!old.review().equals(next.review())) {
            details.add("review changed");
        }
        if (!old.respondents().equals(next.respondents())) {
            details.add("respondents " + old.respondents().size() + " → " + next.respondents().size());
        }
        return PlannedChange.of(KIND, id, old.equals(next) ? Action.KEEP : Action.CHANGE).withDetails(details);
    }

    private static Map<String, Indicator> byCode(Form form) {
        Map<String, Indicator> byCode = new LinkedHashMap<>();
        form.indicators().forEach(i -> byCode.put(i.code(), i));
        return byCode;
    }
}
