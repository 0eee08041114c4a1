package org.yuzui.ledger.internal;

import org.jdbi.v3.core.Jdbi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tables in which lies together what is forgotten together. For one thread. */
final class Slices {

    /** Of the advisory lock under which nodes make and drop them one after the other: "hops". */
    private static final long LOCK = 0x686f7073L;

    /** What is written on one day and kept equally long; a day is never longer than a slice. */
    private record Day(int keep, LocalDate day) {
    }

    private final Set<Day> known = new HashSet<>();

    /** Makes those that are missing, in a transaction of their own. */
    void ensure(Connection connection, Iterable<TrailHop> hops) throws SQLException {
        Set<Day> missing = new LinkedHashSet<>();
        for (TrailHop hop : hops) {
            Day day = new Day(hop.hop().keep(), LocalDate.ofInstant(hop.hop().at(), ZoneOffset.UTC));
            if (!known.contains(day)) {
                missing.add(day);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        lock(connection);
        try (PreparedStatement open = connection.prepareStatement("""
                SELECT ledger.open_slice(w.what, ?, ?) FROM unnest(ARRAY['hop', 'flow', 'payload']) AS w(what)""")) {
            for (Day day : missing) {
                open.setInt(1, day.keep());
                open.setObject(2, day.day().atStartOfDay().atOffset(ZoneOffset.UTC));
                open.execute();
            }
        }
        connection.commit();
        known.addAll(missing);
    }

    /** Forgets what it knows: somebody may have removed some. */
    void forget() {
        known.clear();
    }

    /**
     * Drops those that hold only what has been kept long enough, each in a transaction of its own, so that nobody waits long.
     *
     * @return their names
     */
    static List<String> dropOutlived(Jdbi jdbi, Instant now) {
        List<String> names = jdbi.withHandle(h -> h.createQuery("SELECT name FROM ledger.outlived(:now) ORDER BY name")
                .bind("now", now.atOffset(ZoneOffset.UTC)).mapTo(String.class).list());
        for (String name : names) {
            jdbi.useTransaction(h -> {
                h.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
                h.execute("DROP TABLE IF EXISTS ledger." + name);
            });
        }
        return names;
    }

    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        }
    }
}
