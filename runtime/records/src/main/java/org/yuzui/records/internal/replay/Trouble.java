package org.yuzui.records.internal.replay;

import org.jdbi.v3.core.JdbiException;
import org.yuzui.broker.BrokerException;
import org.yuzui.kernel.ProblemException;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What has nothing to do with the message that met it: the broker, the database or the disk can't now, and will again. */
final class Trouble extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 50;

    /** Connections that can't be had or broke, a server that was ended or is full, and what it undid for another one's sake. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57");
    private static final Set<String> PASSING_PROBLEMS = Set.of("payload-not-kept", "store-behind", "store-unreachable", "store-restarting",
            "journal-unavailable", "interrupted", "hub-stopping");

    Trouble(Throwable cause) {
        super(cause);
    }

    /** Whether it passes, so that the same can be tried again; routes wrap what happens to them several times. */
    static boolean isIn(Throwable e) {
        boolean ours = false; // a route may have a database of its own, whose trouble is the route's
        int depth = 0;
        for (Throwable t = e; t != null && depth < DEEPEST; t = t.getCause(), depth++) {
            ours |= t instanceof JdbiException;
            if (t instanceof Trouble || t instanceof BrokerException || t instanceof SQLException sql && ours && passes(sql)
                    || t instanceof ProblemException problem && PASSING_PROBLEMS.contains(problem.problem().code())) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || state != null && state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2));
    }
}
