package org.yuzui.broker;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.yuzui.broker.internal.ArtemisBroker;
import org.yuzui.kernel.ProblemException;

/** The hub's broker. Thread-safe. */
public interface Broker extends AutoCloseable {

    /**
     * Starts the embedded broker, or connects to the one at {@link BrokerSettings#url()}; the trail address exists after it.
     *
     * @param clock gives messages the time they were made at
     * @throws org.yuzui.kernel.ProblemException when the data folder can't be used or the broker can't be reached
     */
    static Broker open(BrokerSettings settings, Clock clock) {
        return ArtemisBroker.open(settings, clock);
    }

    /** Makes sure that the address exists; every queue bound to it gets a copy of what is sent there. */
    void address(String address);

    /** Makes sure that the durable queue exists and is bound to the address. Survives restarts. */
    void queue(String address, String queue);

    /**
     * Removes a queue with all that is in it. A queue that doesn't exist is no error; one that a session still consumes is a
     * {@link BrokerException}.
     */
    void removeQueue(String queue);

    /** The durable queues that exist, sorted. */
    List<String> queues();

    /**
     * Messages in a queue, those under delivery included until they are committed; empty when there is no such queue. What was
     * committed is counted at once; an external broker may count it a moment later.
     */
    Optional<Long> depth(String queue);

    /**
     * Reads a queue from its start without taking anything; for rebuilding memory at start-up. What a session's consumer
     * holds at the time is not seen.
     */
    void browse(String queue, Consumer<Inbound> reader);

    /**
     * Whether a message with this duplicate id is durable already. An external broker can't be asked and answers false; it
     * tells at the commit.
     */
    boolean knows(String address, String duplicateId);

    /** A new transacted session. */
    BrokerSession session();

    /** A new group-committing publisher. */
    Publisher publisher();

    /** {@code embedded Artemis 2.57.0 at data/artemis (NIO journal, buffer timeout 0.4 ms)}. */
    String describe();

    /**
     * Returns when messages are taken. For {@code /ready}.
     *
     * @throws ProblemException {@code broker-stopped}, {@code broker-disk-full}, {@code broker-unreachable}; the message
     *                          names no folder or address, everybody may read it
     */
    void check();

    /** Closes its sessions and publishers first: their waiting callers come back. */
    @Override
    void close();
}
