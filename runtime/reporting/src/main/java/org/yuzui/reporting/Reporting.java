package org.yuzui.reporting;

import org.yuzui.reporting.internal.PostgresReports;
import org.yuzui.scheduling.WorkCalendar;
import org.yuzui.scheduling.WorkCalendars;
import org.yuzui.store.Store;

import java.time.Clock;
import java.time.ZoneId;

/** Opens the room. */
public final class Reporting {

    private Reporting() {
    }

    /**
     * @param units    who there is; fixed until the hub starts again
     * @param calendar what deadlines are counted by
     * @param zone     where the hub's days begin and end
     */
    public static Reports open(Units units, Store store, WorkCalendar calendar, Clock clock, ZoneId zone) {
        return new PostgresReports(units, store.jdbi(), calendar, clock.withZone(zone));
    }

    /** Without a calendar: deadlines in working days are unknown. */
    public static Reports open(Units units, Store store, Clock clock, ZoneId zone) {
        return open(units, store, WorkCalendars.none(), clock, zone);
    }
}
