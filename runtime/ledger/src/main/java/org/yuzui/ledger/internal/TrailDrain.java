package org.yuzui.ledger.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Outbound;
import org.yuzui.broker.Trail;
import org.yuzui.kernel.Pause;
import org.yuzui.ledger.Ledger;
import org.yuzui.store.Store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Carries the trail from the broker to the database: the database commits first, then the broker, and what comes twice is
 * absorbed by the hops' unique key.
 */
final class TrailDrain implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrailDrain.class);
    private static final int BATCH = 500;
    private static final long BATCH_BYTES = 16L << 20;
    private static final int WINDOW = 1_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** A value that can't be represented, a broken constraint, a limit of the database: trying again does not help. */
    private static final Set<String> ABOUT_THE_DATA = Set.of("22", "23", "54");

    private final Broker broker;
    private final Store store;
    private final Duration linger;
    private final BiConsumer<List<UUID>, List<UUID>> drained;
    private final Thread thread = new Thread(this::run, "yuzui-ledger");
    private final Pause pause = new Pause(LONGEST_PAUSE);
    /** Of the thread that writes. */
    private final Pause databasePause = new Pause(LONGEST_PAUSE);
    private volatile boolean open = true;
    private volatile BrokerSession session;

    /** @param drained told, after each commit, of the flows that changed and the markers that went by */
    TrailDrain(Broker broker, Store store, Duration linger, BiConsumer<List<UUID>, List<UUID>> drained) {
        this.broker = broker;
        this.store = store;
        this.linger = linger;
        this.drained = drained;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (open) {
            try (BrokerSession current = broker.session(); Desk desk = new Desk(current)) {
                session = current;
                current.consume(Ledger.TRAIL, WINDOW);
                carry(current, desk);
            } catch (BrokerException e) {
                if (open) {
                    LOG.warn("the ledger waits for the broker: {}", e.getMessage());
                    pause.await(() -> open);
                }
            } catch (RuntimeException e) {
                LOG.error("the ledger could not drain its trail; it will try again", e);
                pause.await(() -> open);
            }
        }
    }

    /** While a batch is written, the next one is taken and read, and the one before it is acknowledged. */
    private void carry(BrokerSession current, Desk desk) {
        Batch next = new Batch();
        while (open) {
            List<Inbound> messages = !next.isFull() ? current.receive(BATCH - next.size(), linger) : List.of();
            if (!open) {
                break;
            }
            messages.forEach(next::read);
            Batch written = desk.isBusy() ? desk.written(next.isFull()) : null;
            if (!desk.isBusy() && next.size() > 0) {
                desk.write(next);
                next = new Batch();
            }
            if (written != null) {
                acknowledge(current, written);
                pause.reset();
            }
        }
        if (desk.isBusy()) {
            acknowledge(current, desk.written(true));
        }
    }

    private void acknowledge(BrokerSession current, Batch written) {
        if (!written.done) {
            return; // closing: what was received comes again at the next start
        }
        for (Inbound message : written.dead) {
            current.send(new Outbound(Ledger.DEAD, null, null, Map.of(), message.body()));
        }
        written.messages.forEach(current::acknowledge);
        current.commit();
        drained.accept(written.changed, written.markers);
    }

    /** Messages on their way, and what has become of them. */
    private static final class Batch {

        private final List<Inbound> messages = new ArrayList<>();
        private final List<TrailMessage> readable = new ArrayList<>();
        private final List<Inbound> dead = new ArrayList<>();
        private final List<UUID> markers = new ArrayList<>();
        private final List<UUID> changed = new ArrayList<>();
        private long bytes;
        private boolean done;

        int size() {
            return messages.size();
        }

        /** While the database is away a batch must not grow by all that is kept. */
        boolean isFull() {
            return messages.size() >= BATCH || bytes >= BATCH_BYTES;
        }

        void read(Inbound message) {
            messages.add(message);
            bytes += message.body().length;
            try {
                readable.add(TrailMessage.read(message, markers));
            } catch (IllegalArgumentException e) {
                LOG.error("a trail message of {} bytes, sent at {}, can't be read and is set aside in {}: {}",
                        message.body().length, message.sentAt(), Ledger.DEAD, e.getMessage());
                dead.add(message);
            }
        }
    }

    /** Where one batch after the other is written, by a thread of its own. */
    private final class Desk implements AutoCloseable {

        private final HopWriter writer = new HopWriter(store);
        private final BrokerSession waiting;
        private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, "yuzui-ledger-writer");
            made.setDaemon(true);
            return made;
        });
        private CompletableFuture<Batch> underWay;

        private Desk(BrokerSession waiting) {
            this.waiting = waiting;
        }

        boolean isBusy() {
            return underWay != null;
        }

        void write(Batch batch) {
            HopBatch rows = batch(batch.readable);
            underWay = CompletableFuture.supplyAsync(() -> {
                batch.done = TrailDrain.this.write(writer, batch.readable, rows, batch.changed, batch.dead);
                return batch;
            }, thread);
            underWay.whenComplete((written, failure) -> waiting.wakeUp());
        }

        /** The batch that was under way, if it is written by now; else null. */
        Batch written(boolean wait) {
            if (!wait && !underWay.isDone()) {
                return null;
            }
            CompletableFuture<Batch> ended = underWay;
            try {
                return ended.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : e;
            } finally {
                underWay = null;
            }
        }

        /** When what is under way has ended. */
        @Override
        public void close() {
            thread.shutdown();
            boolean interrupted = false;
            while (!thread.isTerminated()) {
                try {
                    thread.awaitTermination(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            writer.close();
        }
    }

    private static HopBatch batch(List<TrailMessage> messages) {
        return HopBatch.of(messages.stream().flatMap(m -> m.hops().stream()).toList(), messages.stream().flatMap(m -> m.kept().stream()).toList());
    }

    /** Until it is in the database, however long that is away; false when the drain was closed before. */
    private boolean write(HopWriter writer, List<TrailMessage> messages, HopBatch rows, List<UUID> changed, List<Inbound> dead) {
        boolean waited = false;
        boolean doubted = false;
        while (open) {
            try {
                changed.addAll(writer.write(rows));
                databasePause.reset();
                if (waited) {
                    LOG.info("the ledger reaches the database again");
                }
                return true;
            } catch (SQLException e) {
                if (isAboutTheData(e)) {
                    if (doubted) {
                        return writeApart(writer, messages, changed, dead, e);
                    }
                    doubted = true; // a partition that somebody has removed looks the same, and is made again now
                    continue;
                }
                if (!waited) {
                    LOG.warn("the ledger waits for the database, its trail waits in the broker: {}", e.getMessage());
                }
            } catch (IOException e) {
                if (!waited) {
                    LOG.warn("the ledger waits for the database, its trail waits in the broker: {}", e.getMessage());
                }
            }
            waited = true;
            databasePause.await(() -> open);
        }
        return false;
    }

    /** Halves, until what the database can't take is alone. */
    private boolean writeApart(HopWriter writer, List<TrailMessage> messages, List<UUID> changed, List<Inbound> dead,
                               SQLException cause) {
        if (messages.size() == 1) {
            Inbound message = messages.get(0).message();
            LOG.error("a trail message sent at {} can't be stored and is set aside in {}: SQL state {}", message.sentAt(),
                    Ledger.DEAD, cause.getSQLState());
            dead.add(message);
            return true;
        }
        int half = messages.size() / 2;
        List<TrailMessage> first = messages.subList(0, half);
        List<TrailMessage> second = messages.subList(half, messages.size());
        return write(writer, first, batch(first), changed, dead) && write(writer, second, batch(second), changed, dead);
    }

    private static boolean isAboutTheData(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.length() == 5 && ABOUT_THE_DATA.contains(state.substring(0, 2));
    }

    @Override
    public void close() {
        open = false;
        pause.wake();
        databasePause.wake();
        BrokerSession current = session;
        if (current != null) {
            current.wakeUp();
        }
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One commit's hops, and what is kept beside them. */
    private record TrailMessage(Inbound message, List<TrailHop> hops, List<KeptEntry> kept) {

        static TrailMessage read(Inbound message, List<UUID> markers) {
            TrailMessage read = new TrailMessage(message, new ArrayList<>(), new ArrayList<>());
            List<UUID> found = new ArrayList<>();
            for (byte[] whole : Trail.split(message.body())) {
                for (byte[] entry : Bundle.entries(whole)) {
                    Marker.read(entry).ifPresentOrElse(found::add,
                            () -> KeptEntry.read(entry).ifPresentOrElse(read.kept::add, () -> read.take(HopCodec.decode(entry))));
                }
            }
            markers.addAll(found);
            return read;
        }

        private void take(TrailHop hop) {
            hops.add(hop);
            if (hop.sealed() != null) { // of a hub before this one
                kept.add(new KeptEntry(hop.hop().flow(), hop.hop().at(), hop.hop().keep(), hop.hop().content(), hop.hop().size(), null,
                        hop.sealed()));
            }
        }
    }
}
