package org.yuzui.broker.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.Outbound;
import org.yuzui.broker.Publisher.Outcome;

/** One caller's publish: what goes together, and what became of it. */
final class Call {

    /** A duplicate id counts for its address. */
    record Id(String address, String duplicateId) {
    }

    final List<Outbound> messages;
    final byte[] trail;
    final List<Id> ids;
    final long bytes;

    /** Calls with an id that this one carries: they wait for what becomes of it. */
    final List<Call> echoes = new ArrayList<>(0);

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Call(List<Outbound> messages, byte[] trail) {
        this.messages = messages;
        this.trail = trail;
        List<Id> found = new ArrayList<>(messages.size());
        long size = trail.length;
        for (Outbound message : messages) {
            size += message.body().length;
            if (message.duplicateId() != null) {
                found.add(new Id(message.address(), message.duplicateId()));
            }
        }
        this.ids = found;
        this.bytes = size;
    }

    void done(Outcome result) {
        outcome.complete(result);
    }

    void failed(BrokerException why) {
        outcome.completeExceptionally(why);
    }

    boolean succeeded() {
        return outcome.isDone() && !outcome.isCompletedExceptionally();
    }

    boolean isDone() {
        return outcome.isDone();
    }

    Outcome await() {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            // A new one: the cause is shared by every call of the group and has the committer's stack.
            throw new BrokerException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while publishing, whether it happened is not known", e);
        }
    }
}
