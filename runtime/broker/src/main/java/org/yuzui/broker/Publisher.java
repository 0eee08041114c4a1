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

    /**
     * Publishes several parcels, each as by {@link #publish} and in their order, but waits once for all of them: they share
     * commits. Each stands for itself.
     *
     * @return what became of each, in their order
     * @throws BrokerException when one of them can't be made durable; others may be, a repetition of all is safe
     */
    List<Outcome> publishAll(List<Parcel> parcels);

    /** What goes together in {@link #publishAll}: all of the messages or none, and the trail entry with them. */
    record Parcel(List<Outbound> messages, byte[] trail) {
    }

    @Override
    void close();

    /** What became of a call. */
    enum Outcome { DURABLE, DUPLICATE }
}
