package org.yuzui.records.internal.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Broker;
import org.yuzui.kernel.HubThreads;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Pause;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;
import org.yuzui.records.ArrivalDoor;
import org.yuzui.records.DryRun;
import org.yuzui.records.Records;
import org.yuzui.records.Replay;
import org.yuzui.records.Replay.State;
import org.yuzui.records.ReplayFailure;
import org.yuzui.records.ReplayOfFlow;
import org.yuzui.records.ReplayPreview;
import org.yuzui.records.ReplayRequest;
import org.yuzui.records.ReplayRequest.Action;
import org.yuzui.records.ReplayRequest.Version;
import org.yuzui.records.Replays;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.records.internal.Workbench;
import org.yuzui.records.internal.text.Innermost;
import org.yuzui.spi.RefusedException;
import org.yuzui.store.Store;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs replays one after the other, in the order in which they were asked for. */
public final class ReplayRunner implements Replays {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRunner.class);
    /** More are a matter for several replays, each of a time that can be looked over. */
    private static final long MOST = 1_000_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_SECONDS = 10;

    private final ReplayTable table;
    private final Ledger ledger;
    private final Records records;
    private final Clock clock;
    private final Arrivals arrivals;
    private final Workbench bench;
    private final Contents contents;
    private final Versions versions;
    private final Trials trials;
    private final ScheduledExecutorService timer;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(HubThreads.named("yuzui-replay"));
    private final Pause pause = new Pause(LONGEST_PAUSE);
    private final Pause trouble = new Pause(LONGEST_PAUSE);
    /** Who chooses among millions has a connection to the database for as long as it takes, and the ledger needs one too. */
    private final Semaphore choosing = new Semaphore(2, true);
    private final ReplayNews news;
    private volatile boolean open = true;
    private boolean begun;

    public ReplayRunner(Store store, Broker broker, Ledger ledger, Workbench bench, Records records, ArrivalDoor door, Clock clock) {
        this.table = new ReplayTable(store);
        this.ledger = ledger;
        this.records = records;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, HubThreads.named("yuzui-replay-timer"));
        this.news = new ReplayNews(table, timer);
        this.versions = new Versions(ledger, door);
        this.arrivals = new Arrivals(broker, ledger, records, door, clock);
        this.trials = new Trials(ledger, bench, records, door, versions);
        this.bench = bench;
        this.contents = new Contents(bench, records, ledger);
    }

    @Override
    public synchronized void goOn() {
        if (!begun) {
            begun = true;
            table.running().forEach(this::goOn);
        }
    }

    @Override
    public ReplayPreview preview(ReplayRequest request) {
        requireSubscription(request.subscription());
        return inTurn(() -> ReplayChoice.of(request, ledger, flow -> { }));
    }

    private <T> T inTurn(Supplier<T> choice) {
        try {
            choosing.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.of("interrupted", "The choice was cancelled."), e);
        }
        try {
            return choice.get();
        } finally {
            choosing.release();
        }
    }

    @Override
    public Replay start(ReplayRequest request, String who) {
        if (request.action() == Action.DISMISS && (request.reason() == null || request.reason().isBlank())) {
            throw new ProblemException(new Problem("no-reason", "reason", "What is dismissed needs a reason.",
                    "Say why nothing more is to be done; it stands in the ledger from then on."));
        }
        requireReader(request.subscription());
        ledger.awaitDrained(Course.DRAIN);
        if (request.version() == Version.ORIGINAL && request.only() != null && request.only().size() == 1) {
            request.only().forEach(versions::requireOriginal);
        }
        long id = inTurn(() -> table.add(request, who, about(request), clock.instant(), adder -> chooseInto(request, adder)));
        Replay replay = table.find(id).orElseThrow().replay();
        LOG.info("Replay {} of {} flows begins, asked for by {}", id, replay.total() - replay.skipped() - replay.failed(), who);
        goOn(id);
        return replay;
    }

    /** The flows are looked through once: they are chosen as they are counted. */
    private ReplayPreview chooseInto(ReplayRequest request, ReplayTable.Adder adder) {
        long[] added = {0};
        ReplayPreview chosen = ReplayChoice.of(request, ledger, flow -> {
            if (added[0]++ < MOST) {
                adder.add(flow.id());
            }
        });
        if (chosen.fresh() > MOST) {
            throw new ProblemException(new Problem("too-many-flows", "filter", chosen.fresh() + " flows are more than " + MOST + ".",
                    "Take a shorter time, or one cause after the other."));
        }
        return chosen;
    }

    private SubscriptionStatus requireSubscription(String name) {
        List<SubscriptionStatus> known = records.subscriptions().stream().filter(s -> !s.ofStore()).toList();
        return name == null ? null : known.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow(() -> new ProblemException(
                new Problem("unknown-subscription", "subscription", "There is no subscription '" + name + "'.",
                        KnownKeys.cure(name, known.stream().map(SubscriptionStatus::name).toList()))));
    }

    /** What is sent to one that nobody reads lies there unseen, and counts as done. */
    private void requireReader(String name) {
        SubscriptionStatus subscription = requireSubscription(name);
        if (subscription != null && !subscription.reading()) {
            throw new ProblemException(new Problem("subscription-not-read", "subscription", "Nobody reads the subscription '" + name + "' now.",
                    "Start the plugin and the route that read it. If it is not installed any more, send the records to another one, or from their arrival."));
        }
    }

    private static String about(ReplayRequest request) {
        FlowFilter f = request.filter();
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        put(about, "contract", f.contract());
        put(about, "key", f.keyPrefix());
        put(about, "status", f.statuses());
        put(about, "units", f.units() == null ? null : f.units().size());
        put(about, "plugin", f.plugin());
        put(about, "route", f.route());
        put(about, "causeCode", f.causeCode());
        put(about, "cause", f.cause());
        put(about, "from", f.from());
        put(about, "to", f.to());
        put(about, "q", f.text());
        put(about, "chosen", request.only() == null ? null : request.only().size());
        put(about, "fields", f.fields() == null ? null : f.fields().keySet()); // their values may be personal
        put(about, "parent", f.parent());
        put(about, "subscription", request.subscription());
        put(about, "fromHop", request.fromArrival() ? "arrival" : null);
        put(about, "version", request.version() == Version.ORIGINAL ? "original" : null);
        return about.toString();
    }

    private static void put(ObjectNode about, String name, Object value) {
        if (value instanceof Collection<?> several) {
            several.stream().map(Object::toString).sorted().forEach(about.putArray(name)::add);
        } else if (value instanceof Integer number) {
            about.put(name, number);
        } else if (value != null) {
            about.put(name, value.toString());
        }
    }

    private synchronized void goOn(long id) {
        if (!begun || !open) {
            return; // it stands in the table
        }
        worker.execute(() -> toTheEnd(id));
    }

    /** However long the broker or the database is away. */
    private void toTheEnd(long id) {
        boolean waited = false;
        while (open) {
            try {
                table.waits(id, null);
                news.of(id);
                holding(id);
                trouble.reset();
                return;
            } catch (RuntimeException | Error e) {
                if (open && !Trouble.isIn(e)) { // otherwise it goes on after the next start
                    breakOff(id, e);
                    return;
                }
                if (open && !waited) {
                    LOG.warn("Replay {} waits and will go on: {}", id, Innermost.sentence(e));
                    waited = true;
                }
                sayWhy(id, e);
            }
            trouble.await(() -> open);
        }
    }

    private void holding(long id) {
        Registration held = table.hold(id).orElse(null);
        if (held == null) {
            timer.schedule(() -> goOn(id), LOOK_AGAIN_SECONDS, TimeUnit.SECONDS); // should that node end before it does
            return;
        }
        try {
            run(id);
        } finally {
            held.close();
        }
    }

    private void breakOff(long id, Throwable why) {
        LOG.error("Replay {} broke off", id, why);
        boolean noted = false;
        while (open && !noted) {
            try {
                turn(id, List.of(State.RUNNING), State.FAILED, Innermost.sentence(why));
                noted = true;
            } catch (RuntimeException e) { // else it would seem to run, and nobody could resume it
                trouble.await(() -> open);
            }
        }
    }

    private void sayWhy(long id, Throwable e) {
        try {
            table.waits(id, Innermost.sentence(e));
            news.of(id);
        } catch (RuntimeException away) {
            LOG.debug("The database can't be told that replay {} waits", id, away);
        }
    }

    private void run(long id) {
        Course course = new Course(table, ledger, records, arrivals, bench, contents, versions, pause, clock, id, () -> open, news);
        if (course.run() && turn(id, List.of(State.RUNNING), State.DONE, table.failures(id))) {
            Replay done = table.find(id).orElseThrow().replay();
            LOG.info("Replay {} is done: {} sent on or dismissed, {} needed nothing, {} stopped again", id, done.done(),
                    done.skipped(), done.failed());
        }
    }

    private boolean turn(long id, List<State> from, State to, String problem) {
        boolean turned = table.turn(id, from, to, problem, clock.instant());
        if (turned) {
            news.of(id);
        }
        return turned;
    }

    @Override
    public List<ReplayOfFlow> of(UUID flow, int most) {
        return table.of(flow, most);
    }

    @Override
    public Registration listen(Consumer<Replay> listener) {
        return news.listen(listener);
    }

    @Override
    public void mend(UUID refused, Message message, String who, String reason) {
        try {
            arrivals.mend(refused, message, who, reason);
        } catch (ProblemException | RefusedException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) { // whatever a plugin's route throws is about its message
            throw new ProblemException(Trouble.isIn(e)
                    ? new Problem("journal-unavailable", null, "It can't be made durable now: " + Innermost.sentence(e) + ".",
                    "Mend it again when GET /ready says that the hub is well; what went in already is recognised.")
                    : new Problem("route-failed", null, "Its route could not take it: " + Innermost.sentence(e) + ".",
                    "It is as it was. Mend the message, or the plugin, and try again."), e);
        }
    }

    @Override
    public DryRun rehearse(UUID flow, byte[] message, Version version) {
        return trials.of(flow, message, version);
    }

    @Override
    public List<ReplayFailure> failures(long id, int most) {
        return table.failures(id, most);
    }

    @Override
    public List<Replay> recent(int most) {
        return table.recent(most);
    }

    @Override
    public Optional<Replay> find(long id) {
        return table.find(id).map(ReplayTable.Running::replay);
    }

    @Override
    public void pause(long id) {
        turn(id, List.of(State.RUNNING), State.PAUSED, null);
        pause.wake();
    }

    @Override
    public void resume(long id) {
        if (turn(id, List.of(State.PAUSED, State.FAILED), State.RUNNING, null)) {
            goOn(id);
        }
    }

    @Override
    public void stop(long id) {
        turn(id, List.of(State.RUNNING, State.PAUSED, State.FAILED), State.STOPPED, null);
        pause.wake();
    }

    @Override
    public void close() {
        open = false;
        pause.wake();
        trouble.wake();
        worker.shutdown();
        try {
            if (!worker.awaitTermination(15, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        bench.close();
        arrivals.close();
    }
}
