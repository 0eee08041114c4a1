package org.yuzui.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.HubThreads;
import org.yuzui.kernel.Pause;
import org.yuzui.store.internal.IndexMaking;
import org.yuzui.store.internal.IndexMaking.Wanted;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes the indexes that migrations want ({@code store.late_index}) while the hub works already: nobody who reads or writes waits for them. What
 * is cut off goes on after the next start. Of several nodes one makes them. Thread-safe.
 */
public final class LateIndexes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LateIndexes.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Store store;
    private final Thread thread = HubThreads.daemon(this::run, "yuzui-indexes");
    private final Pause pause = new Pause(LONGEST_PAUSE);
    private volatile boolean open = true;
    private volatile IndexMaking making;

    private LateIndexes(Store store) {
        this.store = store;
    }

    /** Begins with what is missing; returns at once. To be closed before the store is. */
    public static LateIndexes make(Store store) {
        LateIndexes indexes = new LateIndexes(store);
        indexes.thread.start();
        return indexes;
    }

    /** What is being made, {@code ledger.flow_route: 3 of 12 tables}; empty when nothing is. */
    public Optional<String> progress() {
        return Optional.ofNullable(making).flatMap(IndexMaking::progress);
    }

    private void run() {
        boolean said = false;
        while (open) {
            try (Connection connection = store.connection()) {
                connection.setAutoCommit(true); // an index that is made beside the work is no part of a transaction
                if (isDone(connection)) {
                    return;
                }
                pause.reset();
                said = false;
            } catch (SQLException e) {
                if (open && !said) {
                    LOG.warn("An index that is made beside the work waits and will go on: {}", e.getMessage());
                    said = true;
                }
            }
            pause.await(() -> open);
        }
    }

    /** @return false when another node makes them: it may end before they are done */
    private boolean isDone(Connection connection) throws SQLException {
        IndexMaking current = new IndexMaking(connection);
        List<Wanted> all = current.wanted();
        if (all.isEmpty()) {
            return true;
        }
        if (!current.takeTurn()) {
            return false;
        }
        making = current;
        try {
            for (Wanted wanted : all) {
                long began = System.nanoTime();
                LOG.info("The index {} of {} is being made beside the work", wanted.name(), wanted.table());
                current.make(wanted);
                LOG.info("The index {} of {} is there after {} s", wanted.name(), wanted.table(), Duration.ofNanos(System.nanoTime() - began).toSeconds());
            }
            return true;
        } finally {
            making = null;
            current.endTurn();
        }
    }

    @Override
    public void close() {
        open = false;
        pause.wake();
        IndexMaking current = making;
        if (current != null) {
            current.cancel();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
