package org.yuzui.records.internal.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.HubThreads;
import org.yuzui.kernel.Pause;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowPage;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowWeight;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.ContentSearch;
import org.yuzui.records.ContentSearch.Estimate;
import org.yuzui.records.ContentSearch.State;
import org.yuzui.records.ContentSearches;
import org.yuzui.records.RecordStore;
import org.yuzui.records.internal.text.Innermost;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Searches page by page of the ledger, the newest flows first: no statement and no transaction is long. */
public final class PacedSearches implements ContentSearches {

    private static final Logger LOG = LoggerFactory.getLogger(PacedSearches.class);
    private static final int PAGE = 500;
    private static final int AT_A_TIME = 2;
    private static final int MOST_KEPT = 32;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofHours(1);
    /** Flows a second, before anything was measured; half of the time is rest. */
    private static final double FIRST_GUESS = 5_000;

    private final Ledger ledger;
    private final RecordStore store;
    private final BiPredicate<Flow, String> more;
    private final Clock clock;
    private final AtomicLong next = new AtomicLong(1);
    private final Map<Long, Looking> searches = new ConcurrentSkipListMap<>();
    private final List<Consumer<ContentSearch>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService workers;
    private final Pause rest = new Pause(LONGEST_PAUSE);
    private volatile double flowsPerSecond = FIRST_GUESS;
    private volatile boolean open = true;

    public PacedSearches(Ledger ledger, RecordStore store, BiPredicate<Flow, String> more, Clock clock) {
        this.ledger = ledger;
        this.store = store;
        this.more = more;
        this.clock = clock;
        ThreadFactory named = HubThreads.named("yuzui-content-search");
        this.workers = Executors.newFixedThreadPool(AT_A_TIME, task -> {
            Thread thread = named.newThread(task);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }

    @Override
    public ContentSearch ask(FlowFilter filter, String text, String who) {
        makeRoom();
        FlowWeight weight = ledger.weigh(filter);
        Estimate estimate = new Estimate(weight.flows(), weight.bytes(), Math.max(0.1, Math.round(weight.flows() / flowsPerSecond * 10) / 10.0));
        Looking looking = new Looking(filter, new ContentSearch(next.getAndIncrement(), text, State.ASKED, who, estimate, 0, weight.flows(), 0, List.of(),
                null, clock.instant(), null, null));
        searches.put(looking.now.id(), looking);
        return looking.now;
    }

    private void makeRoom() {
        Instant forgotten = clock.instant().minus(KEPT);
        searches.values().removeIf(l -> l.now.endedAt() != null && l.now.endedAt().isBefore(forgotten));
        searches.values().stream().filter(l -> l.now.endedAt() != null || l.now.state() == State.ASKED)
                .limit(Math.max(0, searches.size() - MOST_KEPT + 1L)).map(l -> l.now.id()).toList().forEach(searches::remove);
        if (searches.size() >= MOST_KEPT) {
            throw new ProblemException(new Problem("too-many-searches", null, MOST_KEPT + " searches wait or look already.",
                    "Stop one of them, or wait for its end."));
        }
    }

    @Override
    public Optional<ContentSearch> find(long id) {
        return Optional.ofNullable(searches.get(id)).map(l -> l.now);
    }

    @Override
    public void start(long id) {
        Looking looking = searches.get(id);
        if (looking != null && looking.turn(State.ASKED, State.WAITING)) {
            workers.execute(() -> look(looking));
        }
    }

    @Override
    public void stop(long id) {
        Looking looking = searches.get(id);
        if (looking != null && looking.end(State.STOPPED, null)) {
            rest.wake();
        }
    }

    private void look(Looking looking) {
        if (!looking.turn(State.WAITING, State.RUNNING)) {
            return;
        }
        LOG.info("Search {} in the contents of some {} flows begins, asked for by {}", looking.now.id(), looking.now.of(), looking.now.who());
        long began = System.nanoTime();
        try {
            String cursor = null;
            do {
                long pageBegan = System.nanoTime();
                FlowPage page = ledger.find(new FlowQuery(looking.filter, cursor, PAGE));
                looking.add(page.flows(), hits(page.flows(), looking.now.text()));
                cursor = page.next();
                Duration worked = Duration.ofNanos(System.nanoTime() - pageBegan);
                if (cursor != null) {
                    rest.await(worked, () -> open && looking.isRunning());
                }
            } while (cursor != null && open && looking.isRunning());
            if (looking.end(open ? State.DONE : State.STOPPED, null)) {
                flowsPerSecond = (flowsPerSecond + looking.now.looked() / Math.max(0.001, (System.nanoTime() - began) / 1e9)) / 2;
            }
        } catch (RuntimeException e) {
            LOG.warn("Search {} in the contents failed: {}", looking.now.id(), e.toString());
            looking.end(State.FAILED, Innermost.sentence(e));
        }
    }

    private List<Flow> hits(List<Flow> flows, String text) {
        Set<UUID> stored = store.containing(flows.stream().map(Flow::id).toList(), text);
        return flows.stream().filter(f -> stored.contains(f.id()) || more.test(f, text)).toList();
    }

    @Override
    public Registration listen(Consumer<ContentSearch> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        open = false;
        rest.wake();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** One search and how it stands. */
    private final class Looking {

        private final FlowFilter filter;
        private volatile ContentSearch now;

        private Looking(FlowFilter filter, ContentSearch now) {
            this.filter = filter;
            this.now = now;
        }

        boolean isRunning() {
            return now.state() == State.RUNNING;
        }

        /** @return whether it stood so */
        synchronized boolean turn(State from, State to) {
            if (now.state() != from) {
                return false;
            }
            set(to, now.looked(), now.of(), now.found(), now.hits(), null, to == State.RUNNING ? clock.instant() : now.startedAt(), null);
            return true;
        }

        synchronized void add(List<Flow> flows, List<Flow> hits) {
            if (!isRunning()) {
                return;
            }
            List<Flow> all = new ArrayList<>(now.hits());
            hits.stream().limit(Math.max(0, MOST_HITS - all.size())).forEach(all::add);
            long looked = now.looked() + flows.size();
            set(State.RUNNING, looked, Math.max(now.of(), looked), now.found() + hits.size(), List.copyOf(all), null, now.startedAt(), null);
        }

        /** @return whether it had not ended before */
        synchronized boolean end(State to, String problem) {
            if (now.endedAt() != null) {
                return false;
            }
            set(to, now.looked(), to == State.DONE ? now.looked() : now.of(), now.found(), now.hits(), problem, now.startedAt(), clock.instant());
            return true;
        }

        private void set(State state, long looked, long of, long found, List<Flow> hits, String problem, Instant startedAt, Instant endedAt) {
            now = new ContentSearch(now.id(), now.text(), state, now.who(), now.estimate(), looked, of, found, hits, problem, now.askedAt(),
                    startedAt, endedAt);
            listeners.forEach(l -> l.accept(now));
        }
    }
}
