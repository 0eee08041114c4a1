package org.yuzui.store.internal;

import com.zaxxer.hikari.HikariDataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.PGCopyOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pool on one PostgreSQL, and the embedded server behind it if there is one. */
public final class PostgresStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);
    private static final int COPY_BUFFER = 1 << 16;
    /** Beyond the pool: a person's psql, a backup, the server's own reserve. */
    private static final int SPARE_CONNECTIONS = 20;

    private final EmbeddedServer embedded;
    private final Server server;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final String description;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PostgresStore(EmbeddedServer embedded, Server server, HikariDataSource pool, String description) {
        this.embedded = embedded;
        this.server = server;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.description = description;
    }

    public static PostgresStore open(StoreSettings settings) {
        if (settings.url() != null) {
            Server server = new Server(settings::url, settings.user(), settings.password(), "store.url " + bare(settings.url()));
            return open(null, server, settings.poolSize(), "PostgreSQL %s at " + bare(settings.url()));
        }
        EmbeddedServer embedded = EmbeddedServer.start(settings.data(), settings.poolSize() + SPARE_CONNECTIONS);
        try {
            Server server = new Server(embedded::url, ServerFiles.USER, embedded.password(), settings.data().toString());
            return open(embedded, server, settings.poolSize(), "embedded PostgreSQL %s at " + settings.data());
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    private static PostgresStore open(EmbeddedServer embedded, Server server, int poolSize, String description) {
        String version = server.inspect();
        HikariDataSource pool = server.pool(poolSize);
        try {
            long began = System.nanoTime();
            Migrations.run(pool, Migrations.OF_THE_ROOMS);
            LOG.debug("migrations looked at in {} ms", (System.nanoTime() - began) / 1_000_000);
            return new PostgresStore(embedded, server, pool, description.formatted(version));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    @Override
    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public Connection connection() throws SQLException {
        Connection connection = pool.getConnection();
        try {
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public long copy(Connection connection, String sql, CopyWriter writer) throws SQLException, IOException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            // Closing the stream would end the COPY well even after a writer's failure, with half of the rows.
            PGCopyOutputStream out = new PGCopyOutputStream(copy, COPY_BUFFER);
            writer.write(out);
            return out.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    @Override
    public void check() {
        if (embedded != null) {
            embedded.check();
        }
        server.probe();
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        pool.close();
        if (embedded != null) {
            embedded.close();
        }
    }

    /** Without parameters, which may carry a password. */
    private static String bare(String url) {
        int query = url.indexOf('?');
        return (query < 0 ? url : url.substring(0, query)).replaceAll("//[^/@]*@", "//");
    }
}
