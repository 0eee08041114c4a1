package org.yuzui.broker;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The hub's broker. Thread-safe. */
public interface Broker extends AutoCloseable {

    /** Makes sure that the address exists; every queue bound to it gets a copy of what is sent there. */
    void address(String address);

    /** Makes sure that the durable queue exists and is bound to the address. Survives restarts. */
    void queue(String address, String queue);

    /** Removes a queue with all that is in it. A queue that doesn't exist is no error. */
    void removeQueue(String queue);

    /** The durable queues that exist, sorted. */
    List<String> queues();

    /** Messages in a queue, those under delivery included; empty when there is no such queue. */
    Optional<Long> depth(String queue);

    /** Reads a queue from its start without taking anything; for rebuilding memory at start-up. */
    void browse(String queue, Consumer<Inbound> reader);

    /** A new transacted session. */
    BrokerSession session();

    /** A new group-committing publisher. */
    Publisher publisher();

    /** {@code embedded Artemis 2.57.0 at data/artemis (NIO journal, buffer timeout 0.4 ms)}. */
    String describe();

    /** Throws what is wrong when the broker can't be used. For {@code /ready}. */
    void check();

    @Override
    void close();
}
