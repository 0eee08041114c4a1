package org.yuzui.broker.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Outbound;

/**
 * One channel and what its transaction holds. The lock is for {@link #close()} alone, which may come from another thread
 * and must find the session between two calls.
 *
 * <p>A lost channel stays in place until {@link #rollback()} or a failed commit: replacing it sooner would tear one
 * transaction in two.
 */
final class TransactedSession implements BrokerSession {

    /** One receive collects no more than this, however many messages were asked for. */
    private static final long RECEIVE_BYTES = 8L << 20;

    /** How often a session looks whether other consumers have come to its queue. */
    private static final long SHARE_NANOS = 2_000_000_000;

    private static final int BYTES_A_MESSAGE = 2 << 10;
    private static final int LEAST_WINDOW = 16 << 10;
    private static final int LARGEST_WINDOW = 1 << 20;

    private final CoreLink link;
    private final CoreMessages messages;
    private final Preflight preflight;
    private final Consumer<TransactedSession> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Wakeup wakeup = new Wakeup();

    private final Map<Long, Taken> unacknowledged = new LinkedHashMap<>();
    /** Told to the broker when the transaction ends: one word for all of them then, instead of one each. */
    private final List<Taken> acknowledged = new ArrayList<>();
    private long taken;
    private final Set<String> sentIds = new HashSet<>();
    private final List<byte[]> trail = new ArrayList<>();
    private CoreChannel channel;
    private ClientConsumer consumer;
    private String queue;
    private int windowBytes;
    private int consumers;
    private long consumersCounted;

    /** Whether the transaction holds acknowledgements or messages. */
    private boolean used;
    private volatile boolean closed;

    TransactedSession(CoreLink link, CoreMessages messages, Preflight preflight, Consumer<TransactedSession> onClose) {
        this.link = link;
        this.messages = messages;
        this.preflight = preflight;
        this.onClose = onClose;
    }

    @Override
    public void consume(String queueName, int window) {
        locked("consume " + queueName, () -> {
            if (queue != null) {
                throw new IllegalStateException("this session consumes " + queue + " already");
            }
            queue = queueName;
            windowBytes = (int) Math.max(LEAST_WINDOW, Math.min(LARGEST_WINDOW, (long) window * BYTES_A_MESSAGE));
            try {
                return consumer();
            } catch (Exception e) {
                queue = null;
                throw e;
            }
        });
    }

