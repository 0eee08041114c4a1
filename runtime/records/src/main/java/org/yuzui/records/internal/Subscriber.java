package org.yuzui.records.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.DuplicateMessageException;
import org.yuzui.broker.Inbound;
import org.yuzui.kernel.Pause;
import org.yuzui.records.Reader;
import org.yuzui.records.SubscriptionSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The main reader of a subscription: takes a batch, runs each record, commits all: consumed records, published ones and
 * hops, in one journal sync. What fails moves to the {@link RetryLane} in the same commit, so the others go on.
 */
final class Subscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private final RecordPipeline pipeline;
    private final Broker broker;
    private final String contract;
    private final SubscriptionSettings settings;
    private final Delivery delivery;
    private final RetryLane lane;
    private final WholeBatches wholeBatches;
    private final ScheduledExecutorService timer;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<BrokerSession> sessions = ConcurrentHashMap.newKeySet();
    private final Pause pause = new Pause(RecordPipeline.LONGEST_PAUSE);
    private volatile boolean open = true;

    Subscriber(RecordPipeline pipeline, Broker broker, String contract, SubscriptionSettings settings, Reader reader) {
        this.pipeline = pipeline;
        this.broker = broker;
        this.contract = contract;
        this.settings = settings;
        this.delivery = new Delivery(pipeline, settings, reader);
        this.timer = Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "yuzui-timer-" + settings.name()));
        this.lane = new RetryLane(pipeline, broker, settings, delivery, timer);
        this.wholeBatches = new WholeBatches(pipeline, delivery, lane, settings, pause, () -> open);
    }

    String contract() {
        return contract;
    }

    /** The lane that a record takes which somebody sends on again: behind those of its key that wait there already. */
    RetryLane lane() {
        return lane;
    }

    void start() {
        lane.start();
        for (int i = 0; i < settings.consumers(); i++) {
            Thread thread = daemon(this::run, "yuzui-sub-" + settings.name() + (i == 0 ? "" : "-" + (i + 1)));
            threads.add(thread);
            thread.start();
        }
    }

    private void run() {
        boolean direct = false;
        while (open) {
            BrokerSession current = null;
            try (BrokerSession session = broker.session()) {
                current = session;
                sessions.add(session);
                session.consume(Topology.subscriptionQueue(settings.name()), settings.batch() * 2);
                while (open) {
                    List<Inbound> messages = session.receive(settings.batch(), settings.linger());
                    if (open && !messages.isEmpty()) {
                        try {
                            deliver(session, messages, direct);
                            direct = false;
                            pause.reset();
                        } catch (DuplicateMessageException e) {
                            direct = true; // it was rolled back and comes again: publish each alone then
                        }
                    }
                }
            } catch (BrokerException e) {
                if (open) {
                    LOG.warn("Subscription {}: the broker can't serve it now: {}", settings.name(), e.getMessage());
                    pause.await(() -> open);
                }
            } catch (RuntimeException | Error e) { // without this thread nothing is read any more
                LOG.error("Subscription {}: reading broke off and begins anew", settings.name(), e);
                pause.await(() -> open);
            }
            if (current != null) {
                sessions.remove(current);
            }
        }
    }

    private void deliver(BrokerSession session, List<Inbound> messages, boolean direct) {
        if (settings.whole()) {
            wholeBatches.deliver(session, messages, direct);
        } else {
            Step step = new Step(pipeline, delivery, lane, direct);
            for (Inbound message : messages) {
                if (!open || !step.take(message, () -> open)) {
                    break; // what was not begun, or was cut short, goes back to the queue, in its place
                }
            }
            step.commit(session);
        }
    }

    /**
     * The record that is under way in each reader is still delivered, then what was done is committed; the rest goes back
     * to the queue, and so does that record when it fails now.
     */
    @Override
    public void close() {
        open = false;
        pause.wake();
        sessions.forEach(BrokerSession::wakeUp);
        lane.stop();
        threads.forEach(Subscriber::join);
        lane.close();
        timer.shutdownNow();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for a thread to end what it is at. A route that hangs is interrupted after a while, it must not hold the hub. */
    static void join(Thread thread) {
        try {
            thread.join(10_000);
            if (thread.isAlive()) {
                LOG.warn("{} does not end, interrupting it", thread.getName());
                thread.interrupt();
                thread.join(2_000);
            }
        } catch (InterruptedException e) {
            thread.interrupt(); // nobody waits for it any more
            Thread.currentThread().interrupt();
        }
    }
}
