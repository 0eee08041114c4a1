package org.yuzui.scheduling.internal;

import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.scheduling.Schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the schedules of two versions of a plugin. */
final class ScheduleChanges {

    private static final String KIND = "schedules";
    private static final String SUFFIX = ".schedule.yaml";

    private record Version(Map<String, Schedule> schedules, Map<String, Problem> broken) {
    }

    private ScheduleChanges() {
    }

    static List<PlannedChange> between(PluginContent coming, PluginContent running, ZoneId zone, Instant now) {
        Version next = read(coming, zone, now);
        Version before = read(running, zone, now);
        TreeSet<String> ids = new TreeSet<>(next.schedules.keySet());
        ids.addAll(next.broken.keySet());
        ids.addAll(before.schedules.keySet());
        List<PlannedChange> changes = new ArrayList<>();
        for (String id : ids) {
            Problem problem = next.broken.get(id);
            Schedule old = before.schedules.get(id);
            Schedule after = next.schedules.get(id);
            if (problem != null) {
                changes.add(PlannedChange.of(KIND, id, old == null ? Action.ADD : Action.CHANGE)
                        .withProblems(List.of(problem)));
            } else {
                changes.add(change(id, old, after));
            }
        }
        return changes;
    }

    private static Version read(PluginContent plugin, ZoneId zone, Instant now) {
        Version version = new Version(new TreeMap<>(), new TreeMap<>());
        if (plugin != null) {
            String owner = plugin.descriptor().id();
            for (HubFile file : plugin.files(KIND, SUFFIX)) {
                try {
                    version.schedules.put(owner + "/" + file.id(), ScheduleFile.read(file, owner, zone, now));
                } catch (ProblemException e) {
                    version.broken.put(owner + "/" + file.id(), e.problem());
                }
            }
        }
        return version;
    }

    private static PlannedChange change(String id, Schedule old, Schedule next) {
        if (old == null || next == null) {
            Schedule there = old == null ? next : old;
            return PlannedChange.of(KIND, id, old == null ? Action.ADD : Action.REMOVE).withDetails(List.of(when(there)));
        }
        List<String> details = new ArrayList<>();
        differ(details, "", when(old), when(next));
        differ(details, "calendar ", calendar(old), calendar(next));
        differ(details, "misfire ", word(old.misfire()), word(next.misfire()));
        differ(details, "timeout ", text(old.timeout()), text(next.timeout()));
        differ(details, "covers ", word(old.covers()), word(next.covers()));
        differ(details, "title ", old.title().en(), next.title().en());
        return PlannedChange.of(KIND, id, old.equals(next) ? Action.KEEP : Action.CHANGE).withDetails(details);
    }

    private static void differ(List<String> details, String what, String before, String after) {
        if (!Objects.equals(before, after)) {
            details.add(what + before + " → " + after);
        }
    }

    private static String when(Schedule schedule) {
        return schedule.cron() != null ? "cron " + schedule.cron() : "every " + text(schedule.every());
    }

    private static String calendar(Schedule schedule) {
        return schedule.workdays() ? "workdays" : "all";
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
