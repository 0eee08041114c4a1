package org.yuzui.scheduling.internal;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.scheduling.CalendarYear;
import org.yuzui.scheduling.WorkCalendar;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Knows the years of its notices and no others. Immutable. */
public final class NoticedCalendar implements WorkCalendar {

    private final Set<Year> years;
    private final Map<Year, CalendarYear> notices;
    private final Set<LocalDate> daysOff;
    private final Set<LocalDate> workdays;
    private final Path folder;

    private NoticedCalendar(Map<Year, CalendarYear> notices, Set<LocalDate> daysOff, Set<LocalDate> workdays, Path folder) {
        this.notices = Map.copyOf(notices);
        this.years = this.notices.keySet();
        this.daysOff = Set.copyOf(daysOff);
        this.workdays = Set.copyOf(workdays);
        this.folder = folder;
    }

    /** @param folder where a missing year's file belongs, for messages */
    public static NoticedCalendar of(Collection<HolidayFile> files, Path folder) {
        Map<Year, CalendarYear> notices = new HashMap<>();
        Set<LocalDate> daysOff = new TreeSet<>();
        Set<LocalDate> workdays = new TreeSet<>();
        for (HolidayFile file : files) {
            if (file.announced()) {
                notices.put(file.year(), new CalendarYear(file.year(), file.notice(), file.holidays(),
                        file.workdays().stream().sorted().toList()));
                daysOff.addAll(file.daysOff());
                workdays.addAll(file.workdays());
            }
        }
        return new NoticedCalendar(notices, daysOff, workdays, folder);
    }

    @Override
    public Set<Year> years() {
        return years;
    }

    @Override
    public Optional<CalendarYear> year(Year year) {
        return Optional.ofNullable(notices.get(year));
    }

    @Override
    public boolean isWorkday(LocalDate day) {
        if (!years.contains(Year.from(day))) {
            throw new ProblemException(new Problem("calendar-unknown", null,
                    "The working days of " + day.getYear() + " are not known: there is no notice of the State Council yet.",
                    "Add " + folder.resolve("holidays-" + day.getYear() + ".json") + " once it is published."));
        }
        if (workdays.contains(day)) {
            return true;
        }
        return !daysOff.contains(day) && day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    @Override
    public LocalDate plusWorkdays(LocalDate day, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, not " + n);
        }
        LocalDate at = day;
        for (int left = n; left > 0;) {
            at = at.plusDays(1);
            if (isWorkday(at)) {
                left--;
            }
        }
        return at;
    }
}
