package org.yuzui.records.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.DuplicateMessageException;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Outbound;
import org.yuzui.kernel.Pause;
import org.yuzui.records.SubscriptionSettings;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Where a subscription's failed records wait for their next try, in a queue of their own so that a restart forgets none.
 *
 * <p>Order per key holds: while a record of a key waits here, the later ones of that key are sent here too and follow it
 * one by one; records of other keys never meet this lane. Times are kept with {@code System.nanoTime}; a restart tries
 * at once.
 */
final class RetryLane implements AutoCloseable {

    static final String CAUSE = "cause";
    private static final Logger LOG = LoggerFactory.getLogger(RetryLane.class);
    private static final int WINDOW = 500;

    private final RecordPipeline pipeline;
    private final Broker broker;
    private final SubscriptionSettings settings;
    private final Delivery delivery;
    private final ScheduledExecutorService timer;
    private final Map<String, Integer> parked = new ConcurrentHashMap<>();
    /** Keys of what was taken from the queue and has not left, whether it was counted or not: a commit that seemed to fail may have been done. */
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Integer> attempts = new HashMap<>();
    private final Set<UUID> publishDirectly = new HashSet<>();
    private final Map<String, ArrayDeque<Waiting>> keys = new LinkedHashMap<>();
    private final Thread thread;
    private final Pause pause = new Pause(RecordPipeline.LONGEST_PAUSE);
    private volatile boolean open = true;
    private volatile BrokerSession session;

    RetryLane(RecordPipeline pipeline, Broker broker, SubscriptionSettings settings, Delivery delivery,
              ScheduledExecutorService timer) {
        this.pipeline = pipeline;
        this.broker = broker;
        this.settings = settings;
        this.delivery = delivery;
        this.timer = timer;
        this.thread = new Thread(this::run, "yuzui-retry-" + settings.name());
        this.thread.setDaemon(true);
        // Keys that were waiting when the hub stopped must be known before the main reader takes its first record.
        broker.browse(queue(), m -> parked.merge(Envelope.read(m.body()).key(), 1, Integer::sum));
    }

    void start() {
        thread.start();
    }

    private String queue() {
        return Topology.retryQueue(settings.name());
    }

    boolean isParked(String key) {
        return parked.containsKey(key) || taken.contains(key);
    }

    /** The message that puts a record into this lane; {@code cause} is null for one that only waits behind another. */
    Outbound message(Envelope record, byte[] bytes, String cause) {
        return new Outbound(queue(), null, null, cause == null ? Map.of() : Map.of(CAUSE, cause), bytes);
    }

    /**
     * Commits a transaction that sends records here, of these keys, one for each time that a key is named. The lane must know a key
     * before another thread can see the commit: a record that follows would pass it by.
     */
    void commit(BrokerSession session, List<String> sentKeys) {
        sentKeys.forEach(k -> parked.merge(k, 1, Integer::sum));
        try {
            session.commit();
        } catch (BrokerException e) {
            sentKeys.forEach(this::left);
            throw e;
        }
    }

    private void left(String key) {
        parked.computeIfPresent(key, (k, n) -> n == 1 ? null : n - 1);
    }

    private void run() {
        while (open) {
            try (BrokerSession s = broker.session()) {
                session = s;
                s.consume(queue(), WINDOW);
                keys.clear();
                while (open) {
                    take(s);
                    workOff(s);
                    pause.reset();
                }
            } catch (DuplicateMessageException e) {
                LOG.debug("Subscription {}: a retry published what the broker knows; once more, one by one", settings.name());
            } catch (BrokerException e) {
                if (open) {
                    LOG.warn("Subscription {}: the broker can't serve the retries now: {}", settings.name(), e.getMessage());
                    pause.await(() -> open);
                }
            } catch (RuntimeException | Error e) { // without this thread nothing is tried again
                LOG.error("Subscription {}: the retries broke off and begin anew", settings.name(), e);
                pause.await(() -> open);
            }
        }
    }

    private void take(BrokerSession s) {
        long next = nextDueNanos();
        ScheduledFuture<?> alarm = next == Long.MAX_VALUE ? null
                : timer.schedule(s::wakeUp, Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        for (Inbound m : s.receive(WINDOW, Duration.ZERO)) {
            Envelope record = Envelope.read(m.body());
            boolean failedBefore = m.header(CAUSE) != null;
            int tries = attempts.computeIfAbsent(record.id(), id -> failedBefore ? 1 : 0);
            long due = System.nanoTime() + (tries == 0 ? 0 : backOff(tries));
            taken.add(record.key());
            keys.computeIfAbsent(record.key(), k -> new ArrayDeque<>()).add(new Waiting(m, record, due));
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private long nextDueNanos() {
        return keys.values().stream().mapToLong(q -> q.peek().dueNanos).min().orElse(Long.MAX_VALUE);
    }

    private long backOff(int tries) {
        List<Duration> waits = settings.backOff();
        return tries > waits.size() ? 0 : waits.get(tries - 1).toNanos();
    }

    private void workOff(BrokerSession s) {
        for (String key : new ArrayList<>(keys.keySet())) {
            ArrayDeque<Waiting> queue = keys.get(key);
            while (open && !queue.isEmpty() && queue.peek().dueNanos - System.nanoTime() <= 0) {
                if (tryOne(s, queue.peek())) {
                    Waiting done = queue.poll();
                    attempts.remove(done.record.id());
                    left(key);
                } else {
                    Waiting again = queue.poll();
                    queue.addFirst(new Waiting(again.message, again.record,
                            System.nanoTime() + backOff(attempts.get(again.record.id()))));
                }
            }
            if (queue.isEmpty()) {
                keys.remove(key);
                taken.remove(key);
            }
        }
    }

    /** Returns whether the record has left the lane, for good or for the dead letters. */
    private boolean tryOne(BrokerSession s, Waiting waiting) {
        UUID id = waiting.record.id();
        int tries = attempts.getOrDefault(id, 0);
        DeliveryBatch batch = new DeliveryBatch(pipeline, publishDirectly.contains(id));
        Delivery.Result result = delivery.one(waiting.record, tries, batch);
        boolean leaves = result != Delivery.Result.FAILED;
        if (!leaves && tries >= settings.backOff().size()) {
            delivery.giveUp(waiting.record, waiting.message.body(), batch);
            leaves = true;
        }
        if (leaves) {
            s.acknowledge(waiting.message);
        }
        batch.flush(s);
        try {
            s.commit();
        } catch (DuplicateMessageException e) {
            publishDirectly.add(id);
            throw e;
        }
        batch.durable();
        publishDirectly.remove(id);
        if (!leaves) {
            attempts.put(id, tries + 1);
        }
        return leaves;
    }

    /** Takes nothing more; returns at once. */
    void stop() {
        open = false;
        pause.wake();
        BrokerSession s = session;
        if (s != null) {
            s.wakeUp();
        }
    }

    @Override
    public void close() {
        stop();
        Subscriber.join(thread);
    }

    private record Waiting(Inbound message, Envelope record, long dueNanos) {
    }
}
