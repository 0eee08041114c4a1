package org.yuzui.records.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Outbound;
import org.yuzui.kernel.HubThreads;
import org.yuzui.kernel.Pause;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.store.Store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes one contract's records to the store. The database commits first, then the broker: a crash between them brings
 * the batch again, and the primary key absorbs it.
 */
final class StoreWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);
    private static final int BATCH = 1000;
    private static final long PATIENCE_SECONDS = 15;
    /**
     * After a write of several the next one waits for company: a transaction of the database costs more than a record. Where they
     * come one by one, or somebody waits to read them, each is written at once.
     */
    private static final Duration GATHER = Duration.ofMillis(20);

    private final String contract;
    private final String queue;
    private final Broker broker;
    private final Ledger ledger;
    private final Clock clock;
    private final RecordTable table;
    private final SubscriptionSettings settings;
    private final Thread thread;
    private final Pause pause = new Pause(RecordPipeline.LONGEST_PAUSE);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private Instant writtenUpTo = Instant.MIN;
    /** Who waits in {@link #awaitCaughtUp}; guarded by the lock for writing. */
    private volatile int readers;
    private volatile boolean gathers;
    private volatile boolean open = true;
    private volatile BrokerSession session;

    StoreWriter(String contract, Broker broker, Store store, Ledger ledger, Clock clock) {
        this.contract = contract;
        this.queue = Topology.storeQueue(contract);
        this.broker = broker;
        this.ledger = ledger;
        this.clock = clock;
        this.table = new RecordTable(contract, store);
        this.settings = SubscriptionSettings.of(SubscriptionStatus.STORE, null, null, null);
        this.thread = HubThreads.daemon(this::run, "yuzui-store-" + contract);
        thread.start();
    }

    String contract() {
        return contract;
    }

    private void run() {
        while (open) {
            try (BrokerSession s = broker.session()) {
                session = s;
                s.consume(queue, BATCH * 2);
                boolean several = false;
                while (open) {
                    gathers = several;
                    List<Inbound> messages = s.receive(BATCH, gathers && readers == 0 ? GATHER : Duration.ZERO);
                    gathers = false;
                    if (!messages.isEmpty()) {
                        write(s, messages);
                        several = messages.size() > 1;
                        pause.reset();
                    }
                }
            } catch (RuntimeException | SQLException | IOException e) { // without this thread nothing more is ever written
                if (open) {
                    LOG.warn("The store can't take records of {} now, they wait in the broker: {}", contract, e.getMessage());
                    pause.await(() -> open);
                }
            }
        }
    }

    private void write(BrokerSession s, List<Inbound> messages) throws SQLException, IOException {
        List<Envelope> records = messages.stream().map(m -> Envelope.read(m.body())).toList();
        try {
            insert(s, records);
        } catch (SQLException e) {
            if (!isAboutTheData(e)) {
                throw e;
            }
            for (Inbound m : messages) {
                one(s, m);
            }
        }
        messages.forEach(s::acknowledge);
        s.commit();
        arrived(messages.get(messages.size() - 1).sentAt());
    }

    private void insert(BrokerSession s, List<Envelope> records) throws SQLException, IOException {
        long began = System.nanoTime();
        table.insert(records);
        long each = (System.nanoTime() - began) / 1000 / records.size();
        Instant now = clock.instant();
        records.forEach(r -> s.trail(ledger.encode(Hops.step(HopKind.STORED, r, settings, now, each, null, null))));
    }

    /** A record that the database will never take must not hold up the others. */
    private void one(BrokerSession s, Inbound message) throws SQLException, IOException {
        Envelope record = Envelope.read(message.body());
        try {
            insert(s, List.of(record));
        } catch (SQLException e) {
            if (!isAboutTheData(e)) {
                throw e;
            }
            LOG.warn("The store can't take {} {}: SQL state {}", contract, record.id(), e.getSQLState());
            String dead = Topology.deadQueue(queue);
            broker.address(dead);
            broker.queue(dead, dead);
            s.send(new Outbound(dead, null, null, Map.of(RetryLane.CAUSE, "SQL state " + e.getSQLState()), message.body()));
            s.trail(ledger.encode(Hops.step(HopKind.DEAD, record, settings, clock.instant(), 0, "not-storable",
                    "The database refuses its content, SQL state " + e.getSQLState() + ".")));
        }
    }

    /** Class 22: the value can't be represented; 54: it is too large. */
    private static boolean isAboutTheData(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("54"));
    }

    private void arrived(Instant upTo) {
        lock.lock();
        try {
            if (upTo.isAfter(writtenUpTo)) {
                writtenUpTo = upTo;
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when every record is written that was durable before the call.
     *
     * @throws ProblemException {@code store-behind} when that takes too long
     */
    void awaitCaughtUp() {
        Instant now = clock.instant();
        long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        readers++;
        try {
            // The queue is first in, first out: a message that was made after now stands behind all that was there then.
            while (open && !writtenUpTo.isAfter(now) && broker.depth(queue).orElse(0L) > 0) {
                if (left <= 0) {
                    throw new ProblemException(Problem.of("store-behind", "The record store is behind by "
                            + broker.depth(queue).orElse(0L) + " records of " + contract + ".")
                            .cure("Try again when it has caught up; is the database slow or down?"));
                }
                BrokerSession s = session;
                if (gathers && s != null) {
                    s.wakeUp();
                }
                left = progress.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.of("interrupted", "The read was cancelled."), e);
        } finally {
            readers--;
            lock.unlock();
        }
    }

    @Override
    public void close() {
        open = false;
        pause.wake();
        BrokerSession s = session;
        if (s != null) {
            s.wakeUp();
        }
        Subscriber.join(thread);
    }
}
