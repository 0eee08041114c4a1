package org.yuzui.broker;

import java.time.Duration;
import java.util.List;

/**
 * A transacted session: what it took, what it sent and the trail of it become true together at {@link #commit()}, with
 * one journal sync, or not at all. For one thread at a time.
 */
public interface BrokerSession extends AutoCloseable {

    /**
     * Opens the session's consumer on a queue (at most one consumer for each session).
     *
     * @param window how many messages may be prefetched to it
     */
    void consume(String queue, int window);

    /**
     * Takes up to {@code max} messages: waits without end for the first (an empty list means that the session was closed
     * or {@link #wakeUp() woken}), then takes what is there, and goes on waiting for more until {@code linger} after the
     * first has passed. Fewer come when their bodies are large (about 8 MB a call), so that memory stays bounded.
     *
     * @throws BrokerException when the connection was lost: roll back, then receiving may be tried again
     */
    List<Inbound> receive(int max, Duration linger);

    /**
     * Acknowledges one message within the transaction; others that were received before it stay as they are.
     */
    void acknowledge(Inbound message);

    /**
     * Sends within the transaction.
     *
     * @return false when its duplicate id is known already, from this transaction or (embedded broker only) from an earlier
     *         one: it was not sent and the rest of the transaction stands. An external broker tells at {@link #commit()}.
     */
    boolean send(Outbound message);

    /** Adds an entry to this commit's trail: all entries of one commit travel as one message to the trail address. */
    void trail(byte[] entry);

    /**
     * Makes it all durable; returns when the journal is synced.
     *
     * @throws DuplicateMessageException when a message that was sent has a duplicate id that the broker knows; all was
     *                                   rolled back
     * @throws BrokerException           when the broker can't; all was rolled back, received messages come again
     */
    void commit();

    /**
     * Undoes all since the last commit; what was received and not committed comes again, in its order and with a higher
     * delivery count. Mends a session whose connection was lost.
     */
    void rollback();

    /**
     * Makes a waiting {@link #receive} return, or the next one when none is waiting; may be called by any thread.
     */
    void wakeUp();

    /** Rolls back; may be called by any thread, a waiting {@link #receive} returns empty. */
    @Override
    void close();
}
