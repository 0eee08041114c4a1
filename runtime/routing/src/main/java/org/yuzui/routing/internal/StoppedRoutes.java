package org.yuzui.routing.internal;

import org.jdbi.v3.core.mapper.RowMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.routing.StoppedRoute;
import org.yuzui.store.Store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of {@code routing.stopped_route}, known without asking. What another node stopped or started is seen within a few
 * seconds. Without a database they last as long as the hub.
 */
final class StoppedRoutes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoppedRoutes.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final RowMapper<StoppedRoute> ROW = (row, context) -> new StoppedRoute(row.getString("owner"),
            row.getString("route"), row.getString("who"), row.getString("reason"), row.getTimestamp("since").toInstant());

    private final Store store;
    private volatile Map<Key, StoppedRoute> known;
    private ScheduledExecutorService thread;

    private record Key(String owner, String route) {
        static Key of(StoppedRoute stopped) {
            return new Key(stopped.owner(), stopped.route());
        }
    }

    /** @param store may be null */
    StoppedRoutes(Store store) {
        this.store = store;
        this.known = read();
    }

    /** @param changed called on a thread of its own after another node stopped or started something */
    void follow(Runnable changed) {
        if (store == null) {
            return;
        }
        thread = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread t = new Thread(r, "yuzui-stopped-routes");
            t.setDaemon(true);
            return t;
        });
        thread.scheduleWithFixedDelay(() -> look(changed), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Runnable changed) {
        try {
            if (readAgain()) {
                changed.run();
            }
        } catch (RuntimeException e) {
            LOG.debug("can't look which routes are stopped, and look again: {}", e.toString());
        }
    }

    /** Together with whoever stops or starts a route here: what was read before that would undo it. */
    private synchronized boolean readAgain() {
        Map<Key, StoppedRoute> before = known;
        known = read();
        return !known.equals(before);
    }

    private Map<Key, StoppedRoute> read() {
        return store == null ? Map.of() : store.jdbi().withHandle(h -> h.createQuery("SELECT * FROM routing.stopped_route")
                .map(ROW).collect(Collectors.toMap(Key::of, Function.identity())));
    }

    Optional<StoppedRoute> find(String owner, String route) {
        return Optional.ofNullable(known.get(new Key(owner, route)));
    }

    /** The first one who stopped it counts. */
    synchronized void add(StoppedRoute stopped) {
        if (store == null) {
            known = with(stopped);
            return;
        }
        store.jdbi().useHandle(h -> h.createUpdate("""
                        INSERT INTO routing.stopped_route (owner, route, who, reason, since)
                        VALUES (:owner, :route, :who, :reason, :since) ON CONFLICT DO NOTHING""")
                .bind("owner", stopped.owner()).bind("route", stopped.route()).bind("who", stopped.who())
                .bind("reason", stopped.reason()).bind("since", stopped.since()).execute());
        known = read();
    }

    private Map<Key, StoppedRoute> with(StoppedRoute stopped) {
        Map<Key, StoppedRoute> all = new HashMap<>(known);
        all.putIfAbsent(Key.of(stopped), stopped);
        return Map.copyOf(all);
    }

    synchronized void remove(String owner, String route) {
        if (store == null) {
            known = known.entrySet().stream().filter(e -> !e.getKey().equals(new Key(owner, route)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
            return;
        }
        store.jdbi().useHandle(h -> h.createUpdate("DELETE FROM routing.stopped_route WHERE owner = :owner AND route = :route")
                .bind("owner", owner).bind("route", route).execute());
        known = read();
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
