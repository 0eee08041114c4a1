package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.StatefulService;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.util.URISupport;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Use;
import org.yuzui.routing.RouteDetail;
import org.yuzui.routing.RouteEnd;
import org.yuzui.routing.RouteStatus;
import org.yuzui.routing.StoppedRoute;
import org.yuzui.routing.internal.Troubles.Side;
import org.yuzui.spi.Settings;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One CamelContext with the routes of one owner: built, checked and only then started, so that a broken file is found
 * before anything that runs is touched. It can become quiet and be started again.
 */
final class RouteContext implements AutoCloseable {

    private static final DateTimeFormatter STOPPED_AT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Owner owner;
    private final List<HubFile> files;
    private final List<RouteFile> written = new ArrayList<>();
    private final RoutePlaces places;
    private final DefaultCamelContext camel;
    private final ClassLoader classLoader;
    private final Map<String, RoutePace> paces = new ConcurrentHashMap<>();
    private final InFlight inFlight = new InFlight();
    private final Standstill standstill;
    private final Troubles troubles;
    private final Watch watch;
    private final Starts starts;
    private final Neighbours neighbours;
    /** Held while routes start or stop. */
    private final ReentrantLock moves = new ReentrantLock();
    private final Set<String> heldByHand = new HashSet<>();
    private final ZoneId zone;
    private boolean open;

    /**
     * What a context is made of.
     *
     * @param name     unique among those that run
     * @param border   what its routes may touch
     * @param troubled called after each change of {@link #troubles}
     */
    record Plan(Owner owner, String name, List<HubFile> files, ClassLoader classLoader, Settings settings, Border border,
                Runnable troubled) {
    }

