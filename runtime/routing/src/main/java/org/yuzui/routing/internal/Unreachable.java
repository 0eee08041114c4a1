package org.yuzui.routing.internal;

import java.io.EOFException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells from what was thrown whether the far side is away, as against a fault of the route or of its records. */
final class Unreachable {

    private static final List<Class<? extends Throwable>> TYPES = List.of(ConnectException.class, UnknownHostException.class,
            NoRouteToHostException.class, PortUnreachableException.class, SocketTimeoutException.class,
            HttpConnectTimeoutException.class, UnresolvedAddressException.class);
    /** Libraries that a plugin brings have types of their own, known by name only. */
    private static final Set<String> NAMES = Set.of("ConnectTimeoutException", "HttpHostConnectException",
            "FTPConnectionClosedException", "MllpSocketException");
    private static final List<String> SAID = List.of("connection refused", "connection reset", "broken pipe",
            "network is unreachable", "no route to host", "connection timed out", "connection closed by");
    /** Connection exception, by the SQL standard. */
    private static final String SQL_CONNECTION = "08";

    private Unreachable() {
    }

    /** The one of the causes that says it. */
    static Optional<Throwable> in(Throwable thrown) {
        Set<Throwable> seen = new HashSet<>();
        Throwable found = null;
        for (Throwable t = thrown; t != null && seen.add(t); t = t.getCause()) {
            if (t instanceof BindException) {
                return Optional.empty();
            }
            if (says(t)) {
                found = t; // the innermost says it best
            }
        }
        return Optional.ofNullable(found);
    }

    private static boolean says(Throwable t) {
        if (TYPES.stream().anyMatch(type -> type.isInstance(t)) || NAMES.contains(t.getClass().getSimpleName())) {
            return true;
        }
        if (t instanceof SQLException sql) {
            return sql.getSQLState() != null && sql.getSQLState().startsWith(SQL_CONNECTION);
        }
        String message = t.getMessage() == null ? "" : t.getMessage().toLowerCase(Locale.ROOT);
        return (t instanceof SocketException || t instanceof java.io.IOException && !(t instanceof EOFException))
                && SAID.stream().anyMatch(message::contains);
    }

    /** The reason, short: {@code Connection refused}. */
    static String reason(Throwable unreachable) {
        String message = unreachable.getMessage();
        if (unreachable instanceof UnknownHostException) {
            return "the host " + message + " is not known";
        }
        return message == null || message.isBlank() ? unreachable.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
    }
}
