package org.yuzui.reporting;

import org.yuzui.reporting.internal.PostgresReports;
import org.yuzui.reporting.internal.submission.SheetFolder;
import org.yuzui.scheduling.WorkCalendar;
import org.yuzui.scheduling.WorkCalendars;
import org.yuzui.store.Store;

import java.nio.file.Path;
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
        return new PostgresReports(units, store.jdbi(), calendar, clock.withZone(zone), null);
    }

    /** @param orgDir where the units' files lie, so that others can be put there */
    public static Reports open(Units units, Path orgDir, Store store, WorkCalendar calendar, Clock clock, ZoneId zone) {
        return new PostgresReports(units, store.jdbi(), calendar, clock.withZone(zone), orgDir);
    }

    /** Without a calendar: deadlines in working days are unknown. */
    public static Reports open(Units units, Store store, Clock clock, ZoneId zone) {
        return open(units, store, WorkCalendars.none(), clock, zone);
    }

    /**
     * A folder as a door: filled files that are put there (renamed into it, so that they are whole) are handed in and moved to
     * {@code .done}, or to {@code .refused} with the reasons beside them. Takes what is there, then watches until it is closed.
     */
    public static AutoCloseable watch(Path folder, Reports reports) {
        SheetFolder door = new SheetFolder(folder, reports.sheets());
        door.start();
        return door;
    }
}
