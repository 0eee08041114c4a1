package org.yuzui.scheduling.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.quartz.CronExpression;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.scheduling.Schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One {@code schedules/<name>.schedule.yaml}. */
public final class ScheduleFile {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern DURATION = Pattern.compile("(?=\\d)(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");
    private static final Set<String> KEYS =
            Set.of("title", "cron", "every", "calendar", "misfire", "timeout", "covers");
    private static final Duration DAY = Duration.ofDays(1);

    private final YamlDocument yaml;

    private ScheduleFile(YamlDocument yaml) {
        this.yaml = yaml;
    }

    /** @throws PluginException with file, line and cure */
    public static Schedule read(HubFile file, String plugin, ZoneId zone, Instant now) {
        if (!NAME.matcher(file.id()).matches()) {
            throw new PluginException(new Problem("bad-schedule-id", file.path(),
                    "'" + file.id() + "' is no name of a schedule.", "Name the file like daily-summary.schedule.yaml."));
        }
        try {
            return new ScheduleFile(YamlDocument.parse(file.bytes(), file.path())).schedule(file.id(), plugin, zone, now);
        } catch (PluginException e) {
            throw e;
        } catch (ProblemException e) {
            throw new PluginException(e.problem(), e);
        }
    }

    private Schedule schedule(String name, String plugin, ZoneId zone, Instant now) {
        yaml.requireKnownKeys("", KEYS);
        JsonNode root = yaml.root();
        if (root.has("cron") == root.has("every")) {
            throw problem("missing-key", root.has("every") ? "/every" : "",
                    root.has("cron") ? "The schedule has both cron and every." : "The schedule has neither cron nor every.",
                    "Write cron: '0 0 2 * * ?' for two o'clock every night, or every: 10m.");
        }
        return new Schedule(plugin + "/" + name, Title.of(root.get("title"), name), plugin,
                root.has("cron") ? cron(zone, now) : null,
                root.has("every") ? duration("/every", DAY) : null,
                choice("/calendar", "all", Map.of("all", false, "workdays", true)),
                choice("/misfire", "run-once", named(Schedule.Misfire.values())),
                root.has("timeout") ? duration("/timeout", DAY) : Duration.ofMinutes(10),
                choice("/covers", "same-day", named(Schedule.Covers.values())));
    }

    private String cron(ZoneId zone, Instant now) {
        String text = yaml.requireText("/cron");
        CronExpression cron;
        try {
            cron = Timetable.cron(text, zone);
        } catch (IllegalArgumentException e) {
            throw problem("bad-cron", "/cron", "This cron expression can't be read: " + e.getMessage(),
                    "It has six fields, seconds first, and a ? for one of the two days: '0 0 2 * * ?'.");
        }
        if (cron.getNextValidTimeAfter(Date.from(now)) == null) {
            throw problem("bad-cron", "/cron", "This cron expression is never due again.", "Check its day, month and year.");
        }
        return text;
    }

    private Duration duration(String pointer, Duration most) {
        String text = yaml.requireText(pointer);
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            Duration duration = Duration.ofHours(number(matcher, 1)).plusMinutes(number(matcher, 2))
                    .plusSeconds(number(matcher, 3));
            if (!duration.isZero() && duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        throw problem("bad-duration", pointer, "'" + text + "' is no duration between 1s and 24h.",
                "Write for example 30s, 10m or 1h30m.");
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }

    private <T> T choice(String pointer, String otherwise, Map<String, T> choices) {
        if (yaml.root().at(pointer).isMissingNode()) {
            return choices.get(otherwise);
        }
        String text = yaml.requireText(pointer);
        if (!choices.containsKey(text)) {
            throw problem("unknown-value", pointer, "'" + text + "' is not known here.",
                    KnownKeys.cure(text, choices.keySet()));
        }
        return choices.get(text);
    }

    private static <E extends Enum<E>> Map<String, E> named(E[] values) {
        Map<String, E> named = new TreeMap<>();
        for (E value : values) {
            named.put(value.name().toLowerCase(Locale.ROOT).replace('_', '-'), value);
        }
        return named;
    }

    private PluginException problem(String code, String pointer, String message, String cure) {
        return new PluginException(yaml.problem(code, pointer, message, cure));
    }
}
