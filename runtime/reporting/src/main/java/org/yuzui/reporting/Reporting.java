package org.yuzui.reporting;

import org.yuzui.reporting.internal.PostgresReports;
import org.yuzui.store.Store;

import java.time.Clock;
import java.time.ZoneId;

/** Opens the room. */
public final class Reporting {

    private Reporting() {
    }

    /**
     * @param units who there is; fixed until the hub starts again
     * @param zone  where the hub's days begin and end
     */
    public static Reports open(Units units, Store store, Clock clock, ZoneId zone) {
        return new PostgresReports(units, store.jdbi(), clock.withZone(zone));
    }
}
