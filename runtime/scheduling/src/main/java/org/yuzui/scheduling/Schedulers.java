package org.yuzui.scheduling;

import org.yuzui.scheduling.internal.ClusterScheduler;
import org.yuzui.store.Store;

import java.time.Clock;

/** Opens the hub's one scheduler. */
public final class Schedulers {

    private Schedulers() {
    }

    /**
     * Makes Quartz' tables if they are missing; fires nothing before {@link Scheduler#start()}.
     *
     * @param store outlives the scheduler
     * @param clock decides what is due; Quartz itself wakes up by the system's
     */
    public static Scheduler open(Store store, WorkCalendar calendar, SchedulerSettings settings, Clock clock) {
        return ClusterScheduler.open(store, calendar, settings, clock);
    }
}
