package org.yuzui.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Access;
import org.yuzui.access.Audit;
import org.yuzui.access.BootstrapToken;
import org.yuzui.broker.Broker;
import org.yuzui.container.ContainerSettings;
import org.yuzui.container.PluginHost;
import org.yuzui.container.Plugins;
import org.yuzui.contracts.Contracts;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.LedgerSettings;
import org.yuzui.records.ContentSearches;
import org.yuzui.records.Records;
import org.yuzui.records.Replays;
import org.yuzui.records.Views;
import org.yuzui.records.Retention;
import org.yuzui.reporting.Reporting;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.UnitFiles;
import org.yuzui.reporting.Units;
import org.yuzui.routing.RouteStatus;
import org.yuzui.routing.Routing;
import org.yuzui.rules.Rules;
import org.yuzui.scheduling.Scheduler;
import org.yuzui.scheduling.SchedulerSettings;
import org.yuzui.scheduling.Schedulers;
import org.yuzui.scheduling.WorkCalendar;
import org.yuzui.scheduling.WorkCalendars;
import org.yuzui.store.LateIndexes;
import org.yuzui.store.Store;
import org.yuzui.web.HubInfo;
import org.yuzui.web.HubInfo.ReadyCheck;
import org.yuzui.web.HubServices;
import org.yuzui.web.Operations;
import org.yuzui.web.WebServer;
import org.yuzui.web.WebSettings;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A running hub: every room opened in order, each closed in reverse. What does not depend on each other is opened at the
 * same time, because a restart is a gap in somebody's line.
 */
public final class Hub implements AutoCloseable {

    /** The version of this hub, as plugins' {@code hub} ranges mean it. */
    public static final String VERSION = "0.1.0";

    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final Duration LAST_DRAIN = Duration.ofSeconds(5);
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(5);

    private final HubConfig config;
    private final Clock clock;
    private final Instant startedAt;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private Store store;
    private Broker broker;
    private Contracts contracts;
    private Rules rules;
    private Ledger ledger;
    private Records records;
    private Replays replays;
    private volatile LateIndexes lateIndexes;
    private ContentSearches contentSearches;
    private Scheduler scheduler;
    private Reports reports;
    private Routing routing;
    private SiteParts siteParts;
    private Plugins plugins;
    private WebServer web;
    private PluginLogRing log;
    private volatile boolean firstRoundDone;

