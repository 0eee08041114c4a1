package org.yuzui.scheduling.internal;

import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.core.QuartzScheduler;
import org.quartz.core.QuartzSchedulerResources;
import org.quartz.impl.DefaultThreadExecutor;
import org.quartz.impl.StdJobRunShellFactory;
import org.quartz.impl.StdScheduler;
import org.quartz.impl.jdbcjobstore.InvalidConfigurationException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.CascadingClassLoadHelper;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.store.Store;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Quartz, clustered on the hub's database: one job a schedule, one trigger an occurrence, and a trigger that extends the
 * plan. An alarm only says that something of a schedule may be due: the rows decide, so one that is lost or rings twice
 * does no harm. Jobs hold no data, so nothing is ever serialised.
 *
 * <p>Built by hand instead of by a factory: Quartz' factories keep schedulers by name for the whole JVM, and a second hub
 * in one JVM would get the first one's.
 */
final class Alarms implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final String NAME = "yuzui";
    private static final String SCHEDULES = "schedules";
    private static final JobKey PLAN = new JobKey("plan", "hub");
    private static final int PLAN_SECONDS = 60;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final StdScheduler quartz;

    private Alarms(StdScheduler quartz) {
        this.quartz = quartz;
    }

    /**
     * @param ring    called with a schedule's id, on a Quartz thread; must return soon
     * @param replan called every minute on one node of the cluster
     */
    static Alarms open(Store store, String node, Consumer<String> ring, Runnable replan) {
        QuartzTables.make(store.jdbi());
        try {
            StdScheduler quartz = build(store, node);
            quartz.setJobFactory((bundle, scheduler) -> bundle.getJobDetail().getKey().equals(PLAN)
                    ? (Job) context -> replan.run()
                    : (Job) context -> ring.accept(context.getJobDetail().getKey().getName()));
            return new Alarms(quartz);
        } catch (SchedulerException | InvalidConfigurationException e) {
            throw new IllegalStateException("Quartz can't be set up: " + e.getMessage(), e);
        }
    }

    private static StdScheduler build(Store store, String node) throws SchedulerException, InvalidConfigurationException {
        String source = NAME + "-" + COUNT.incrementAndGet();
        DBConnectionManager.getInstance().addConnectionProvider(source, new StoreConnections(store));
        SimpleThreadPool threads = new SimpleThreadPool(2, Thread.NORM_PRIORITY);
        threads.setInstanceName(NAME);
        threads.setInstanceId(node);
        threads.setThreadNamePrefix("quartz");
        threads.setMakeThreadsDaemons(true);
        threads.initialize();
        JobStoreTX rows = new JobStoreTX();
        rows.setInstanceName(NAME);
        rows.setInstanceId(node);
        rows.setThreadPoolSize(threads.getPoolSize());
        rows.setDataSource(source);
        rows.setDriverDelegateClass(PostgreSQLDelegate.class.getName());
        rows.setTablePrefix(QuartzTables.PREFIX);
        rows.setUseProperties("true");
        rows.setIsClustered(true);
        rows.setMakeThreadsDaemons(true);
        rows.setThreadExecutor(new DefaultThreadExecutor());
        QuartzSchedulerResources resources = new QuartzSchedulerResources();
        resources.setName(NAME);
        resources.setInstanceId(node);
        resources.setThreadName("quartz");
        resources.setMakeSchedulerThreadDaemon(true);
        resources.setThreadPool(threads);
        resources.setThreadExecutor(new DefaultThreadExecutor());
        resources.setJobStore(rows);
        StdJobRunShellFactory shells = new StdJobRunShellFactory();
        resources.setJobRunShellFactory(shells);
        QuartzScheduler core = new QuartzScheduler(resources, -1, -1);
        CascadingClassLoadHelper classes = new CascadingClassLoadHelper();
        classes.initialize();
        rows.initialize(classes, core.getSchedulerSignaler());
        StdScheduler scheduler = new StdScheduler(core);
        shells.initialize(scheduler);
        core.initialize();
        return scheduler;
    }

    void start() {
        try {
            JobDetail job = JobBuilder.newJob(NoJob.class).withIdentity(PLAN).storeDurably().build();
            Trigger everyMinute = TriggerBuilder.newTrigger().withIdentity(PLAN.getName(), PLAN.getGroup())
                    .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever(PLAN_SECONDS)
                            .withMisfireHandlingInstructionNextWithRemainingCount())
                    .startAt(new Date(System.currentTimeMillis() + PLAN_SECONDS * 1000L)) // Quartz lives by this clock
                    .build();
            quartz.scheduleJob(job, Set.of(everyMinute), true);
            quartz.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz can't be started: " + e.getMessage(), e);
        }
    }

    /** Triggers for occurrences; one that can't be made is logged, and its row found when it is due all the same. */
    void set(String schedule, Map<UUID, Instant> occurrences) {
        if (occurrences.isEmpty()) {
            return;
        }
        JobDetail job = JobBuilder.newJob(NoJob.class).withIdentity(schedule, SCHEDULES).storeDurably().build();
        Set<Trigger> triggers = new LinkedHashSet<>();
        occurrences.forEach((id, at) -> triggers.add(TriggerBuilder.newTrigger()
                .withIdentity(id.toString(), schedule).forJob(job).startAt(Date.from(at))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                .build()));
        try {
            quartz.scheduleJob(job, triggers, true);
        } catch (SchedulerException e) {
            LOG.warn("no alarms for {} occurrences of {}: {}", occurrences.size(), schedule, e.getMessage());
        }
    }

    void unset(String schedule, List<UUID> occurrences) {
        if (occurrences.isEmpty()) {
            return;
        }
        try {
            quartz.unscheduleJobs(occurrences.stream().map(id -> new TriggerKey(id.toString(), schedule)).toList());
        } catch (SchedulerException e) {
            LOG.warn("alarms of {} that are no longer needed stay: {}", schedule, e.getMessage());
        }
    }

    @Override
    public void close() {
        quartz.shutdown(false);
    }

    /** Names a class where Quartz wants one; the job itself comes from our factory. */
    public static final class NoJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            throw new IllegalStateException("Jobs come from the hub's own factory.");
        }
    }
}
