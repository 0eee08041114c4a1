package org.yuzui.ledger;

import org.yuzui.broker.Broker;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.internal.PostgresLedger;
import org.yuzui.store.Store;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /**
     * A hop as a trail entry, its payload sealed beside it. Cheap: it runs on the hot path. When this returns a large payload is on the disk.
     *
     * @throws org.yuzui.kernel.ProblemException {@code payload-not-kept}: the disk does not take a large payload
     */
    byte[] encode(Hop hop);

    /**
     * The same with the message that the hop speaks of ({@link Hop#message}): both are durable together. A hop whose message is durable
     * already, for at least as many days and not for longer than {@link #AGAIN}, goes without; when it comes along all the same, it is kept
     * twice, and the newer one is read.
     */
    byte[] encode(Hop hop, Message message);

    /** A message alone, for several hops of one contract that follow in the same order of commits. */
    byte[] encode(Message message, String contract, Instant placed);

    /** How long a hop may still speak of a message that was made durable before it. */
    Duration AGAIN = Duration.ofMinutes(30);

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
     * How much it would be to look through: counted when it is little, guessed when it is much.
     *
     * @throws org.yuzui.kernel.ProblemException {@code bad-cause}
     */
    FlowWeight weigh(FlowFilter filter);

    /**
     * Streams the flows of a filter, the earliest first: never all in memory.
     *
     * @param only of these the given ones; null for all
     */
    void each(FlowFilter filter, Set<UUID> only, Consumer<Flow> reader);

    Optional<Flow> flow(UUID id);

    /** Bytes of a message that may be whole in memory; a larger one is only streamed. */
    long MOST_IN_MEMORY = 64L << 20;

    /** Of a flow with more hops than both together only so many of the first and of the last ones are told. */
    int FIRST_HOPS = 500;
    int LAST_HOPS = 2_500;

    /** The hops of a flow, the earliest first, without payloads; {@link Flow#hops} counts all of them. */
    List<Hop> hops(UUID id);

    /** Whether a flow has a hop from this {@link Hop#source}. */
    default boolean passed(UUID id, String source) {
        return hops(id).stream().anyMatch(h -> source.equals(h.source()));
    }

    /**
     * What a flow came as, if it was kept: what was refused, or the message that brought a record, perhaps with others. Holds personal data: callers
     * check who asks.
     *
     * @throws org.yuzui.kernel.ProblemException {@code payload-key-unknown} when it was encrypted with another key,
     *                                           {@code payload-file-missing}, {@code payload-damaged}; {@code message-too-large} for more
     *                                           than {@link #MOST_IN_MEMORY}
     */
    Optional<KeptMessage> payload(UUID id);

    /**
     * The same, of any size: read a little at a time from {@link #open}.
     *
     * @return empty when nothing was kept
     */
    Optional<Keepsake> arrival(UUID id);

    /** What is kept beside hops of one flow, by {@link Hop#message} or, what is the flow's own, by its id. */
    Map<UUID, Keepsake> beside(Collection<Hop> hops);

    /**
     * Its bytes from the beginning, a little at a time in memory. They hold personal data: callers check who asks.
     *
     * @return empty when it was forgotten meanwhile
     * @throws org.yuzui.kernel.ProblemException as {@link Keepsake#trouble} says; {@code payload-damaged} also as the cause of an
     *                                           {@link java.io.IOException} while it is read
     */
    Optional<InputStream> open(Keepsake keepsake);

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
     * Forgets what has been kept as long as it was to be: whole tables are dropped, no row is looked for; then the files of messages of which
     * nothing is kept any more.
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
