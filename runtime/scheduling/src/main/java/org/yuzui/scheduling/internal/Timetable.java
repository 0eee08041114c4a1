package org.yuzui.scheduling.internal;

import org.quartz.CronExpression;
import org.yuzui.scheduling.Schedule;
import org.yuzui.scheduling.WorkCalendar;

import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;

/** When a schedule is due: a pure function of schedule, zone and calendar. Thread-safe. */
final class Timetable {

    /** Steps over days off before giving up: no working day follows within ten years. */
    private static final int MAX_STEPS = 3700;

    private final Schedule schedule;
    private final ZoneId zone;
    private final WorkCalendar calendar;
    private final CronExpression cron;

    /**
     * Due times in order.
     *
     * @param unknown the year at which the list had to end because its working days aren't known; null when it did not
     */
    record Due(List<Instant> times, Year unknown) {
    }

    Timetable(Schedule schedule, ZoneId zone, WorkCalendar calendar) {
        this.schedule = schedule;
        this.zone = zone;
        this.calendar = calendar;
        this.cron = schedule.cron() == null ? null : cron(schedule.cron(), zone);
    }

    /** The due times after {@code from} up to and with {@code until}, at most {@code max}; {@code atLeast} of them even later. */
    Due between(Instant from, Instant until, int atLeast, int max) {
        List<Instant> times = new ArrayList<>();
        Instant at = from;
        for (int steps = 0; times.size() < max && steps < MAX_STEPS; steps++) {
            Instant next = tick(at);
            if (next == null || next.isAfter(until) && times.size() >= atLeast) {
                return new Due(times, null);
            }
            LocalDate day = next.atZone(zone).toLocalDate();
            if (schedule.workdays() && !calendar.years().contains(Year.from(day))) {
                return new Due(times, Year.from(day));
            }
            if (!schedule.workdays() || calendar.isWorkday(day)) {
                times.add(next);
                at = next;
                steps = 0;
            } else {
                at = day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1); // no need to look at the rest of it
            }
        }
        return new Due(times, null);
    }

    Optional<Instant> next(Instant after) {
        return between(after, after, 1, 1).times().stream().findFirst();
    }

    /** The day that an occurrence due then is about. */
    LocalDate day(Instant dueAt) {
        LocalDate day = dueAt.atZone(zone).toLocalDate();
        return schedule.covers() == Schedule.Covers.PREVIOUS_DAY ? day.minusDays(1) : day;
    }

    /** The next time by cron or interval, whatever the calendar says; null when there is none any more. */
    private Instant tick(Instant after) {
        if (cron != null) {
            Date next = cron.getNextValidTimeAfter(Date.from(after));
            return next == null ? null : next.toInstant();
        }
        ZonedDateTime local = after.atZone(zone);
        Instant midnight = local.toLocalDate().atStartOfDay(zone).toInstant();
        Instant tomorrow = local.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        long every = schedule.every().toMillis();
        long since = after.toEpochMilli() - midnight.toEpochMilli();
        Instant next = midnight.plusMillis((since / every + 1) * every);
        return next.isBefore(tomorrow) ? next : tomorrow;
    }

    /** @throws IllegalArgumentException saying what Quartz can't read in it */
    static CronExpression cron(String expression, ZoneId zone) {
        try {
            CronExpression cron = new CronExpression(expression);
            cron.setTimeZone(TimeZone.getTimeZone(zone));
            return cron;
        } catch (ParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
