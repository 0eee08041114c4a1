package org.yuzui.scheduling.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.scheduling.CalendarYear.Holiday;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One year's notice: {@code {"year": 2026, "notice": "https://…", "holidays": [{"name": "元旦", "from": "2026-01-01", "to":
 * "2026-01-03"}], "workdays": ["2026-01-04"]}}. {@code workdays} are the Saturdays and Sundays on which people work instead.
 * A notice may speak of days at the turn of the year before or after.
 *
 * @param notice   where it stands; null when the file does not say
 * @param holidays as they are named
 * @param daysOff  all days of the holidays, weekends among them
 * @param workdays make-up working days
 */
public record HolidayFile(Year year, String notice, List<Holiday> holidays, Set<LocalDate> daysOff, Set<LocalDate> workdays) {

    private static final Set<String> KEYS = Set.of("year", "notice", "holidays", "workdays");
    private static final Set<String> HOLIDAY_KEYS = Set.of("name", "from", "to");
    private static final int LONGEST = 31;

    /** Whether the notice is out; an empty file holds its place until then. */
    boolean announced() {
        return !daysOff.isEmpty();
    }

    /** @throws ProblemException {@code bad-calendar} with file, line and cure */
    public static HolidayFile read(Path file, String name) {
        try {
            return new Reading(YamlDocument.read(file, name)).file(file.getFileName().toString());
        } catch (ProblemException e) {
            Problem p = e.problem();
            throw p.code().equals("bad-calendar") ? e
                    : new ProblemException(new Problem("bad-calendar", p.place(), p.message(), p.cure()), e);
        }
    }

    private static final class Reading {
        private final YamlDocument json;
        private final List<Holiday> holidays = new ArrayList<>();
        private final Set<LocalDate> daysOff = new TreeSet<>();
        private final Set<LocalDate> workdays = new TreeSet<>();

        Reading(YamlDocument json) {
            this.json = json;
        }

        HolidayFile file(String fileName) {
            json.requireKnownKeys("", KEYS);
            int year = json.root().path("year").asInt();
            if (!fileName.equals("holidays-" + year + ".json")) {
                throw problem("/year", "The year is not the one in the file's name.", "Let both be the same.");
            }
            JsonNode listed = list("/holidays");
            for (int i = 0; i < listed.size(); i++) {
                holiday("/holidays/" + i, year);
            }
            JsonNode made = list("/workdays");
            for (int i = 0; i < made.size(); i++) {
                workday("/workdays/" + i, year);
            }
            if (daysOff.isEmpty() && !workdays.isEmpty()) {
                throw problem("/workdays", "There are make-up days without holidays.", "Add the holidays.");
            }
            return new HolidayFile(Year.of(year), json.root().path("notice").asText(null), List.copyOf(holidays), Set.copyOf(daysOff),
                    Set.copyOf(workdays));
        }

        private void holiday(String at, int year) {
            JsonNode holiday = json.root().at(at);
            holiday.fieldNames().forEachRemaining(key -> {
                if (!HOLIDAY_KEYS.contains(key)) {
                    throw problem(at + "/" + key, "The key '" + key + "' is not known.", KnownKeys.cure(key, HOLIDAY_KEYS));
                }
            });
            LocalDate from = date(at + "/from", year);
            LocalDate to = date(at + "/to", year);
            long days = ChronoUnit.DAYS.between(from, to) + 1;
            if (days < 1 || days > LONGEST) {
                throw problem(at + "/to", "The holiday has " + days + " days.", "Let it end after it began, within a month.");
            }
            holidays.add(new Holiday(holiday.path("name").asText(""), from, to));
            from.datesUntil(to.plusDays(1)).forEach(day -> {
                if (!daysOff.add(day)) {
                    throw problem(at + "/from", day + " is in two holidays.", "Write it in one.");
                }
            });
        }

        private void workday(String at, int year) {
            LocalDate day = date(at, year);
            if (daysOff.contains(day)) {
                throw problem(at, day + " is a holiday too.", "Decide by the notice which it is.");
            }
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                throw problem(at, day + " is no Saturday or Sunday: people work then anyway.", "Check the date.");
            }
            if (!workdays.add(day)) {
                throw problem(at, day + " stands here twice.", "Remove one.");
            }
        }

        private JsonNode list(String at) {
            JsonNode list = json.root().at(at);
            if (!list.isArray()) {
                throw problem(at, "'" + at.substring(1) + "' is missing or not a list.", "Write [] when nothing is known.");
            }
            return list;
        }

        private LocalDate date(String at, int year) {
            try {
                LocalDate date = LocalDate.parse(json.requireText(at));
                if (date.isBefore(LocalDate.of(year - 1, 12, 1)) || date.isAfter(LocalDate.of(year + 1, 1, 31))) {
                    throw problem(at, date + " is not in this year.", "Write it in the file of its own year.");
                }
                return date;
            } catch (DateTimeException e) {
                throw problem(at, "This is not a date.", "Write it as " + year + "-01-31.");
            }
        }

        private ProblemException problem(String at, String message, String cure) {
            return new ProblemException(json.problem("bad-calendar", at, message, cure));
        }
    }
}
