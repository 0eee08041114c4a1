package org.yuzui.broker.internal;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Outbound;
import org.yuzui.broker.Publisher;

/**
 * Group commit: a committer thread takes all calls that queued up during its last commit and makes them durable in one
 * transaction, with one trail message and one journal sync. One thread, because a second one was measured not to be
 * faster, and because with one the calls become durable in the order in which they came.
 */
final class GroupPublisher implements Publisher {

    private static final Logger log = LoggerFactory.getLogger(GroupPublisher.class);
    private static final long CLOSE_SECONDS = 40;

    private final CallQueue queue = new CallQueue();
    private final Thread committer;
    private final Consumer<GroupPublisher> onClose;

    GroupPublisher(CommitWriter writer, Preflight preflight, Consumer<GroupPublisher> onClose) {
        this.onClose = onClose;
        committer = new Thread(new Committer(queue, writer, preflight), "yuzui-publisher");
        committer.setDaemon(true);
        committer.start();
    }

    @Override
    public Outcome publish(List<Outbound> messages, byte[] trail) {
        Call call = call(messages, trail);
        queue.add(call);
        return call.await();
    }

    @Override
    public List<Outcome> publishAll(List<Parcel> parcels) {
        List<Call> calls = parcels.stream().map(p -> call(p.messages(), p.trail())).toList();
        queue.addAll(calls);
        return calls.stream().map(Call::await).toList();
    }

    private static Call call(List<Outbound> messages, byte[] trail) {
        Objects.requireNonNull(trail, "trail");
        Call call = new Call(List.copyOf(messages), trail);
        if (call.ids.size() > 1 && call.ids.stream().distinct().count() < call.ids.size()) {
            throw new IllegalArgumentException("two messages of one call have the same duplicate id");
        }
        return call;
    }

    /** Commits what is waiting, takes nothing new. */
    @Override
    public void close() {
        queue.close();
        try {
            committer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (committer.isAlive()) {
            log.warn("The broker did not answer the last commit: its callers are told that the outcome is unknown");
        }
        queue.abandon();
        onClose.accept(this);
    }
}
