package org.yuzui.store.internal;

import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says what a migration is at that takes long: whoever starts a new version on a large database would otherwise see a hub that hangs. Costs nothing when
 * there is nothing to migrate.
 */
final class MigrationProgress extends BaseCallback implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationProgress.class);
    private static final String INDEX = """
            SELECT coalesce(p.relid::regclass::text, 'a table'), p.phase, p.partitions_done, p.partitions_total,
                   CASE WHEN p.blocks_total > 0 THEN 100 * p.blocks_done / p.blocks_total END
            FROM pg_stat_progress_create_index p WHERE p.datname = current_database() LIMIT 1""";

    private final DataSource dataSource;
    private final Duration every;
    private final Consumer<String> say;
    private ScheduledExecutorService watch;
    private volatile String migration;
    private volatile long began;

    /** @param every how long a migration may be silent */
    MigrationProgress(DataSource dataSource, Duration every, Consumer<String> say) {
        this.dataSource = dataSource;
        this.every = every;
        this.say = say;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        began = System.nanoTime();
        migration = context.getMigrationInfo().getVersion() + " (" + context.getMigrationInfo().getDescription() + ")";
        if (watch == null) {
            watch = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "migration-progress");
                thread.setDaemon(true);
                return thread;
            });
            watch.scheduleAtFixedRate(this::tell, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        Duration so = Duration.ofNanos(System.nanoTime() - began);
        if (so.compareTo(every) >= 0) {
            say.accept("the database is being brought up to date, the hub begins after that: migration " + migration + ", for " + so.toSeconds()
                    + " s now" + index());
        }
    }

    /** What index is being made; empty when none is, or when nobody can tell. */
    private String index() {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(INDEX)) {
            if (!row.next()) {
                return "";
            }
            int parts = row.getInt(4);
            String percent = row.getString(5);
            return ", an index of " + row.getString(1) + (parts > 0 ? ", part " + Math.min(parts, row.getInt(3) + 1) + " of " + parts : "")
                    + ", " + row.getString(2) + (percent == null ? "" : ", " + percent + " %");
        } catch (SQLException e) {
            LOG.debug("can't tell what the migration is at: {}", e.getMessage());
            return "";
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.shutdownNow();
        }
    }
}
