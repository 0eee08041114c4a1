package org.yuzui.ledger.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.Publisher;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Causes;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFacets;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowPage;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowWeight;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.Keepsake;
import org.yuzui.ledger.KeptMessage;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.LedgerSettings;
import org.yuzui.ledger.Message;
import org.yuzui.store.Store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The ledger in PostgreSQL, fed by the broker's trail. */
public final class PostgresLedger implements Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLedger.class);
    /** Another node that drains the same trail may have taken the marker: then an empty queue tells. */
    private static final long LOOK_AGAIN_MILLIS = 200;
    private static final Duration BEFORE_SWEEP = Duration.ofSeconds(30);

    private final Broker broker;
    private final Keeping keeping;
    private final HopCodec codec;
    private final Store store;
    private final FlowSearch search;
    private final FlowCounts counts;
    private final TrailDrain drain;
    private final SetAside setAside;
    private final Publisher publisher;
    private final List<Consumer<List<UUID>>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Hop>> watchers = new CopyOnWriteArrayList<>();
    private final Map<UUID, CountDownLatch> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private PostgresLedger(Store store, Broker broker, LedgerSettings settings) {
        this.broker = broker;
        this.keeping = new Keeping(settings, store);
        Terms terms = Terms.open(indexKey(settings));
        this.codec = new HopCodec(settings.node(), terms);
        this.store = store;
        this.search = new FlowSearch(store, terms);
        this.counts = new FlowCounts(store, terms);
        this.drain = new TrailDrain(broker, store, settings.linger(), this::drained);
        this.setAside = new SetAside(broker);
        this.publisher = broker.publisher();
    }

    public static PostgresLedger open(Store store, Broker broker, LedgerSettings settings) {
        broker.address(TRAIL);
        broker.queue(TRAIL, TRAIL);
        broker.address(DEAD);
        broker.queue(DEAD, DEAD);
        Path index = indexKey(settings);
        boolean keysGone = Files.notExists(settings.keyFile());
        boolean indexGone = Files.notExists(index);
        PostgresLedger ledger = new PostgresLedger(store, broker, settings);
        if (keysGone && ledger.holds("ledger.message")) {
            LOG.error("{} was not there and was made anew, but the ledger holds messages that were encrypted before. They open again when the lines "
                    + "of the old file, from its copy, are put before the last line of the new one. Do not replace the file: what is kept from now on "
                    + "needs its last line.", settings.keyFile());
        }
        if (indexGone && ledger.holds("ledger.flow WHERE terms IS NOT NULL")) {
            LOG.error("{} was not there and was made anew: records of before are not found by their fields until the lines of the old file, from its "
                    + "copy, are put before the last line of the new one and the hub is started again.", index);
        }
        return ledger;
    }

    private static Path indexKey(LedgerSettings settings) {
        return settings.keyFile().resolveSibling("index.key");
    }

    private boolean holds(String what) {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT EXISTS (SELECT FROM " + what + ")").mapTo(Boolean.class).one());
    }

    @Override
    public void keep(ToIntFunction<String> daysOfContract) {
        codec.keep(daysOfContract);
    }

    @Override
    public byte[] encode(Hop hop) {
        return encode(hop, null);
    }

    @Override
    public byte[] encode(Hop hop, Message message) {
        for (Consumer<Hop> watcher : watchers) {
            watcher.accept(hop);
        }
        if (hop.payload() == null && message == null) {
            return codec.encode(hop);
        }
        List<byte[]> entries = new ArrayList<>(3);
        if (message != null) {
            entries.add(keeping.entry(message.id(), message, false, hop.at(), codec.keep(hop)).write());
        }
        if (hop.payload() != null) {
            entries.add(keeping.entry(hop.flow(), hop.payload(), hop.content(), hop.at(), codec.keep(hop)).write());
        }
        entries.add(codec.encode(hop));
        return Bundle.of(entries);
    }

    @Override
    public byte[] encode(Message message, String contract, Instant placed) {
        return keeping.entry(message.id(), message, false, placed, codec.keep(contract)).write();
    }

    @Override
    public Registration watch(Consumer<Hop> watcher) {
        Consumer<Hop> own = watcher::accept; // told apart even if the same one is added twice
        watchers.add(own);
        return () -> watchers.remove(own);
    }

    @Override
    public void start() {
        if (started.compareAndSet(false, true)) {
            drain.start();
            setAside.start();
        }
    }

    @Override
    public FlowPage find(FlowQuery query) {
        return search.find(query);
    }

    @Override
    public FlowFacets facets(FlowFilter filter) {
        return counts.facets(filter);
    }

    @Override
    public Causes causes(FlowFilter filter) {
        return counts.causes(filter);
    }

    @Override
    public FlowWeight weigh(FlowFilter filter) {
        return counts.weigh(filter);
    }

    @Override
    public int forget(Instant now) {
        List<String> gone = Slices.dropOutlived(store.jdbi(), now);
        gone.forEach(name -> LOG.info("The ledger has forgotten {}, which was kept as long as it was to be", name));
        if (awaitDrained(BEFORE_SWEEP)) { // else what is on its way would seem to be spoken of by nobody
            keeping.sweep();
        }
        return gone.size();
    }

    @Override
    public void each(FlowFilter filter, Set<UUID> only, Consumer<Flow> reader) {
        search.each(filter, only, reader);
    }

    @Override
    public Set<UUID> kept(Collection<UUID> flows) {
        return keeping.own(flows);
    }

    @Override
    public Optional<Flow> flow(UUID id) {
        return search.flow(id);
    }

    @Override
    public List<Hop> hops(UUID id) {
        return search.hops(id);
    }

    @Override
    public boolean passed(UUID id, String source) {
        return search.passed(id, source);
    }

    @Override
    public Optional<KeptMessage> payload(UUID id) {
        Keepsake keepsake = arrival(id).orElse(null);
        if (keepsake != null && keepsake.size() > MOST_IN_MEMORY) {
            throw new ProblemException(Problem.of("message-too-large", "The message has " + (keepsake.size() >> 20) + " MiB; up to "
                    + (MOST_IN_MEMORY >> 20) + " MiB are taken whole into memory.").cure("Have it come once more by the way that it came."));
        }
        return keepsake == null ? Optional.empty() : keeping.open(keepsake).map(opened -> {
            try (InputStream in = opened) {
                return new KeptMessage(in.readAllBytes(), keepsake.content());
            } catch (IOException e) {
                throw PayloadCipher.damaged(id.toString(), e);
            }
        });
    }

    @Override
    public Optional<Keepsake> arrival(UUID id) {
        return keeping.arrival(id, hops(id));
    }

    @Override
    public Map<UUID, Keepsake> beside(Collection<Hop> hops) {
        return keeping.beside(hops);
    }

    @Override
    public Optional<InputStream> open(Keepsake keepsake) {
        return keeping.open(keepsake);
    }

    @Override
    public long lag() {
        return broker.depth(TRAIL).orElse(0L);
    }

    @Override
    public boolean awaitDrained(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        if (lag() == 0) {
            return true;
        }
        // The queue keeps its order: when the marker comes out of it, all that was committed before has come out too.
        UUID marker = UUID.randomUUID();
        CountDownLatch passed = new CountDownLatch(1);
        waiting.put(marker, passed);
        try {
            publisher.publish(List.of(), Marker.write(marker));
            long left = end - System.nanoTime();
            while (left > 0) {
                if (passed.await(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS)), TimeUnit.NANOSECONDS)
                        || lag() == 0) {
                    return true;
                }
                left = end - System.nanoTime();
            }
            return false;
        } catch (BrokerException e) {
            LOG.warn("the trail can't be followed: {}", e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.remove(marker);
        }
    }

    @Override
    public Registration listen(Consumer<List<UUID>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void drained(List<UUID> flows, List<UUID> markers) {
        for (UUID marker : markers) {
            CountDownLatch passed = waiting.get(marker);
            if (passed != null) {
                passed.countDown();
            }
        }
        if (flows.isEmpty()) {
            return;
        }
        for (Consumer<List<UUID>> listener : listeners) {
            try {
                listener.accept(flows);
            } catch (RuntimeException e) {
                LOG.error("a listener of the ledger failed", e);
            }
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (started.get()) {
                setAside.close();
                drain.close();
            }
            publisher.close();
        }
    }
}
