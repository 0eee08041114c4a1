package org.yuzui.ledger.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The daily partitions of the hops. For one thread. */
final class HopPartitions {

    /** Of the advisory lock under which nodes make partitions one after the other: "hops". */
    private static final long LOCK = 0x686f7073L;

    private final Set<LocalDate> known = new HashSet<>();

    /** Makes those that are missing, in a transaction of their own. */
    void ensure(Connection connection, Collection<TrailHop> hops) throws SQLException {
        Set<LocalDate> missing = new TreeSet<>();
        for (TrailHop hop : hops) {
            LocalDate day = LocalDate.ofInstant(hop.hop().at(), ZoneOffset.UTC);
            if (!known.contains(day)) {
                missing.add(day);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            for (LocalDate day : missing) {
                create(statement, day);
            }
        }
        connection.commit();
        known.addAll(missing);
    }

    /** Forgets what it knows: somebody may have removed old days. */
    void forget() {
        known.clear();
    }

    private static void create(Statement statement, LocalDate day) throws SQLException {
        String name = "ledger.hop_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
        // CREATE … IF NOT EXISTS locks the whole table first; asking does not.
        try (ResultSet row = statement.executeQuery("SELECT to_regclass('" + name + "') IS NOT NULL")) {
            row.next();
            if (row.getBoolean(1)) {
                return;
            }
        }
        statement.execute("CREATE TABLE " + name + " PARTITION OF ledger.hop FOR VALUES FROM ('" + day + " 00:00+00') TO ('"
                + day.plusDays(1) + " 00:00+00')");
    }
}
