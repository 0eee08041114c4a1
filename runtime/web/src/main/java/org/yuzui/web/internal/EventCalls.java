package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Permission;
import org.yuzui.container.Plugins;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Registration;
import org.yuzui.records.ContentSearch;
import org.yuzui.web.HubServices;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells listeners what changes, live. Changed flows are added up, so that a flood of records stays a trickle of events. Every
 * event that speaks of flows, the heartbeat too, says how many changed since the hub started: whoever has missed one sees that at
 * the next.
 */
public final class EventCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventCalls.class);
    private static final int MOST_LISTENERS = 100;
    private static final int FLOWS_EVERY_MS = 500;
    private static final int MAP_EVERY_S = 2;
    private static final int HEARTBEAT_EVERY_S = 15;

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicLong changedFlows = new AtomicLong();
    /** As many as were told of; only our own thread changes it. */
    private volatile long told;
    private final Map<Long, ContentSearch> searched = new ConcurrentHashMap<>();
    private final AtomicBoolean mapMoved = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread t = new Thread(r, "web-events");
        t.setDaemon(true);
        return t;
    });
    private final List<Registration> registrations;
    private final Plugins plugins;
    private final Door door;
    private final Clock clock;
    private final Json json;

    public EventCalls(HubServices services, Door door, Meters meters, Clock clock, Json json) {
        this.door = door;
        this.clock = clock;
        this.json = json;
        this.plugins = services.plugins();
        registrations = List.of(services.plugins().listen(this::plugin),
                services.plugins().listenToHistory(this::historyChanged),
                services.ledger().listen(ids -> changedFlows.addAndGet(ids.size())),
                services.contentSearches().listen(search -> searched.put(search.id(), search)),
                services.replays().listen(replay -> tell("replay", replay)),
                services.operations().log().listen(this::logged));
        thread.execute(meters::bindJvm);
        thread.scheduleWithFixedDelay(unending(this::flows), FLOWS_EVERY_MS, FLOWS_EVERY_MS, TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(unending(this::map), MAP_EVERY_S, MAP_EVERY_S, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(unending(this::heartbeat), HEARTBEAT_EVERY_S, HEARTBEAT_EVERY_S, TimeUnit.SECONDS);
    }

    record At(Instant at, long total) {
    }

    record Changed(Instant at, long changed, long total) {
    }

    record Searched(long id, ContentSearch.State state, long looked, long of, long found) {
    }

    record Logged(Instant at, Map<String, Long> plugins) {
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/events", this::open).needs(Permission.READ));
    }

    private void open(Context ctx, Query query) throws IOException {
        if (streams.size() >= MOST_LISTENERS || thread.isShutdown()) {
            throw new Refusal(503, new Problem("too-many-listeners", null, "The hub has enough listeners.",
                    "Close a window, or try again later."));
        }
        ctx.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
        var async = ctx.req().startAsync();
        async.setTimeout(0);
        EventStream stream = new EventStream(ctx.res().getOutputStream(), () -> door.stillWelcome(ctx));
        ctx.future(() -> {
            streams.add(stream);
            stream.begin();
            stream.send(event("hello", new At(clock.instant(), told)));
            return stream.end().whenComplete((v, e) -> streams.remove(stream));
        });
    }

    private void plugin(PluginStatus status) {
        mapMoved.set(true);
        tell("plugin", status);
    }

    /** Read by our own thread: the one that tells has a plugin standing still. */
    private void historyChanged(long number) {
        try {
            thread.execute(() -> history(number));
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody listens to entry {} any more", number);
        }
    }

    private void history(long number) {
        if (streams.isEmpty()) {
            return;
        }
        try {
            plugins.event(number).ifPresent(e -> tell("plugin-event", e.withoutPlan()));
        } catch (RuntimeException e) { // the lists tell it too, once the database is there again
            LOG.warn("an entry of the plugins' history can't be told: {}", e.toString());
        }
    }

    private void flows() {
        long total = changedFlows.get();
        long changed = total - told;
        if (changed > 0) {
            told = total;
            mapMoved.set(true);
            tell("records", new Changed(clock.instant(), changed, total));
        }
        searches();
    }

    /** Of each search how it stands now, however often it went on meanwhile. */
    private void searches() {
        searched.keySet().forEach(id -> {
            ContentSearch search = searched.remove(id);
            tell("content-search", new Searched(id, search.state(), search.looked(), search.of(), search.found()));
        });
    }

    private void map() {
        if (mapMoved.getAndSet(false)) {
            tell("map", new At(clock.instant(), told));
        }
    }

    private void logged(Map<String, Long> newest) {
        tell("log", new Logged(clock.instant(), newest));
    }

    private void heartbeat() {
        mapMoved.set(true); // rates fall when nothing comes any more
        streams.stream().filter(s -> !s.isWelcome()).forEach(EventStream::close);
        tell("heartbeat", new At(clock.instant(), told));
    }

    /** One round that fails must not be the last one: the thread would never carry the task out again, and say nothing. */
    private static Runnable unending(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("listeners could not be told this time", e);
            }
        };
    }

    private void tell(String name, Object data) {
        if (!streams.isEmpty()) {
            byte[] event = event(name, data);
            streams.forEach(s -> s.send(event));
        }
    }

    private byte[] event(String name, Object data) {
        return ("event: " + name + "\ndata: " + new String(json.bytes(data), StandardCharsets.UTF_8) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
        thread.shutdownNow();
        streams.forEach(EventStream::close);
    }
}
