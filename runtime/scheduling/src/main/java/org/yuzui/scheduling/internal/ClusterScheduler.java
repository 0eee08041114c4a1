package org.yuzui.scheduling.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.scheduling.Backfill;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.OccurrenceHandler;
import org.yuzui.scheduling.Pause;
import org.yuzui.scheduling.Schedule;
import org.yuzui.scheduling.ScheduleDays;
import org.yuzui.scheduling.Scheduler;
import org.yuzui.scheduling.SchedulerSettings;
import org.yuzui.scheduling.WorkCalendar;
import org.yuzui.store.Store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Schedules of this node over rows that all nodes share. Quartz rings when a row is due; a keeper looks every few seconds
 * besides, renews the leases of what runs here, and frees what ran on a node that died: after a restart of the same node at
 * once, otherwise when the lease of a minute is over. A handler may therefore see an occurrence again.
 *
 * <p>Undeploying leaves rows and alarms where they are, because other nodes may still have the schedule. What becomes due
 * while nobody has it stays due, and goes by the misfire policy when somebody has it again.
 */
public final class ClusterScheduler implements Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterScheduler.class);
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final int MOST_SHOWN = 1000;

    private final WorkCalendar calendar;
    private final SchedulerSettings settings;
    private final Clock clock;
    private final Occurrences occurrences;
    private final Planner planner;
    private final Pauses pauses;
    private final PastDays pastDays;
    private final DayCounts dayCounts;
    private final Crew crew;
    private final Alarms alarms;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final AskedRuns askedRuns;
    private boolean stopNoted;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean started;

    private ClusterScheduler(Store store, WorkCalendar calendar, SchedulerSettings settings, Clock clock) {
        this.calendar = calendar;
        this.settings = settings;
        this.clock = clock;
        this.occurrences = new Occurrences(store.jdbi(), settings.nodeId());
        this.planner = new Planner(store.jdbi());
        this.pauses = new Pauses(store.jdbi());
        this.pastDays = new PastDays(store.jdbi(), settings.zone());
        this.dayCounts = new DayCounts(store.jdbi(), settings.zone());
        this.askedRuns = new AskedRuns(occurrences, settings.zone());
        this.crew = new Crew(occurrences, clock, settings.threads(), askedRuns::wake);
        this.alarms = Alarms.open(store, settings.nodeId(), this::ring, this::extendAll);
    }

    public static Scheduler open(Store store, WorkCalendar calendar, SchedulerSettings settings, Clock clock) {
        return new ClusterScheduler(store, calendar, settings, clock);
    }

    @Override
    public String kind() {
        return "schedules";
    }

    @Override
    public Deployment deploy(PluginContent plugin) {
        List<Lane.Deployed> versions = new ArrayList<>();
        for (HubFile file : plugin.files(kind(), ".schedule.yaml")) {
            Schedule schedule = ScheduleFile.read(file, plugin.descriptor().id(), settings.zone(), clock.instant());
            versions.add(new Lane.Deployed(schedule, new Timetable(schedule, settings.zone(), calendar)));
        }
        versions.forEach(v -> lane(v.schedule.id()).add(v));
        return new Brought(versions);
    }

    @Override
    public List<PlannedChange> plan(PluginContent coming, PluginContent running) {
        return new ScheduleChanges((file, plugin) -> ScheduleFile.read(file, plugin, settings.zone(), clock.instant()))
                .between(coming, running);
    }

    /** The schedules of one version of a plugin. */
    private final class Brought implements Deployment {

        private final List<Lane.Deployed> versions;

        private Brought(List<Lane.Deployed> versions) {
            this.versions = versions;
        }

        @Override
        public void start() {
            for (Lane.Deployed version : versions) {
                lane(version.schedule.id()).start(version);
                if (started) {
                    adopt(version);
                }
            }
        }

        @Override
        public void quiesce() {
            versions.forEach(ClusterScheduler.this::quiet);
        }

        @Override
        public void close() {
            for (Lane.Deployed version : versions) {
                quiet(version);
                lane(version.schedule.id()).remove(version);
            }
            versions.clear();
        }
    }

    private void quiet(Lane.Deployed version) {
        String id = version.schedule.id();
        boolean watched = version.adopted;
        lane(id).quiesce(version);
        if (watched) {
            tolerantly("note that " + id + " is quiet", () -> occurrences.watch(List.of(id), clock.instant()));
        }
    }

    @Override
    public void start() {
        if (started) {
            return;
        }
        int revived = occurrences.reviveOwn();
        if (revived > 0) {
            LOG.warn("{} occurrences were cut short when this node ended last; they run again", revived);
        }
        crew.start(this::tick, TICK);
        started = true;
        startedVersions().forEach(this::adopt);
        alarms.start();
    }

    private void adopt(Lane.Deployed version) {
        String id = version.schedule.id();
        tolerantly("plan " + id, () -> {
            Planner.Change change = planner.adopt(version.schedule, version.timetable, clock.instant());
            version.adopted = true;
            crew.execute(() -> setAlarms(id, change)); // Quartz takes milliseconds for each; the rows are there already
        });
        lane(id).signal();
    }

    private void extendAll() {
        for (Lane.Deployed version : startedVersions()) {
            String id = version.schedule.id();
            tolerantly("plan " + id, () ->
                    setAlarms(id, planner.extend(version.schedule, version.timetable, clock.instant())));
        }
    }

    private void setAlarms(String id, Planner.Change change) {
        alarms.unset(id, change.dropped());
        alarms.set(id, change.planned());
    }

    private void ring(String id) {
        Lane lane = lanes.get(id);
        if (lane != null) {
            lane.signal();
        }
    }

    private void tick() {
        tolerantly("look after occurrences", () -> {
            crew.renewLeases();
            int revived = occurrences.reviveExpired();
            if (revived > 0) {
                LOG.warn("{} occurrences ran on a node that is gone; they run again", revived);
            }
            startedVersions().stream().filter(d -> !d.adopted).forEach(this::adopt);
            watch();
            pauses.skip(clock.instant());
            occurrences.schedulesDue(clock.instant()).forEach(this::ring);
        });
    }

    private synchronized void noteStopped() {
        stopNoted = true;
    }

    /** Under a lock, so that a sweep that is late says nothing any more when the stop has been noted. */
    private synchronized void watch() {
        if (stopNoted) {
            return;
        }
        occurrences.watch(startedVersions().stream().filter(d -> d.adopted).map(d -> d.schedule.id()).toList(), clock.instant());
    }

    /** The database may be away for a while; the next tick makes up for what could not be done. */
    private static void tolerantly(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("can't {} now, and try again: {}", what, e.getMessage());
        }
    }

    @Override
    public List<Schedule> schedules() {
        return deployed().stream().map(d -> d.schedule).sorted(Comparator.comparing(Schedule::id)).toList();
    }

    @Override
    public Optional<Schedule> find(String id) {
        return version(id).map(d -> d.schedule);
    }

    @Override
    public Optional<Instant> next(String scheduleId, Instant after) {
        return require(scheduleId).timetable.next(after);
    }

    @Override
    public List<Occurrence> occurrences(String scheduleId, Instant from, Instant to) {
        return occurrences.between(scheduleId, from, to, MOST_SHOWN);
    }

    @Override
    public WorkCalendar calendar() {
        return calendar;
    }

    @Override
    public Registration handle(String scheduleId, OccurrenceHandler handler) {
        require(scheduleId);
        return lane(scheduleId).handle(handler);
    }

    @Override
    public Occurrence run(String scheduleId, LocalDate day, String who) {
        Lane.Deployed version = require(scheduleId);
        requireRunning();
        return askedRuns.run(lane(scheduleId), version.timetable, day, who, clock.instant());
    }

    private void requireRunning() {
        if (!started || closed.get()) {
            throw refusal("scheduler-stopped", "The scheduler is not running.", "Wait until the hub is ready.");
        }
    }

    @Override
    public Map<String, Pause> pauses() {
        return pauses.all();
    }

    @Override
    public Pause pause(String scheduleId, String who, String reason) {
        require(scheduleId);
        Pause pause = pauses.begin(scheduleId, who, reason, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        LOG.info("schedule {} is paused by {}", scheduleId, pause.who());
        return pause;
    }

    @Override
    public boolean resume(String scheduleId) {
        require(scheduleId);
        boolean paused = pauses.end(scheduleId, clock.instant()).isPresent();
        if (paused) {
            LOG.info("schedule {} goes on", scheduleId);
            lane(scheduleId).signal();
        }
        return paused;
    }

    @Override
    public Backfill backfill(String scheduleId, Backfill.Range range, String who) {
        Lane.Deployed version = require(scheduleId);
        requireRunning();
        Backfill backfill = pastDays.makeUp(version.schedule, version.timetable, range, who, clock.instant());
        if (who != null && backfill.due() > 0) {
            LOG.info("{} occurrences of {} from {} to {} are made up for, asked by {}", backfill.due(), scheduleId,
                    backfill.firstDay(), backfill.lastDay(), who);
            lane(scheduleId).signal();
        }
        return backfill;
    }

    @Override
    public ScheduleDays days(LocalDate from, LocalDate to) {
        return dayCounts.of(deployed(), from, to, clock.instant());
    }

    private static ProblemException refusal(String code, String message, String cure) {
        return new ProblemException(new Problem(code, null, message, cure));
    }

    private Lane.Deployed require(String id) {
        return version(id).orElseThrow(() -> refusal("unknown-schedule", "There is no schedule '" + id + "'.",
                KnownKeys.cure(id, schedules().stream().map(Schedule::id).toList())));
    }

    private Optional<Lane.Deployed> version(String id) {
        Lane lane = lanes.get(id);
        return lane == null ? Optional.empty() : lane.deployed();
    }

    private List<Lane.Deployed> deployed() {
        return lanes.values().stream().map(Lane::deployed).flatMap(Optional::stream).toList();
    }

    private List<Lane.Deployed> startedVersions() {
        return lanes.values().stream().map(Lane::started).flatMap(Optional::stream).toList();
    }

    private Lane lane(String id) {
        return lanes.computeIfAbsent(id, k -> new Lane(k, crew));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            askedRuns.close();
            alarms.close();
            tolerantly("note the stop", this::watch);
            noteStopped();
            crew.close();
        }
    }
}
