package org.yuzui.store.internal;

import javax.sql.DataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;

/**
 * Where the pool gets its connections: a place that may move, which the driver's own data sources can't.
 *
 * @param loginSeconds within which the way ends
 */
record Connections(Way way, int loginSeconds) implements DataSource {

    /** Opens a connection to where the server is now. */
    @FunctionalInterface
    interface Way {
        Connection open() throws SQLException;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return way.open();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The user is the hub's.");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // The driver logs by its own means.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The way has its own.
    }

    /** The pool also waits so long for connections under way when it is closed. */
    @Override
    public int getLoginTimeout() {
        return loginSeconds;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("Nothing is wrapped here.");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
