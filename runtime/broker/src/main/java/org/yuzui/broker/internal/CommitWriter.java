package org.yuzui.broker.internal;

import java.util.List;

/** Makes the calls of a group durable. For one thread at a time. */
interface CommitWriter extends AutoCloseable {

    /** Returns when all of it is durable, with one trail message; when it throws, nothing of it happened, or nobody knows. */
    void write(List<Call> calls) throws Exception;

    /** Gives back what it holds; it can be used again. */
    @Override
    void close();
}
