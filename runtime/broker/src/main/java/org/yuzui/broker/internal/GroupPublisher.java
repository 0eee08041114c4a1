package org.yuzui.broker.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.Outbound;
import org.yuzui.broker.Publisher;

/**
 * Group commit: committer threads take all calls that queued up during the last commit and make them durable in one
 * transaction, with one trail message and one journal sync.
 */
final class GroupPublisher implements Publisher {

    private static final Logger log = LoggerFactory.getLogger(GroupPublisher.class);
    private static final long CLOSE_SECONDS = 40;

    private final CallQueue queue = new CallQueue();
    private final List<Thread> committers = new ArrayList<>();
    private final Consumer<GroupPublisher> onClose;

    GroupPublisher(CoreLink link, CoreMessages messages, Preflight preflight, int lanes, Consumer<GroupPublisher> onClose) {
        this.onClose = onClose;
        for (int lane = 1; lane <= lanes; lane++) {
            Committer committer = new Committer(queue, link, messages, preflight);
            Thread thread = new Thread(committer, "yuzui-publisher-" + lane);
            thread.setDaemon(true);
            committers.add(thread);
            thread.start();
        }
    }

    @Override
    public Outcome publish(List<Outbound> messages, byte[] trail) {
        Objects.requireNonNull(trail, "trail");
        Call call = new Call(List.copyOf(messages), trail);
        if (call.ids.size() > 1 && call.ids.stream().distinct().count() < call.ids.size()) {
            throw new IllegalArgumentException("two messages of one call have the same duplicate id");
        }
        queue.add(call);
        return call.await();
    }

    /** Commits what is waiting, takes nothing new. */
    @Override
    public void close() {
        queue.close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        try {
            for (Thread committer : committers) {
                committer.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (committers.stream().anyMatch(Thread::isAlive)) {
            log.warn("The broker did not answer the last commit: its callers are told that the outcome is unknown");
        }
        queue.abandon();
        onClose.accept(this);
    }
}
