package org.yuzui.store.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes an index of a table, or of all tables that a partitioned one has, with locks that readers and writers don't notice. The whole table gets it
 * empty first: so tables that are attached meanwhile bring theirs along. For one thread, but {@link #cancel} and {@link #progress}.
 */
public final class IndexMaking {

    /** Wanted by a migration. */
    public record Wanted(String name, String table, String definition) {
    }

    private record Table(long id, String name, boolean parted) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(IndexMaking.class);
    /** Of the session's advisory lock: "index". */
    private static final long LOCK = 0x69_6e64_6578L;
    private static final int TELL_EVERY = 10;
    private static final String NO_SUCH_TABLE = "42P01";

    private final Connection connection;
    private final AtomicInteger made = new AtomicInteger();
    private volatile String what;
    private volatile int tables;
    private volatile Statement running;
    private volatile boolean cancelled;

    /** @param connection with auto-commit, and of nobody else: whatever holds a transaction open would be waited for */
    public IndexMaking(Connection connection) {
        this.connection = connection;
    }

    public List<Wanted> wanted() throws SQLException {
        List<Wanted> all = new ArrayList<>();
        try (Statement s = connection.createStatement();
             ResultSet row = s.executeQuery("SELECT name, of_table, definition FROM store.late_index ORDER BY name")) {
            while (row.next()) {
                all.add(new Wanted(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return all;
    }

    /** @return false when another node has it */
    public boolean takeTurn() throws SQLException {
        return ask("SELECT pg_try_advisory_lock(" + LOCK + ")");
    }

    public void endTurn() throws SQLException {
        if (!connection.isClosed()) {
            ask("SELECT pg_advisory_unlock(" + LOCK + ")");
        }
    }

    /** Returns when it is there, and no more wanted. */
    public void make(Wanted wanted) throws SQLException {
        String schema = wanted.table().substring(0, wanted.table().indexOf('.'));
        try (PreparedStatement ask = connection.prepareStatement("""
                SELECT c.oid, c.oid::regclass::text, c.relkind = 'p',
                       (SELECT count(*) FROM pg_partition_tree(c.oid) t WHERE t.isleaf)
                FROM pg_class c WHERE c.oid = to_regclass(?)""")) {
            ask.setString(1, wanted.table());
            try (ResultSet row = ask.executeQuery()) {
                if (row.next()) { // else the table is gone since
                    tables = row.getInt(4);
                    made.set(0);
                    what = schema + "." + wanted.name();
                    make(new Table(row.getLong(1), row.getString(2), row.getBoolean(3)), schema, wanted.name(), wanted.definition());
                }
            }
            try (PreparedStatement done = connection.prepareStatement("DELETE FROM store.late_index WHERE name = ?")) {
                done.setString(1, wanted.name());
                done.execute();
            }
        } finally {
            what = null;
        }
    }

    private void make(Table table, String schema, String name, String definition) throws SQLException {
        if (!table.parted()) {
            makeWhole(table, schema, name, definition);
            if (made.incrementAndGet() % TELL_EVERY == 0) {
                LOG.info("The index {}", progress().orElse(name));
            }
            return;
        }
        if (!exists(schema, name)) {
            patiently("CREATE INDEX " + quoted(name) + " ON ONLY " + table.name() + " " + definition);
        }
        for (Table part : parts(table, schema, name)) {
            String own = name + "_" + part.id();
            try {
                make(part, schema, own, definition);
                patiently("ALTER INDEX " + schema + "." + quoted(name) + " ATTACH PARTITION " + schema + "." + quoted(own));
            } catch (SQLException e) {
                if (!NO_SUCH_TABLE.equals(e.getSQLState())) {
                    throw e;
                }
                LOG.debug("a table of {} was dropped before it had its index", table.name());
            }
        }
    }

    private void makeWhole(Table table, String schema, String name, String definition) throws SQLException {
        if (exists(schema, name)) {
            if (isValid(schema, name)) {
                return;
            }
            execute("DROP INDEX CONCURRENTLY IF EXISTS " + schema + "." + quoted(name)); // what was cut off is of no use
        }
        execute("CREATE INDEX CONCURRENTLY " + quoted(name) + " ON " + table.name() + " " + definition);
    }

    /** Those without one that belongs to the index of the whole. */
    private List<Table> parts(Table table, String schema, String index) throws SQLException {
        List<Table> parts = new ArrayList<>();
        try (PreparedStatement ask = connection.prepareStatement("""
                SELECT c.oid, c.oid::regclass::text, c.relkind = 'p'
                FROM pg_inherits t JOIN pg_class c ON c.oid = t.inhrelid
                WHERE t.inhparent = ?::oid AND NOT EXISTS (
                    SELECT FROM pg_index i JOIN pg_inherits p ON p.inhrelid = i.indexrelid
                    WHERE i.indrelid = c.oid AND i.indisvalid AND p.inhparent = to_regclass(?))
                ORDER BY c.relname DESC""")) { // the newest days are looked through the most
            ask.setLong(1, table.id());
            ask.setString(2, schema + "." + quoted(index));
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    parts.add(new Table(row.getLong(1), row.getString(2), row.getBoolean(3)));
                }
            }
        }
        return parts;
    }

    private boolean exists(String schema, String index) throws SQLException {
        return ask("SELECT to_regclass('" + schema + "." + quoted(index) + "') IS NOT NULL");
    }

    private boolean isValid(String schema, String index) throws SQLException {
        return ask("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('" + schema + "." + quoted(index) + "')");
    }

    /** With a lock that lasts an instant: it waits a moment only, as all others would wait behind it, and then is tried again with the rest. */
    private void patiently(String sql) throws SQLException {
        execute("SET lock_timeout = '1s'");
        try {
            execute(sql);
        } finally {
            execute("SET lock_timeout = 0");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            running = statement;
            if (cancelled) {
                throw new SQLException("The hub ends.", "57014");
            }
            statement.execute(sql);
        } finally {
            running = null;
        }
    }

    private boolean ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** What is being made and how far that is. */
    public Optional<String> progress() {
        String current = what;
        return current == null ? Optional.empty() : Optional.of(current + ": " + made.get() + " of " + tables + " tables");
    }

    /** Ends what is under way; it is begun anew after the next start. */
    public void cancel() {
        cancelled = true;
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                LOG.debug("an index that is being made can't be cancelled", e);
            }
        }
    }
}
