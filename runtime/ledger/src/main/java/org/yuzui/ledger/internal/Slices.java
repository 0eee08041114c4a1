package org.yuzui.ledger.internal;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tables in which lies together what is forgotten together. For one thread. */
final class Slices {

    /** Of the advisory lock under which nodes make and drop them one after the other: "hops". */
    private static final long LOCK = 0x686f7073L;

    private static final Logger LOG = LoggerFactory.getLogger(Slices.class);
    private static final int DAYS_AHEAD = 2;
    private static final int TRIES = 3;
    private static final int PATIENCE_MILLIS = 1_000;
    /** The lock could not be had in time; or somebody waited for the one that the other had. */
    private static final Set<String> IN_USE = Set.of("55P03", "40P01");

    private static final String HOPS = "hop, flow";
    private static final String MESSAGES = "message, file";

    /** What is written on one day and kept equally long; a day is never longer than a slice. */
    private record Day(String what, int keep, LocalDate day) {

        static Day of(String what, int keep, Instant at) {
            return new Day(what, keep, LocalDate.ofInstant(at, ZoneOffset.UTC));
        }
    }

    private final Set<Day> known = new HashSet<>();
    private final Clock clock;

    Slices(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes those that are missing, in a transaction of their own; and with the first of a day those of the days after it, so that midnight
     * finds them there whoever has the ledger locked then.
     *
     * @throws SQLException also when somebody has the ledger locked: it gives up soon, for all others would wait for it
     */
    void ensure(Connection connection, Iterable<TrailHop> hops, Iterable<KeptEntry> kept) throws SQLException {
        Set<Day> missing = new LinkedHashSet<>();
        hops.forEach(h -> missing.add(Day.of(HOPS, h.hop().keep(), h.hop().at())));
        kept.forEach(k -> missing.add(Day.of(MESSAGES, k.keep(), k.placed())));
        missing.removeAll(known);
        if (missing.isEmpty()) {
            return;
        }
        make(connection, missing);
        known.addAll(missing);
        makeAhead(connection, missing);
    }

    private void makeAhead(Connection connection, Set<Day> made) throws SQLException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Set<Day> ahead = new LinkedHashSet<>();
        made.stream().filter(day -> day.day().equals(today)).forEach(day -> {
            for (int i = 1; i <= DAYS_AHEAD; i++) {
                ahead.add(new Day(day.what(), day.keep(), today.plusDays(i)));
            }
        });
        if (ahead.isEmpty()) {
            return;
        }
        try {
            make(connection, ahead);
        } catch (SQLException e) {
            if (!IN_USE.contains(e.getSQLState())) {
                throw e;
            }
            connection.rollback();
            LOG.info("The ledger's tables of the days to come are not made yet: it is locked. Each is made at the latest when its day begins.");
        }
    }

    private static void make(Connection connection, Set<Day> days) throws SQLException {
        lock(connection);
        try (PreparedStatement open = connection.prepareStatement("""
                SELECT ledger.open_slice(w.what, ?, ?) FROM unnest(string_to_array(?, ', ')) AS w(what)""")) {
            for (Day day : days) {
                open.setInt(1, day.keep());
                open.setObject(2, day.day().atStartOfDay().atOffset(ZoneOffset.UTC));
                open.setString(3, day.what());
                open.execute();
            }
        }
        connection.commit();
    }

    /** Forgets what it knows: somebody may have removed some. */
    void forget() {
        known.clear();
    }

    /**
     * Drops those that hold only what has been kept long enough, each in a transaction of its own. Dropping waits for whoever reads, and whoever
     * comes then waits for it: so it gives up soon, and what could not be dropped is left to the next time, with all that is of its kind: who
     * reads the one reads the others.
     *
     * @return their names
     */
    static List<String> dropOutlived(Jdbi jdbi, Instant now) {
        List<String> names = jdbi.withHandle(h -> h.createQuery("SELECT name FROM ledger.outlived(:now) ORDER BY name")
                .bind("now", now.atOffset(ZoneOffset.UTC)).mapTo(String.class).list());
        Set<String> inUse = new HashSet<>();
        List<String> gone = new ArrayList<>();
        for (String name : names) {
            String kind = name.substring(0, name.indexOf('_'));
            if (inUse.contains(kind)) {
                continue;
            }
            if (drop(jdbi, name)) {
                gone.add(name);
            } else {
                inUse.add(kind);
            }
        }
        return gone;
    }

    private static boolean drop(Jdbi jdbi, String name) {
        for (int tries = 1; tries <= TRIES; tries++) {
            int wait = tries;
            try {
                jdbi.useTransaction(h -> {
                    h.execute("SET LOCAL lock_timeout = '" + PATIENCE_MILLIS * wait + "ms'");
                    h.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
                    h.execute("DROP TABLE IF EXISTS ledger." + name);
                });
                return true;
            } catch (JdbiException e) {
                if (!(e.getCause() instanceof SQLException sql) || !IN_USE.contains(sql.getSQLState())) {
                    throw e;
                }
            }
        }
        LOG.warn("{} and what is of its kind are kept longer than they were to be: somebody reads the ledger without a pause. The next run drops them.",
                name);
        return false;
    }

    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '" + PATIENCE_MILLIS + "ms'; SELECT pg_advisory_xact_lock(" + LOCK + ")");
        }
    }
}
