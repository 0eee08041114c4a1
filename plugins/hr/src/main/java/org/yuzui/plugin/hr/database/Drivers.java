package org.yuzui.plugin.hr.database;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;

/**
 * The two drivers, asked directly. Both enter themselves into the JVM's list of drivers when they are loaded, which would keep
 * the plugin in memory after its end: they are taken off again at once.
 */
final class Drivers {

    private static final Driver POSTGRESQL = new org.postgresql.Driver();
    private static final Driver MARIADB = new org.mariadb.jdbc.Driver();

    static {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == Drivers.class.getClassLoader()) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    throw new IllegalStateException("A driver of this plugin can't be taken off the list.", e);
                }
            }
        }
    }

    private Drivers() {
    }

    /** A connection that reads only, and gives up when the server is silent for a minute. */
    static Connection connect(String url, String user, String password) throws SQLException {
        boolean postgresql = url.startsWith("jdbc:postgresql:");
        Properties properties = new Properties();
        properties.putAll(postgresql
                ? Map.of("user", user, "password", password, "connectTimeout", "10", "socketTimeout", "60", "ApplicationName", "yuzui")
                : Map.of("user", user, "password", password, "connectTimeout", "10000", "socketTimeout", "60000", "allowLocalInfile", "false"));
        Connection connection = (postgresql ? POSTGRESQL : MARIADB).connect(url, properties);
        if (connection == null) {
            throw new SQLException("No driver takes this address. Write jdbc:postgresql://… or jdbc:mariadb://….");
        }
        try {
            connection.setReadOnly(true);
            if (!postgresql) { // its driver keeps that to itself
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET SESSION TRANSACTION READ ONLY");
                }
            }
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