    private Hub(HubConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * Starts a hub; returns when it is ready.
     *
     * @throws ProblemException what is wrong, with its place and cure; nothing is left running
     */
    public static Hub start(HubConfig config) {
        return start(config, Clock.system(config.zone()));
    }

    /**
     * The same by another clock, for a rehearsal: a year can be gone through in minutes. Schedules fire by the machine's own clock all
     * the same, so what is due has to be asked for.
     *
     * @param clock in the hub's zone; never goes back
     */
    public static Hub start(HubConfig config, Clock clock) {
        long began = System.nanoTime();
        Hub hub = new Hub(config, clock);
        try {
            hub.open();
        } catch (RuntimeException | Error e) {
            hub.close();
            throw e;
        }
        LOG.info("Hub {} {} is ready after {} ms", config.nodeId(), VERSION, (System.nanoTime() - began) / 1_000_000);
        return hub;
    }

    private void open() {
        keep(DataLock.take(config.data()));
        log = keep(PluginLogRing.open());
        Path home = config.home();
        // The framework starts behind the database; the parts are asked for when the first plugin is.
        plugins = keep(PluginHost.open(containerSettings(), () -> store,
                () -> List.of(contracts, rules, scheduler, reports, routing.part()), clock));
        plugins.listen(status -> log.know(status.id()));
        CompletableFuture<Store> storeSoon = CompletableFuture.supplyAsync(() -> Store.open(config.store()));
        CompletableFuture<Broker> brokerSoon = CompletableFuture.supplyAsync(() -> Broker.open(config.broker(), clock));
        Site site = whileOpening(() -> Site.read(config, clock), storeSoon, brokerSoon);

        contracts = Contracts.open(store, config.zone());
        rules = new Rules(clock, config.data().resolve("cache/rules"));
        ledger = Ledger.open(store, broker, LedgerSettings.of(config.nodeId(), config.data().resolve("keys/payload.key"))
                .withFiles(config.data().resolve("payloads"), config.filesFrom()).sealedWith(config.cipher()));
        keep(() -> {
            ledger.awaitDrained(LAST_DRAIN);
            ledger.close();
        });
        ledger.start();
        records = keep(Records.open(broker, store, contracts, rules, ledger, site.units::everHad, clock));
        reports = Reporting.open(site.units, config.home().resolve("config/org"), store, site.calendar, clock, config.zone());
        scheduler = keep(Schedulers.open(store, site.calendar, new SchedulerSettings(config.nodeId(), config.zone(), 4), clock));
        Retention retention = new Retention(store, contracts, ledger, clock);
        OwnSchedules own = new OwnSchedules();
        contracts.deploy(own).start();
        scheduler.deploy(own).start();
        scheduler.handle(OwnSchedules.RETENTION, occurrence -> retention.run());
        ReportDuties duties = new ReportDuties(reports, records::publishAll);
        scheduler.handle(OwnSchedules.REPORTING, occurrence -> duties.openAndRemind());
        scheduler.handle(OwnSchedules.FEEDBACK, occurrence -> duties.sendBack());
        scheduler.handle(OwnSchedules.RECOUNT, occurrence -> duties.recount());
        // Whether a plugin that doesn't get quiet is torn or kept is for the container to say, so its limit comes first.
        routing = Routing.open(home.resolve("routes"), records, rules, scheduler, reports, config.zone(),
                containerSettings().drain().plus(AFTER_DRAIN), store, clock);
        replays = records.replays(routing.arrivals());
        contentSearches = keep(ContentSearches.open(ledger, records.store(), clock));
        siteParts = keep(new SiteParts(home, List.of(contracts, rules, scheduler, reports), routing::retrySite));
        CompletableFuture<WebServer> webSoon = CompletableFuture.supplyAsync(() -> WebServer.start(
                webSettings(), services(site.access), clock));
        // Closed in this order: no occurrence begins, then routes and plugins end, then what they stand on.
        open.remove(scheduler);
        open.remove(plugins);
        keep(plugins);
        keep(routing);
        keep(replays);
        keep(scheduler);
        whileOpening(() -> {
            plugins.start();
            siteParts.start();
            routing.startSite();
            replays.goOn();
            scheduler.start();
            keep(Reporting.watch(home.resolve("in/reports"), reports));
            firstRoundDone = true;
            lateIndexes = keep(LateIndexes.make(store));
            return null;
        }, webSoon);
    }

    /**
     * Does something while rooms are opened elsewhere. When anything goes wrong, what was opened is kept to be closed
     * before the first trouble is thrown: nothing may be left running.
     */
    private <T> T whileOpening(Supplier<T> meanwhile, CompletableFuture<?>... rooms) {
        RuntimeException trouble = null;
        T result = null;
        try {
            result = meanwhile.get();
        } catch (RuntimeException e) {
            trouble = e;
        }
        for (CompletableFuture<?> room : rooms) {
            try {
                take(room.join());
            } catch (CompletionException e) {
                RuntimeException cause = e.getCause() instanceof RuntimeException r ? r : e;
                trouble = trouble == null ? cause : trouble;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
        return result;
    }

    private void take(Object room) {
        keep((AutoCloseable) room);
        if (room instanceof Store s) {
            store = s;
        } else if (room instanceof Broker b) {
            broker = b;
        } else if (room instanceof WebServer w) {
            web = w;
        }
    }

    private <T extends AutoCloseable> T keep(T room) {
        open.push(room);
        return room;
    }

    private ContainerSettings containerSettings() {
        return ContainerSettings.of(config.nodeId(), config.home().resolve("plugins"), config.home().resolve("config/plugins"),
                        config.data().resolve("container"), VERSION)
                .withKeep(config.pluginsKept()).withDrain(config.pluginDrain()).withUnsigned(config.unsigned());
    }

    private WebSettings webSettings() {
        return WebSettings.of(config.webHost(), config.webPort()).withHosts(config.webHosts())
                .withUploads(config.data().resolve("uploads"), containerSettings().maxJarBytes());
    }

    private HubServices services(Access access) {
        return new HubServices(access, Audit.in(store, clock), plugins, () -> new ArrayList<>(contracts.all()), this::routes, rules::all,
                records.store(), records::subscriptions, replays, contentSearches, Views.in(store, clock), ledger, scheduler, reports, this::info, null,
                new Operations(routing, log));
    }

    private List<RouteStatus> routes() {
        return Stream.concat(routing.routes().stream(), siteParts.refused().stream()).toList();
    }

    private HubInfo info() {
        return new HubInfo(config.nodeId(), config.unit(), VERSION, startedAt, describeStore(), broker.describe(), List.of(
                new ReadyCheck("store", store::check),
                new ReadyCheck("broker", broker::check),
                new ReadyCheck("plugins", () -> {
                    if (!firstRoundDone) {
                        throw new ProblemException(Problem.of("starting", "The plugins are being started."));
                    }
                })));
    }

    /** With the index that is being made beside the work, which makes searches slow until then. */
    private String describeStore() {
        LateIndexes indexes = lateIndexes;
        return store.describe() + (indexes == null ? "" : indexes.progress().map(p -> "; being made: index " + p).orElse(""));
    }

    /** The port that console and API listen on. */
    public int webPort() {
        return web.port();
    }

    public HubConfig config() {
        return config;
    }

    public Plugins plugins() {
        return plugins;
    }

    public Records records() {
        return records;
    }

    public Replays replays() {
        return replays;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Rules rules() {
        return rules;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Reports reports() {
        return reports;
    }

    public Routing routing() {
        return routing;
    }

    /** Drains what is under way and closes every room, the last opened first. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable room = open.pop();
            try {
                room.close();
            } catch (Exception e) {
                LOG.warn("{} did not close cleanly", room.getClass().getSimpleName(), e);
            }
        }
    }

    /** What the files of the site say, read while the database starts. */
    private record Site(Units units, WorkCalendar calendar, Access access) {

        static Site read(HubConfig config, Clock clock) {
            Units units = UnitFiles.load(config.home().resolve("config/org"), LocalDate.now(clock));
            if (units.find(config.unit()).isEmpty()) {
                throw new ProblemException(new Problem("unknown-unit", HubConfig.NAME + " node.unit",
                        "The unit " + config.unit() + " is not in config/org.", units.cure(config.unit())));
            }
            return new Site(units, WorkCalendars.load(config.home().resolve("config/calendar")),
                    BootstrapToken.open(config.data()));
        }
    }
}