    /** Builds the context and reads the files; nothing consumes yet. */
    RouteContext(Plan plan, HubSchemes schemes) {
        this.owner = plan.owner();
        this.files = plan.files();
        this.places = new RoutePlaces(files, written);
        this.classLoader = plan.classLoader();
        this.neighbours = schemes.neighbours();
        this.zone = schemes.zone();
        this.standstill = new Standstill(plan.name(), classLoader, inFlight, schemes.drain());
        this.troubles = new Troubles(owner.id(), plan.troubled());
        this.watch = new Watch(owner.id(), troubles, places::placeOf);
        // The constructor takes the thread's class loader and would keep an uninstalled bundle's one alive.
        this.camel = Within.call(classLoader, () -> new DefaultCamelContext(false));
        this.starts = new Starts(camel, classLoader, watch, neighbours);
        HubFile[] current = new HubFile[1];
        try {
            Within.call(classLoader, () -> {
                CamelSetup.prepare(camel, plan, schemes, inFlight);
                camel.addRoutePolicyFactory((context, routeId, route) -> watching(routeId));
                for (HubFile file : files) {
                    current[0] = file;
                    RouteFile read = RouteFile.read(file, plan.settings().flat()); // says the line of what isn't YAML at all
                    plan.border().check(read);
                    written.add(read);
                    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromBytes(RoutePlaces.fileName(file), file.bytes()));
                }
                current[0] = null;
                camel.start();
                camel.getRoutes().forEach(watch::over);
                return null;
            });
        } catch (Throwable e) { // a plugin's beans may throw anything
            close();
            throw RouteProblems.of(Within.unwrap(e), files, current[0], plan.settings().flat().keySet());
        }
    }

    private RoutePolicy watching(String routeId) {
        RoutePace pace = paces.computeIfAbsent(routeId, RoutePace::new);
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route r, Exchange exchange) {
                pace.began(exchange);
            }

            @Override
            public void onExchangeDone(Route r, Exchange exchange) {
                pace.ended(exchange);
                watch.exchangeDone(r, exchange);
            }
        };
    }

    /**
     * Starts to consume, also again after {@link #quiesce}. Routes between routes come first, so that nobody finds them
     * closed. When one can't start, all are quiet again; one whose far side is away starts when that is there, one that was
     * stopped by hand when somebody starts it.
     */
    void start() {
        moves.lock();
        try {
            open = true;
            startAll();
        } finally {
            moves.unlock();
        }
    }

    private void startAll() {
        Route[] current = new Route[1];
        try {
            Within.call(classLoader, () -> {
                for (Route route : innerFirst()) {
                    Optional<StoppedRoute> stopped = byHand(route);
                    if (stopped.isPresent()) {
                        hold(route, stopped.get());
                    } else if (!isStarted(route)) {
                        current[0] = route;
                        starts.start(route);
                    }
                }
                return null;
            });
            neighbours.add(this);
        } catch (Throwable e) {
            quiesce();
            Route stopped = current[0];
            throw RouteProblems.ofStart(Within.unwrap(e), files, stopped == null ? null : places.placeOf(stopped),
                    stopped == null ? null : stopped.getEndpoint().getEndpointUri(), neighbours);
        }
    }

    /** Camel's list changes when a route starts. */
    private List<Route> innerFirst() {
        List<Route> routes = new ArrayList<>(camel.getRoutes().stream().filter(Standstill::isInner).toList());
        camel.getRoutes().stream().filter(r -> !Standstill.isInner(r)).forEach(routes::add);
        return routes;
    }

    /**
     * Stops to consume and waits for what is under way, within the limit. Never throws; called again it does nothing more.
     */
    void quiesce() {
        moves.lock();
        try {
            open = false;
            neighbours.remove(this);
            heldByHand.clear();
            quiesceAll();
        } finally {
            moves.unlock();
        }
    }

    private void quiesceAll() {
        Within.call(classLoader, () -> {
            starts.stop();
            List<Route> running = camel.getRoutes().stream().filter(this::isStarted).toList();
            List<Route> stuck = standstill.reach(running);
            running.stream().filter(r -> !stuck.contains(r)).forEach(starts::stop);
            return null;
        });
        troubles.forget();
    }

    /** The consumer tells: Camel calls a route started as soon as it is warmed up. */
    private boolean isStarted(Route route) {
        ServiceStatus status = camel.getRouteController().getRouteStatus(route.getRouteId());
        return status == ServiceStatus.Started
                && (!(route.getConsumer() instanceof StatefulService consumer) || consumer.isStarted());
    }

    /** What hinders it at present. */
    List<Problem> troubles() {
        return troubles.all();
    }

    List<Use> uses() {
        return RouteUses.of(owner, written);
    }

    List<RouteStatus> status() {
        List<RouteStatus> all = new ArrayList<>();
        for (Route route : camel.getRoutes()) {
            all.add(status(route));
        }
        return all;
    }

    private RouteStatus status(Route route) {
        RoutePace pace = pace(route);
        return new RouteStatus(route.getRouteId(), owner.id(), places.fileOf(route),
                URISupport.sanitizeUri(route.getEndpoint().getEndpointUri()),
                isStarted(route) ? "Started" : "Stopped", pace.done(), pace.failed(), troubles.of(route.getRouteId()));
    }

    private RoutePace pace(Route route) {
        return paces.computeIfAbsent(route.getRouteId(), RoutePace::new);
    }

    List<RouteEnd> ends() {
        return RouteEnds.of(owner, written);
    }

    Owner owner() {
        return owner;
    }

    RouteDetail detail(String routeId) {
        Route route = camel.getRoute(routeId);
        RouteDefinition model = camel.getRouteDefinition(routeId);
        return new RouteDetail(status(route), Standstill.isInner(route), byHand(route).orElse(null),
                pace(route).counters(inFlight.size(routeId)), model == null ? "" : RouteSteps.from(model),
                model == null ? List.of() : RouteSteps.of(model), places.textOf(route));
    }

    private Optional<StoppedRoute> byHand(Route route) {
        return neighbours.stopped().find(owner.id(), route.getRouteId());
    }

    boolean isInner(String routeId) {
        return Standstill.isInner(camel.getRoute(routeId));
    }

    /** Stops and starts what was stopped or started by hand since. */
    void obey() {
        moves.lock();
        try {
            for (Route route : open ? innerFirst() : List.<Route>of()) {
                Optional<StoppedRoute> stopped = byHand(route);
                if (stopped.isPresent()) {
                    hold(route, stopped.get());
                } else {
                    release(route.getRouteId());
                }
            }
        } finally {
            moves.unlock();
        }
    }

    private void hold(Route route, StoppedRoute stopped) {
        if (!heldByHand.add(route.getRouteId())) {
            return;
        }
        Within.call(classLoader, () -> {
            starts.hold(route);
            if (isStarted(route) && standstill.reachAlone(route)) {
                starts.stop(route);
            }
            return null;
        });
        troubles.came(route.getRouteId(), Side.HAND, new Problem("stopped-by-hand", places.placeOf(route), "The route '"
                + route.getRouteId() + "' was stopped by " + stopped.who() + " at "
                + STOPPED_AT.format(stopped.since().atZone(zone)) + (stopped.reason() == null ? "." : ": " + stopped.reason().replaceFirst("[.。]?$", ".")),
                "Start it when it may go on."));
    }

    /** Starts a route that is held; does nothing to others. */
    void release(String routeId) {
        moves.lock();
        try {
            if (!open || !heldByHand.contains(routeId)) {
                return;
            }
            Route route = camel.getRoute(routeId);
            try {
                Within.call(classLoader, () -> {
                    starts.start(route);
                    return null;
                });
            } catch (RuntimeException e) {
                throw RouteProblems.ofStart(Within.unwrap(e), files, places.placeOf(route), route.getEndpoint().getEndpointUri(), neighbours);
            }
            heldByHand.remove(routeId);
            troubles.went(routeId, Side.HAND);
        } finally {
            moves.unlock();
        }
    }

    /** Null for the site. */
    String version() {
        return owner.version();
    }

    boolean hasRoute(String id) {
        return camel.getRoute(id) != null;
    }

    /** The door for messages that are sent on again. */
    Reentry reentry() {
        return new Reentry(camel, classLoader);
    }

    /** Quiet first. */
    @Override
    public void close() {
        quiesce();
        Within.call(classLoader, () -> {
            camel.close();
            return null;
        });
        neighbours.forgetContext();
    }
}
