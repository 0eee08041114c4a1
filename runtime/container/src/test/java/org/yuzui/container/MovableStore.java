package org.yuzui.container;

import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.store.Store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A database that a test can take away and bring back. */
final class MovableStore implements Store {

    private final Store store;
    private volatile boolean away;

    MovableStore(Store store) {
        this.store = store;
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    @Override
    public Jdbi jdbi() {
        if (away) {
            throw new ConnectionException(new SQLException("the database is away"));
        }
        return store.jdbi();
    }

    @Override
    public Connection connection() throws SQLException {
        return store.connection();
    }

    @Override
    public long copy(Connection connection, String sql, CopyWriter writer) throws SQLException, IOException {
        return store.copy(connection, sql, writer);
    }

    @Override
    public void check() {
        store.check();
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public void close() {
        // it is everybody's
    }
}
