package org.yuzui.ledger;

import org.yuzui.kernel.Registration;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The hub's memory of what happened to every record. Thread-safe. */
public interface Ledger extends AutoCloseable {

    /** The broker address that a commit's trail goes to. */
    String TRAIL = "yuzui.ledger";

    /** A hop as a trail entry, its payload encrypted. Cheap: it runs on the hot path. */
    byte[] encode(Hop hop);

    /** Begins to drain the trail to the database. */
    void start();

    FlowPage find(FlowQuery query);

    Optional<Flow> flow(UUID id);

    /** The hops of a flow, the earliest first, without payloads. */
    List<Hop> hops(UUID id);

    /** The message as it arrived, if it was kept. Holds personal data: callers check who asks. */
    Optional<byte[]> payload(UUID id);

    /** Trail messages that are not in the database yet. */
    long lag();

    /**
     * Waits until all that was committed before the call can be found, or the time is over.
     *
     * @return whether it can
     */
    boolean awaitDrained(java.time.Duration atMost);

    /** Tells of flows that changed, a batch at a time, after they are in the database. Must return quickly. */
    Registration listen(java.util.function.Consumer<List<UUID>> listener);

    @Override
    void close();
}
