package org.yuzui.store.internal;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import javax.sql.DataSource;
import java.time.Duration;
import java.util.function.Consumer;

/** Brings the tables of all rooms up to date. */
final class Migrations {

    static final String OF_THE_ROOMS = "classpath:db/migration";

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** A start that takes longer says why. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private Migrations() {
    }

    /** Several hubs may do this at the same time: the first one migrates, the others wait for it. */
    static void run(DataSource dataSource, String location) {
        run(dataSource, location, SILENCE, LOG::info);
    }

    /** @param silence after which, and after each of which, it says what takes so long */
    static void run(DataSource dataSource, String location, Duration silence, Consumer<String> say) {
        long began = System.nanoTime();
        try (MigrationProgress progress = new MigrationProgress(dataSource, silence, say)) {
            MigrateResult result = Flyway.configure(Migrations.class.getClassLoader())
                    .loggers(FlywayLog.class.getName())
                    .dataSource(dataSource)
                    .locations(location)
                    .defaultSchema("store")
                    .createSchemas(true)
                    // Each room has its own range of numbers.
                    .outOfOrder(true)
                    .cleanDisabled(true)
                    .callbacks(progress)
                    .load()
                    .migrate();
            if (result.migrationsExecuted > 0) {
                LOG.info("database migrated: {} migrations in {} s", result.migrationsExecuted,
                        Duration.ofNanos(System.nanoTime() - began).toSeconds());
            }
        } catch (FlywayException e) {
            throw new ProblemException(new Problem("store-migration-failed", location, oneLine(e.getMessage()),
                    "Run the hub that this database belongs to, or mend the migration that is named; nothing of it was applied."),
                    e);
        }
    }

    private static String oneLine(String message) {
        return message == null ? "The migration failed." : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
