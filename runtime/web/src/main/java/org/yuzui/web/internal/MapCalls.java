package org.yuzui.web.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Permission;
import org.yuzui.kernel.Registration;
import org.yuzui.web.HubServices;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The live map, and what passed over time. Closing ends the counting. */
final class MapCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MapCalls.class);

    private final TrafficHistory history;
    private final LiveMap map;
    private final Registration watching;
    private final Json json;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread t = new Thread(r, "web-traffic");
        t.setDaemon(true);
        return t;
    });

    MapCalls(HubServices services, Meters meters, Clock clock, Json json) {
        Traffic traffic = new Traffic(meters.registry());
        this.history = new TrafficHistory(traffic, clock);
        this.map = new LiveMap(services, history, clock);
        this.json = json;
        this.watching = services.ledger().watch(traffic);
        long every = TrafficHistory.STEP.toMillis();
        thread.scheduleAtFixedRate(this::step, every, every, TimeUnit.MILLISECONDS);
    }

    private void step() {
        try {
            history.step();
        } catch (RuntimeException e) { // the next step must come all the same
            LOG.warn("a step of the traffic can't be counted: {}", e.toString());
        }
    }

    record History(long step, List<TrafficHistory.Point> points) {
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/map", (ctx, q) -> Answers.send(ctx, json, map.now())).needs(Permission.READ),
                Endpoint.get("/api/v1/metrics-history", List.of("minutes"), (ctx, q) -> {
                    int minutes = q.number("minutes", 1, 1440, 60);
                    Answers.send(ctx, json, new History(TrafficHistory.STEP.toSeconds() * TrafficHistory.stepsOfPoint(minutes),
                            history.points(minutes)));
                }).needs(Permission.READ));
    }

    @Override
    public void close() {
        watching.close();
        thread.shutdownNow();
    }
}