    @Override
    public List<Inbound> receive(int max, Duration linger) {
        lock.lock();
        try {
            if (closed) {
                return List.of();
            }
            share();
            return collect(consumer(), max, linger.toNanos());
        } catch (Exception e) {
            if (closed) {
                return List.of();
            }
            throw Failures.of("receive from " + queue, e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives other consumers their share: a message group stays with the consumer that had it first, so one that came later
     * would get none. Between two transactions, when this session holds nothing, its groups can change hands in order.
     */
    private void share() throws Exception {
        long now = System.nanoTime();
        if (consumer == null || !isUnused() || now - consumersCounted < SHARE_NANOS) {
            return;
        }
        int before = consumers;
        countConsumers();
        if (consumers > before) {
            consumer.close();
            consumer = null;
        }
    }

    private void countConsumers() throws ActiveMQException {
        consumers = channel.session().queueQuery(SimpleString.of(queue)).getConsumerCount();
        consumersCounted = System.nanoTime();
    }

    private List<Inbound> collect(ClientConsumer from, int max, long lingerNanos) throws Exception {
        List<Inbound> collected = new ArrayList<>();
        ClientMessage next = wakeup.interruptible(from::receive);
        if (next == null && from.isClosed() && !closed) {
            if (isUnused()) {
                dropChannel();
            }
            throw new BrokerException("the connection to the broker was lost while waiting at " + queue, null);
        }
        long deadline = System.nanoTime() + lingerNanos;
        long bytes = 0;
        while (next != null) {
            CoreInbound message = CoreMessages.read(next);
            unacknowledged.put(next.getMessageID(), new Taken(message, taken++));
            collected.add(message);
            bytes += message.body().length;
            if (collected.size() >= max || bytes >= RECEIVE_BYTES) {
                break;
            }
            next = wakeup.interruptible(from::receiveImmediate);
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (next == null && left > 0 && !wakeup.wokenInLastWait()) {
                next = wakeup.interruptible(() -> from.receive(left));
            }
        }
        return collected;
    }

    private boolean isUnused() {
        return !used && unacknowledged.isEmpty() && trail.isEmpty();
    }

    @Override
    public void acknowledge(Inbound message) {
        locked("acknowledge " + message, () -> {
            Taken known = unacknowledged.remove(((CoreInbound) message).core().getMessageID());
            if (known == null) {
                throw new IllegalStateException(message + " is acknowledged already, or was rolled back");
            }
            used = true;
            acknowledged.add(known);
            return null;
        });
    }

    @Override
    public boolean send(Outbound message) {
        return locked("send to " + message.address(), () -> {
            String id = message.duplicateId();
            if (id != null) {
                // The broker itself would take the same id twice within one transaction.
                if (!sentIds.add(message.address() + '\n' + id) || preflight.knows(message.address(), id)) {
                    return false;
                }
            }
            preflight.refuseWhenFull();
            used = true;
            messages.send(channel(), message);
            return true;
        });
    }

    @Override
    public void trail(byte[] entry) {
        trail.add(entry);
    }

    @Override
    public void commit() {
        lock.lock();
        try {
            refuseClosed("commit");
            if (!trail.isEmpty()) {
                preflight.refuseWhenFull();
                messages.sendTrail(channel(), trail);
            }
            tellAcknowledged();
            if (channel != null) {
                channel.session().commit();
            }
            forget();
        } catch (Exception e) {
            undo();
            throw Failures.of("commit", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void rollback() {
        lock.lock();
        try {
            refuseClosed("roll back");
            undo();
        } finally {
            lock.unlock();
        }
    }

    /** A message that was taken from the queue, as the how manieth. */
    private record Taken(CoreInbound message, long number) {
    }

    /** When nothing that came before is left over, the last one stands for all of them. */
    private void tellAcknowledged() throws ActiveMQException {
        List<Taken> told = List.copyOf(acknowledged);
        acknowledged.clear();
        Taken last = told.stream().max(Comparator.comparingLong(Taken::number)).orElse(null);
        if (last == null) {
            return;
        }
        Taken leftOver = unacknowledged.isEmpty() ? null : unacknowledged.values().iterator().next();
        if (leftOver == null || leftOver.number() > last.number()) {
            last.message().core().acknowledge();
        } else {
            for (Taken one : told) {
                one.message().core().individualAcknowledge();
            }
        }
    }

    private void forget() {
        used = false;
        trail.clear();
        sentIds.clear();
    }

    private void undo() {
        forget();
        if (channel != null && !(countDeliveries() && channel.undo())) {
            dropChannel();
        }
        acknowledged.clear();
        unacknowledged.clear();
    }

    /** Artemis counts a delivery only when the message was acknowledged before the rollback. */
    private boolean countDeliveries() {
        try {
            for (Taken one : acknowledged) {
                one.message().core().individualAcknowledge();
            }
            acknowledged.clear();
            for (Taken one : unacknowledged.values()) {
                one.message().core().individualAcknowledge();
            }
            return true;
        } catch (ActiveMQException e) {
            return false;
        }
    }

    private CoreChannel channel() throws Exception {
        if (channel == null) {
            channel = link.transacted();
        }
        return channel;
    }

    private ClientConsumer consumer() throws Exception {
        if (queue == null) {
            throw new IllegalStateException("consume comes before receive");
        }
        if (consumer == null) {
            consumer = channel().session().createConsumer(queue, null, windowBytes, -1, false);
            countConsumers();
        }
        return consumer;
    }

    private void dropChannel() {
        if (channel != null) {
            channel.close();
            channel = null;
            consumer = null;
        }
    }

    @Override
    public void wakeUp() {
        wakeup.wake();
    }

    @Override
    public void close() {
        closed = true;
        wakeup.wake();
        lock.lock();
        try {
            dropChannel();
        } finally {
            lock.unlock();
        }
        onClose.accept(this);
    }

    private void refuseClosed(String what) {
        if (closed) {
            throw new BrokerException(what + ": the session is closed", null);
        }
    }

    private interface Step<T> {
        T run() throws Exception;
    }

    private <T> T locked(String what, Step<T> step) {
        lock.lock();
        try {
            refuseClosed(what);
            return step.run();
        } catch (IllegalStateException e) {
            throw e;
        } catch (Exception e) {
            throw Failures.of(what, e);
        } finally {
            lock.unlock();
        }
    }
}
