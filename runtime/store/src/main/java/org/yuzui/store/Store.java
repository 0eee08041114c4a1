package org.yuzui.store;

import org.jdbi.v3.core.Jdbi;
import org.yuzui.kernel.ProblemException;
import org.yuzui.store.internal.PostgresStore;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;

/** The hub's database. Thread-safe. */
public interface Store extends AutoCloseable {

    /**
     * Starts the embedded server, or reaches the one at the URL, and brings its tables up to date by the migrations that
     * are on the class path. Returns when the store can be used.
     *
     * @throws ProblemException {@code store-unreachable}, {@code store-denied}, {@code store-too-old}, {@code store-in-use},
     *                          {@code store-not-durable}, {@code store-migration-failed} and others, each with its cure
     */
    static Store open(StoreSettings settings) {
        return PostgresStore.open(settings);
    }

    Jdbi jdbi();

    /**
     * A pooled connection with auto-commit off; the caller commits and closes it. For batches by {@link #copy}.
     */
    Connection connection() throws SQLException;

    /**
     * Streams rows by {@code COPY … FROM STDIN} on a connection from {@link #connection()}, inside its transaction.
     *
     * @param sql    such as {@code COPY ledger.hop_in (flow, at) FROM STDIN (FORMAT csv)}
     * @param writer writes the bytes in the format that the statement names, UTF-8
     * @return rows copied
     */
    long copy(Connection connection, String sql, CopyWriter writer) throws SQLException, IOException;

    /**
     * Returns when the server answers and takes writes. For {@code /ready}: it comes back within some seconds, whatever
     * the state of the server or the pool.
     *
     * @throws ProblemException {@code store-restarting}, {@code store-unreachable}, {@code store-read-only}
     */
    void check();

    /** {@code embedded PostgreSQL 18.2 at data/postgres}, or the URL without credentials. */
    String describe();

    @Override
    void close();

    /** Writes the rows of one COPY. */
    @FunctionalInterface
    interface CopyWriter {
        void write(OutputStream out) throws IOException;
    }
}
