package org.yuzui.routing.internal;

import org.yuzui.scheduling.Scheduler;
import org.yuzui.spi.WorkCalendar;

import java.time.LocalDate;
import java.time.Year;

/** What a plugin's beans see of the hub's work calendar. */
record HubCalendar(Scheduler scheduler) implements WorkCalendar {

    @Override
    public DayKind of(LocalDate day) {
        org.yuzui.scheduling.WorkCalendar calendar = scheduler.calendar();
        if (!calendar.years().contains(Year.from(day))) {
            return DayKind.UNKNOWN;
        }
        return calendar.isWorkday(day) ? DayKind.WORKDAY : DayKind.DAY_OFF;
    }
}
