package org.yuzui.scheduling.internal;

import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.scheduling.Schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The schedules of two versions of a plugin, compared by what they mean: a comment or a line end is no change. */
final class ScheduleChanges {

    private static final String KIND = "schedules";

    private final BiFunction<HubFile, String, Schedule> reader;

    /** @param reader of a file and the plugin's id; throws what is wrong with it */
    ScheduleChanges(BiFunction<HubFile, String, Schedule> reader) {
        this.reader = reader;
    }

    /** Either may be null. */
    List<PlannedChange> between(PluginContent coming, PluginContent running) {
        Map<String, Problem> wrong = new TreeMap<>();
        Map<String, Schedule> next = read(coming, wrong);
        Map<String, Schedule> now = read(running, new TreeMap<>());
        TreeSet<String> names = new TreeSet<>(next.keySet());
        names.addAll(now.keySet());
        names.addAll(wrong.keySet());
        List<PlannedChange> changes = new ArrayList<>();
        for (String name : names) {
            Schedule before = now.get(name);
            Schedule after = next.get(name);
            if (wrong.containsKey(name)) {
                changes.add(PlannedChange.of(KIND, name, before == null ? Action.ADD : Action.CHANGE)
                        .withProblems(List.of(wrong.get(name))));
            } else if (before == null || after == null) {
                changes.add(PlannedChange.of(KIND, name, before == null ? Action.ADD : Action.REMOVE));
            } else {
                changes.add(before.equals(after) ? PlannedChange.of(KIND, name, Action.KEEP)
                        : PlannedChange.of(KIND, name, Action.CHANGE).withDetails(details(before, after))
                                .withNoticed(times(before, after)));
            }
        }
        return changes;
    }

    private Map<String, Schedule> read(PluginContent plugin, Map<String, Problem> wrong) {
        Map<String, Schedule> schedules = new TreeMap<>();
        if (plugin != null) {
            for (HubFile file : plugin.files(KIND, ".schedule.yaml")) {
                try {
                    schedules.put(file.id(), reader.apply(file, plugin.descriptor().id()));
                } catch (ProblemException e) {
                    wrong.put(file.id(), e.problem());
                }
            }
        }
        return schedules;
    }

    /** When it fires, and which day that is about: what a route that it fires notices. */
    private static List<String> times(Schedule before, Schedule after) {
        List<String> changes = new ArrayList<>();
        tell(changes, "fires", when(before), when(after));
        tell(changes, "days", days(before), days(after));
        tell(changes, "covers", before.covers(), after.covers());
        return changes;
    }

    private static List<String> details(Schedule before, Schedule after) {
        List<String> changes = times(before, after);
        tell(changes, "misfire", before.misfire(), after.misfire());
        tell(changes, "timeout", before.timeout(), after.timeout());
        tell(changes, "title", before.title(), after.title());
        return changes;
    }

    private static String when(Schedule s) {
        return s.cron() != null ? s.cron() : "every " + text(s.every());
    }

    private static String days(Schedule s) {
        return s.workdays() ? "workdays" : "all";
    }

    private static void tell(List<String> changes, String what, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changes.add(what + " " + text(before) + " → " + text(after));
        }
    }

    /** As it is written in the file. */
    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return duration.toString().substring(2).toLowerCase(Locale.ROOT);
        }
        return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value instanceof Title title ? title.en() : String.valueOf(value);
    }
}
