package org.yuzui.plugin.vehicle.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.spi.RefusedException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where lines put down what they brought, and go on reading. Each of a few threads takes what many lines put down and hands
 * it over as one list, so that thousands of lines share a commit. Bounded: a line that finds it full stops reading, and what
 * still arrives of it is not taken and so not acknowledged. What one line brings stays in order.
 */
public final class Desk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    /** What still lies here so long after the end is dropped: nobody was told that it is kept, so it is sent again. */
    private static final Duration DRAIN = Duration.ofMillis(150);
    /** A commit that is under way may take so long; then it is left, and nobody is told what became of it. */
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final long WAIT_AFTER_FAILURE_MILLIS = 200;

    /**
     * So long after a hand-over the next one waits for company: what is handed over together shares a commit, its syncs and the
     * steps of all who read it, and those cost more than the positions themselves. Who comes after a silence doesn't wait.
     */
    private static final Duration GATHER = Duration.ofMillis(40);

    /** The route. */
    public interface Counter {

        /**
         * Hands over records of several lines; returns when all are durable.
         *
         * @param arrived for each record the bytes that it was made of; those of one message are one array
         */
        void publish(List<JsonNode> records, List<byte[]> arrived) throws Exception;

        /** Hands over one arrival of any kind; returns when what became of it is durable. */
        void handOver(Arrival arrival) throws Exception;
    }

    /** Wakes a thread that waits for something when the end has come. */
    private static final Arrival END = new Arrival(Arrival.Kind.IGNORED, List::of, null, "", "", null, null, Arrival.Told.NOBODY);

    private final Counter counter;
    private final int most;
    private final Duration drain;
    private final Duration commit;
    private final int high;
    private final int low;
    private final List<BlockingQueue<Arrival>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<Runnable> paused = new ConcurrentLinkedQueue<>();
    private final LongAdder turnedAway = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean open = true;
    private volatile long dropAfter;
    private volatile boolean complained;

    /**
     * @param capacity arrivals that may lie here; from three quarters on lines shall not read
     * @param most     arrivals that are handed over at once
     */
    public Desk(String name, Counter counter, int threads, int capacity, int most) {
        this(name, counter, threads, capacity, most, DRAIN, COMMIT);
    }

    Desk(String name, Counter counter, int threads, int capacity, int most, Duration drain, Duration commit) {
        this.counter = counter;
        this.most = most;
        this.drain = drain;
        this.commit = commit;
        this.high = Math.max(1, capacity * 3 / 4);
        this.low = capacity / 4;
        for (int i = 0; i < threads; i++) {
            BlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(Math.max(1, capacity / threads));
            queues.add(queue);
            Thread thread = new Thread(() -> run(queue), name + "-desk-" + (i + 1));
            thread.setDaemon(true);
            this.threads.add(thread);
            thread.start();
        }
    }

    /**
     * Puts something down.
     *
     * @param line what the same line brings keeps its order
     * @return false when there is no room: it is not taken
     */
    public boolean put(Object line, Arrival arrival) {
        boolean taken = open && queues.get((line.hashCode() & 0x7FFFFFFF) % queues.size()).offer(arrival);
        if (taken) {
            waiting.incrementAndGet();
        } else {
            turnedAway.increment();
        }
        return taken;
    }

    /** Whether lines shall stop reading; at the end they shall. */
    public boolean isFull() {
        return !open || waiting.get() >= high;
    }

    /** Calls back when lines may read again; at once if they may already, never after the end. */
    public void whenRoom(Runnable resume) {
        paused.add(resume);
        if (open && waiting.get() <= low) {
            resume();
        }
    }

    /** Arrivals that lie here. */
    public int waiting() {
        return waiting.get();
    }

    /** Arrivals that were not taken because there was no room. */
    public long turnedAway() {
        return turnedAway.sum();
    }

    private void run(BlockingQueue<Arrival> queue) {
        List<Arrival> taken = new ArrayList<>(most);
        long handedOver = System.nanoTime() - GATHER.toNanos();
        while (open || !queue.isEmpty() && System.nanoTime() - dropAfter < 0) {
            try {
                taken.add(queue.take());
                gather(queue, System.nanoTime() - handedOver);
                queue.drainTo(taken, most - 1);
                taken.remove(END);
                if (!taken.isEmpty()) {
                    handOver(taken);
                    handedOver = System.nanoTime();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | LinkageError e) {
                LOG.error("{} arrivals were not handed over, their senders have to send again", taken.size(), e);
            } finally {
                if (!taken.isEmpty() && waiting.addAndGet(-taken.size()) <= low && open) {
                    resume();
                }
                taken.clear();
            }
        }
    }

    private void gather(BlockingQueue<Arrival> queue, long sinceNanos) throws InterruptedException {
        if (sinceNanos < GATHER.toNanos() && queue.size() < most - 1) {
            closed.await(GATHER.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void handOver(List<Arrival> taken) throws InterruptedException {
        List<Arrival> positions = new ArrayList<>(taken.size());
        List<JsonNode> records = new ArrayList<>();
        List<byte[]> arrived = new ArrayList<>();
        for (Arrival arrival : taken) {
            if (arrival.kind() == Arrival.Kind.POSITIONS) {
                positions.add(arrival);
                List<JsonNode> its = arrival.records().get();
                records.addAll(its);
                arrived.addAll(Collections.nCopies(its.size(), arrival.arrived()));
            }
        }
        try {
            if (!records.isEmpty()) {
                counter.publish(Collections.unmodifiableList(records), Collections.unmodifiableList(arrived));
            }
            positions.forEach(arrival -> arrival.told().durable());
            complained = false;
        } catch (Exception e) {
            if (refusalIn(e) != null) {
                // One of them is refused: find it, so that the others are acknowledged. Those that are durable count once.
                for (Arrival arrival : positions) {
                    alone(arrival);
                }
            } else {
                positions.forEach(arrival -> arrival.told().later());
                complain(e);
            }
        }
        for (Arrival arrival : taken) {
            if (arrival.kind() != Arrival.Kind.POSITIONS) {
                alone(arrival);
            }
        }
    }

    private void alone(Arrival arrival) throws InterruptedException {
        try {
            counter.handOver(arrival);
            if (arrival.kind() == Arrival.Kind.REFUSED) {
                arrival.told().refused();
            } else {
                arrival.told().durable();
            }
        } catch (Exception e) {
            if (refusalIn(e) != null) {
                arrival.told().refused();
            } else {
                arrival.told().later();
                complain(e);
            }
        }
    }

    /** Says it once, and waits: what is down now is down in a millisecond too. */
    private void complain(Exception e) throws InterruptedException {
        if (!complained) {
            complained = true;
            LOG.warn("Nothing can be kept now, terminals are not answered and have to send again: {}", e.toString());
        }
        closed.await(WAIT_AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void resume() {
        for (Runnable next = paused.poll(); next != null; next = paused.poll()) {
            next.run();
        }
    }

    private static RefusedException refusalIn(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof RefusedException refusal) {
                return refusal;
            }
        }
        return null;
    }

    /** Takes nothing more; hands over what lies here, for a moment, and ends when the commit that is under way has. */
    @Override
    public void close() {
        dropAfter = System.nanoTime() + drain.toNanos();
        open = false;
        closed.countDown();
        queues.forEach(queue -> queue.offer(END)); // a thread whose queue is full doesn't wait
        long end = System.nanoTime() + commit.toNanos();
        try {
            for (Thread thread : threads) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1_000_000, end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.forEach(Thread::interrupt);
        }
        int left = queues.stream().mapToInt(BlockingQueue::size).sum();
        if (left > 0) {
            LOG.info("{} arrivals were not handed over any more, their senders have to send again", left);
        }
    }
}
