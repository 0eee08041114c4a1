package org.yuzui.scheduling;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.SettableClock;
import org.yuzui.store.SharedStore;
import org.yuzui.store.Store;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Noon of Sunday, 22 November 2026, one plugin with one schedule {@code s}, and nodes as the test opens them. */
abstract class SchedulerScene {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final String NIGHTLY = "cron: '0 0 2 * * ?'\ncovers: previous-day\n";

    final Store store = SharedStore.get();
    final List<AutoCloseable> open = new ArrayList<>();
    final SettableClock clock = new SettableClock(at("2026-11-22T12:00:00"), ZoneOffset.UTC);
    /** Of each test its own. */
    String plugin;

    @BeforeEach
    void namePlugin(TestInfo test) {
        plugin = "p" + Integer.toHexString((test.getDisplayName() + test.getTestMethod()).hashCode());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    Scheduler started(String node, Clock clock) {
        Scheduler scheduler = open(node, clock);
        scheduler.start();
        return scheduler;
    }

    Scheduler open(String node, Clock clock) {
        Scheduler scheduler = Schedulers.open(store, WorkCalendars.load(WorkCalendarTest.SHIPPED),
                new SchedulerSettings(node, ZONE, 4), clock);
        open.add(scheduler);
        return scheduler;
    }

    /** Deployed and started. */
    Deployment deploy(Scheduler scheduler, String yaml) {
        Deployment deployment = scheduler.deploy(GivenSchedules.of(plugin, "s", yaml));
        open.add(deployment);
        deployment.start();
        return deployment;
    }

    String id() {
        return plugin + "/s";
    }

    List<Occurrence> rows(Scheduler scheduler) {
        return scheduler.occurrences(id(), at("2026-01-01T00:00:00"), at("2028-01-01T00:00:00"));
    }

    OccurrenceState state(Scheduler scheduler, String dueAt) {
        return scheduler.occurrences(id(), at(dueAt), at(dueAt).plusSeconds(1)).get(0).state();
    }

    static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }
}
