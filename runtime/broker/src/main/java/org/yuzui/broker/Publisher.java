package org.yuzui.broker;

import java.util.List;

/**
 * Lets many callers share a commit: callers that arrive while a commit is under way travel together in the next one, so
 * that one journal sync serves them all. Thread-safe.
 */
public interface Publisher extends AutoCloseable {

    /**
     * Sends messages and a trail entry in one transaction; returns when they are durable.
     *
     * @param messages all of them or none; may be empty, then only the trail is written
     * @param trail    the entry that goes with them
     * @return {@code DUPLICATE} when a message's duplicate id was known: then nothing of this call happened
     * @throws BrokerException when it can't be made durable; nothing of this call happened, or (when the broker was lost in
     *                         mid-commit) it is not known: a repetition with the same duplicate id is safe
     */
    Outcome publish(List<Outbound> messages, byte[] trail);

    @Override
    void close();

    /** What became of a call. */
    enum Outcome { DURABLE, DUPLICATE }
}
