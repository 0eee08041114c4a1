package org.yuzui.scheduling.internal;

import org.jdbi.v3.core.Jdbi;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes Quartz' tables in our schema by the script that Quartz itself carries for its version. */
final class QuartzTables {

    static final String PREFIX = "scheduling.qrtz_";
    private static final String SCRIPT = "tables_postgres.sql";
    /** Any number that nobody else in this database locks. */
    private static final long LOCK = 7_168_033_001L;

    private QuartzTables() {
    }

    static void make(Jdbi jdbi) {
        jdbi.useTransaction(h -> {
            h.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")"); // several nodes may start on an empty database
            boolean there = h.createQuery("SELECT to_regclass('scheduling.qrtz_triggers') IS NOT NULL")
                    .mapTo(Boolean.class).one();
            if (!there) {
                h.execute("SET LOCAL search_path TO scheduling");
                statements().forEach(h::execute);
            }
        });
    }

    /** The script without what drops older tables, and without its commit: the whole is one transaction. */
    private static List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (String statement : script().replaceAll("(?m)^\\s*--.*$", "").split(";")) {
            String sql = statement.strip();
            String upper = sql.toUpperCase(Locale.ROOT);
            if (upper.startsWith("CREATE ")) {
                statements.add(sql);
            } else if (!sql.isEmpty() && !upper.startsWith("DROP TABLE") && !upper.equals("COMMIT")) {
                throw new IllegalStateException("Quartz' " + SCRIPT + " holds a statement that is not expected: " + sql);
            }
        }
        return statements;
    }

    private static String script() {
        try (InputStream in = PostgreSQLDelegate.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("Quartz' jar has no " + SCRIPT + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
