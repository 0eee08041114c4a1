package org.yuzui.store.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.postgresql.Driver;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;

/**
 * How a server is reached.
 *
 * @param place what a person has to mend when it can't be
 */
record Server(String url, String user, String password, String place) {

    private static final int OLDEST_MAJOR = 14;
    private static final Set<String> DENIED = Set.of("28000", "28P01");

    /** The server's version, after a look at everything that would otherwise fail later and less clearly. */
    String inspect() {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
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
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(3_000);
        config.setKeepaliveTime(120_000);
        config.setInitializationFailTimeout(-1);
        properties().forEach((name, value) -> config.addDataSourceProperty(name.toString(), value));
        return new HikariDataSource(config);
    }

    private Connection connect() throws SQLException {
        Properties properties = properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        Connection connection = new Driver().connect(url, properties);
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
        properties.setProperty("loginTimeout", "10");
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
