package org.yuzui.store.internal;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MigrationsTest {

    @TempDir
    static Path folder;

    @Test
    void says_what_a_long_migration_is_at(@TempDir Path other) {
        List<String> said = new CopyOnWriteArrayList<>();
        EmbeddedServer server = EmbeddedServer.start(other.resolve("postgres"), 10);
        try (HikariDataSource pool = new Server(server::url, ServerFiles.USER, server.password(), "here").pool(4)) {
            Migrations.run(pool, "classpath:db/slow", Duration.ofMillis(100), said::add);

            assertThat(said).anySatisfy(line -> assertThat(line).contains("migration 0004 (slow)", "an index of store.slow, ", "%"));
            int before = said.size();
            Migrations.run(pool, "classpath:db/slow", Duration.ofMillis(1), said::add);
            assertThat(said).as("nothing to do, nothing to say").hasSize(before);
        } finally {
            server.close();
        }
    }

    @Test
    void names_the_migration_that_fails_and_why() {
        EmbeddedServer server = EmbeddedServer.start(folder.resolve("postgres"), 10);
        try (HikariDataSource pool = new Server(server::url, ServerFiles.USER, server.password(), "here").pool(2)) {
            ProblemException failed = catchThrowableOfType(ProblemException.class,
                    () -> Migrations.run(pool, "classpath:db/broken"));

            assertThat(failed.problem().code()).isEqualTo("store-migration-failed");
            assertThat(failed.problem().message()).contains("V0002__no_such_table.sql", "things.nothing").doesNotContain("\n");

            Migrations.run(pool, Migrations.OF_THE_ROOMS);
        } finally {
            server.close();
        }
    }
}
