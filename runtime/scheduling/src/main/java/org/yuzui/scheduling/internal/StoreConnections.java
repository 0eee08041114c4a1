package org.yuzui.scheduling.internal;

import org.quartz.utils.ConnectionProvider;
import org.yuzui.store.Store;

import java.sql.Connection;
import java.sql.SQLException;

/** Lends Quartz the hub's own connections; the pool is the store's to open and close. */
final class StoreConnections implements ConnectionProvider {

    private final Store store;

    StoreConnections(Store store) {
        this.store = store;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return store.connection();
    }

    @Override
    public void initialize() {
        // the store is open already
    }

    @Override
    public void shutdown() {
        // the store outlives the scheduler
    }
}
