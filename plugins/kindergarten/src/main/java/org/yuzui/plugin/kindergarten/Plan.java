package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.spi.Settings;
import org.yuzui.spi.WorkCalendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A patrol round that is due every day, or every workday.
 *
 * @param points  in the order in which they are to be passed
 * @param starts  when it is due; a round is walked from {@code early} before, and its first point passed by {@code late} after
 * @param least   minutes from one point to the next, at least
 * @param most    and at most
 * @param from    the first day on which it is due; null for always
 */
record Plan(String name, String unit, List<String> points, List<LocalTime> starts, Duration early, Duration late, Duration least,
            Duration most, boolean workdays, LocalDate from) {

    /** One round of a plan: when it may be walked. */
    record Due(Plan plan, OffsetDateTime start, Instant opens, Instant ends) {

        LocalTime endsAt() {
            return ends.atOffset(start.getOffset()).toLocalTime();
        }
    }

    /**
     * All plans of the settings.
     *
     * @throws IllegalArgumentException when two rounds of a unit that share a point could be walked at the same time: it
     *                                  couldn't be told which of them a passing belongs to
     */
    static List<Plan> all(Settings settings, ZoneId zone) {
        List<Plan> plans = new ArrayList<>();
        settings.tree().path("rounds").properties().forEach(e -> plans.add(of(e.getKey(), e.getValue())));
        LocalDate day = LocalDate.of(2024, 1, 2); // any one without a change of the clocks
        List<Due> all = new ArrayList<>();
        for (Plan plan : plans) {
            all.addAll(plan.on(day.minusDays(1), zone));
            all.addAll(plan.on(day, zone));
        }
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                requireApart(all.get(i), all.get(j));
            }
        }
        return List.copyOf(plans);
    }

    private static void requireApart(Due one, Due other) {
        Set<String> shared = new HashSet<>(one.plan.points);
        shared.retainAll(other.plan.points);
        if (one.plan.unit.equals(other.plan.unit) && !shared.isEmpty() && one.opens.isBefore(other.ends) && other.opens.isBefore(one.ends)) {
            throw new IllegalArgumentException("rounds." + one.plan.name + " at " + one.start.toLocalTime() + " and rounds." + other.plan.name
                    + " at " + other.start.toLocalTime() + " share points and can be walked at the same time (until "
                    + (other.start.isAfter(one.start) ? one : other).endsAt() + "): set other starts, lateMinutes or mostMinutes.");
        }
    }

    private static Plan of(String name, JsonNode p) {
        List<String> points = new ArrayList<>();
        p.path("points").forEach(point -> points.add(point.asText()));
        List<LocalTime> starts = new ArrayList<>();
        p.path("starts").forEach(start -> starts.add(LocalTime.parse(start.asText())));
        Duration least = minutes(p, "leastMinutes", 1);
        Duration most = minutes(p, "mostMinutes", 15);
        if (least.compareTo(most) > 0 || points.size() != new HashSet<>(points).size()) {
            throw new IllegalArgumentException("rounds." + name + ": leastMinutes is more than mostMinutes, or a point is named twice.");
        }
        return new Plan(name, p.path("unit").asText(), List.copyOf(points), List.copyOf(starts), minutes(p, "earlyMinutes", 10),
                minutes(p, "lateMinutes", 20), least, most, p.path("days").asText("all").equals("workdays"),
                p.has("from") ? LocalDate.parse(p.get("from").asText()) : null);
    }

    private static Duration minutes(JsonNode p, String name, int otherwise) {
        return Duration.ofMinutes(p.path(name).asLong(otherwise));
    }

    /** Whether it is due on a day; in a year without a notice of the State Council a round of workdays is due on weekdays. */
    boolean isDue(LocalDate day, WorkCalendar calendar) {
        if (from != null && day.isBefore(from)) {
            return false;
        }
        return !workdays || switch (calendar.of(day)) {
            case WORKDAY -> true;
            case DAY_OFF -> false;
            default -> day.getDayOfWeek().getValue() <= 5;
        };
    }

    /** Its rounds that begin on a day. */
    List<Due> on(LocalDate day, ZoneId zone) {
        List<Due> due = new ArrayList<>();
        for (LocalTime time : starts) {
            OffsetDateTime start = day.atTime(time).atZone(zone).toOffsetDateTime();
            Instant begin = start.toInstant();
            due.add(new Due(this, start, begin.minus(early), begin.plus(late).plus(most.multipliedBy(points.size() - 1L))));
        }
        return due;
    }
}
