package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.scheduling.CalendarYear;
import org.yuzui.scheduling.ScheduleDay;
import org.yuzui.scheduling.ScheduleDays;
import org.yuzui.scheduling.Scheduler;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The days of a calendar: working or not, and what is due on them. */
final class CalendarCalls {

    private static final int MOST_DAYS = 62;

    private final Scheduler scheduler;
    private final Json json;

    CalendarCalls(Scheduler scheduler, Json json) {
        this.scheduler = scheduler;
        this.json = json;
    }

    record YearView(int year, boolean known, String notice, List<CalendarYear.Holiday> holidays, List<LocalDate> workdays) {
    }

    record Unknown(String schedule, int year) {
    }

    record Days(List<ScheduleDay> days, List<Unknown> unknown) {
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/calendar/{year}", this::year).needs(Permission.READ),
                Endpoint.get("/api/v1/schedule-days", List.of("from", "to"), this::days).needs(Permission.READ));
    }

    private void year(Context ctx, Query query) {
        String text = ctx.pathParam("year");
        if (!text.matches("20\\d\\d|2100")) {
            throw Refusal.badRequest("bad-year", "path year", "'" + text + "' is not a year from 2000 to 2100.", "Write 2026.");
        }
        Year year = Year.parse(text);
        Answers.send(ctx, json, scheduler.calendar().year(year)
                .map(y -> new YearView(year.getValue(), true, y.notice(), y.holidays(), y.workdays()))
                .orElse(new YearView(year.getValue(), false, null, List.of(), List.of())));
    }

    private void days(Context ctx, Query query) {
        LocalDate from = day(query, "from");
        LocalDate to = day(query, "to");
        if (from.isAfter(to) || ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw Refusal.badRequest("bad-range", Query.place("to"), "From " + from + " to " + to + " is no range of 1 to " + MOST_DAYS
                    + " days.", "Ask for a month at a time.");
        }
        ScheduleDays days = scheduler.days(from, to);
        Answers.send(ctx, json, new Days(days.days(), days.unknown().entrySet().stream()
                .map(e -> new Unknown(e.getKey(), e.getValue().getValue())).toList()));
    }

    private static LocalDate day(Query query, String name) {
        String text = query.text(name);
        try {
            return LocalDate.parse(text == null ? "" : text);
        } catch (DateTimeException e) {
            throw Refusal.badRequest("bad-day", Query.place(name), text == null ? "The parameter '" + name + "' is missing."
                    : "'" + text + "' is not a date.", "Write 2026-11-22.");
        }
    }
}
