package org.yuzui.store.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.postgresql.Driver;
import org.yuzui.kernel.HubThreads;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How a server is reached.
 *
 * @param url   asked anew for each connection: an embedded server that was started again listens elsewhere
 * @param place what a person has to mend when it can't be
 */
record Server(Supplier<String> url, String user, String password, String place) {

    private static final int OLDEST_MAJOR = 14;
    private static final Set<String> DENIED = Set.of("28000", "28P01");
    private static final int LOGIN_SECONDS = 10;
    private static final int PROBE_SECONDS = 2;

    /** The server's version, after a look at everything that would otherwise fail later and less clearly. */
    String inspect() {
        try (Connection connection = connect(properties()); Statement statement = connection.createStatement()) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            String version = connection.getMetaData().getDatabaseProductVersion();
            if (major < OLDEST_MAJOR) {
                throw new ProblemException(new Problem("store-too-old", place,
                        "The server is PostgreSQL " + version + "; Yuzui needs " + OLDEST_MAJOR + " or newer.",
                        "Name a newer server, or leave store.url out to use the embedded one."));
            }
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                requireDurable(statement, setting);
            }
            return version.split(" ")[0];
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(new Connections(() -> connect(properties()), LOGIN_SECONDS));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(3_000);
        config.setKeepaliveTime(120_000);
        config.setInitializationFailTimeout(-1);
        config.setThreadFactory(HubThreads.named("yuzui-connections"));
        return new HikariDataSource(config);
    }

    /**
     * Whether it answers and takes writes, within a few seconds: over a connection of its own, because a pool whose
     * connections all hang would keep the asker waiting as well.
     */
    void probe() {
        Properties soon = properties();
        soon.setProperty("loginTimeout", Integer.toString(PROBE_SECONDS));
        soon.setProperty("socketTimeout", Integer.toString(PROBE_SECONDS));
        try (Connection connection = connect(soon); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("SHOW transaction_read_only")) {
            row.next();
            if (row.getString(1).equals("on")) {
                throw new ProblemException(new Problem("store-read-only", place,
                        "The database is read-only: it is a standby, or was set so.", "Name the primary in store.url."));
            }
        } catch (SQLException e) {
            throw new ProblemException(new Problem("store-unreachable", place, "The database does not answer.",
                    "Check that it runs. Records wait in the broker until it does."), e);
        }
    }

    private Connection connect(Properties properties) throws SQLException {
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        Connection connection = new Driver().connect(url.get(), properties);
        if (connection == null) {
            throw new ProblemException(new Problem("store-bad-url", place, "This is not a PostgreSQL URL.",
                    "Write jdbc:postgresql://host:5432/database."));
        }
        return connection;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "yuzui");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", Integer.toString(LOGIN_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        return properties;
    }

    private void requireDurable(Statement statement, String setting) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            // synchronous_commit has four more values, all of which wait for this server's disk.
            if (row.getString(1).equals("off")) {
                throw new ProblemException(new Problem("store-not-durable", place,
                        "The server runs with " + setting + "=off: it would lose what it has acknowledged.",
                        "Set " + setting + " = on in its configuration."));
            }
        }
    }

    private ProblemException problem(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (DENIED.contains(state)) {
            return new ProblemException(new Problem("store-denied", place,
                    "The server refuses the user '" + user + "'.", "Check store.user and store.password."), e);
        }
        if (state.equals("3D000")) {
            return new ProblemException(new Problem("store-no-database", place, "The server has no such database.",
                    "Create it (CREATE DATABASE … ENCODING 'UTF8'), or correct store.url."), e);
        }
        return new ProblemException(new Problem("store-unreachable", place,
                "The database can't be reached: " + e.getMessage(),
                "Check that it runs, and store.url in config/hub.yaml."), e);
    }
}
