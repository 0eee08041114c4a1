package org.yuzui.ledger;

import org.yuzui.broker.Broker;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.internal.PostgresLedger;
import org.yuzui.store.Store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The hub's memory of what happened to every record. Thread-safe. */
public interface Ledger extends AutoCloseable {

    /** The broker address that a commit's trail goes to. */
    String TRAIL = "yuzui.ledger";

    /** Where a trail message lies that can't be read or stored, so that it does not hold up the ones after it. */
    String DEAD = "yuzui.ledger.dead";

    /**
     * Opens the ledger and its queues; {@link #encode} works from then on, {@link #start()} begins to drain.
     *
     * @param broker has {@link #TRAIL} as its trail address
     * @throws org.yuzui.kernel.ProblemException {@code payload-key-unreadable}
     */
    static Ledger open(Store store, Broker broker, LedgerSettings settings) {
        return PostgresLedger.open(store, broker, settings);
    }

    /** How many days is kept what no contract says anything about: six months. */
    int KEEP = 183;

    /** Has the ledger ask how many days the hops of a contract (null for none) are kept; {@link #KEEP} when it was never told. */
    void keep(ToIntFunction<String> daysOfContract);

    /** A hop as a trail entry, its payload encrypted. Cheap: it runs on the hot path. */
    byte[] encode(Hop hop);

    /** Begins to drain the trail to the database. */
    void start();

    /** @throws org.yuzui.kernel.ProblemException {@code bad-cursor}, {@code bad-limit}, {@code bad-cause} */
    FlowPage find(FlowQuery query);

    /**
     * How the flows of a filter are spread; of very many the newest tell.
     *
     * @throws org.yuzui.kernel.ProblemException {@code bad-cause}
     */
    FlowFacets facets(FlowFilter filter);

    /**
     * Of the flows of a filter, those that somebody should look at, by their cause.
     *
     * @throws org.yuzui.kernel.ProblemException {@code bad-cause}
     */
    Causes causes(FlowFilter filter);

    /**
     * Streams the flows of a filter, the earliest first: never all in memory.
     *
     * @param only of these the given ones; null for all
     */
    void each(FlowFilter filter, Set<UUID> only, Consumer<Flow> reader);

    Optional<Flow> flow(UUID id);

    /** The hops of a flow, the earliest first, without payloads. */
    List<Hop> hops(UUID id);

    /**
     * What was refused, if it was kept. Holds personal data: callers check who asks.
     *
     * @throws org.yuzui.kernel.ProblemException {@code payload-key-unknown} when it was encrypted with another key
     */
    Optional<KeptMessage> payload(UUID id);

    /**
     * Removes payloads of a contract's messages of which nothing was heard since a time. That they were refused, and why,
     * stays.
     *
     * @param most how many at a time
     * @return how many were removed; fewer than {@code most} when none is left
     */
    int removePayloads(String contract, Instant before, int most);

    /** Of some flows those whose message was kept. */
    Set<UUID> kept(Collection<UUID> flows);

    /** Trail messages that are not in the database yet. */
    long lag();

    /**
     * Waits until all that was committed before the call can be found, or the time is over.
     *
     * @return whether it can
     */
    boolean awaitDrained(Duration atMost);

    /**
     * Forgets what has been kept as long as it was to be: whole tables are dropped, no row is looked for.
     *
     * @return how many tables
     */
    int forget(Instant now);

    /**
     * Tells of each hop as it is encoded, before it is committed: for counting, not for the books. Must cost nothing to speak
     * of, and not throw.
     */
    default Registration watch(Consumer<Hop> watcher) {
        return () -> { };
    }

    /** Tells of flows that changed, a batch at a time, after they are in the database. Must return quickly. */
    Registration listen(Consumer<List<UUID>> listener);

    @Override
    void close();
}
