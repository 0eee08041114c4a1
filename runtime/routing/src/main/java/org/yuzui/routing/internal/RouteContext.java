package org.yuzui.routing.internal;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.StatefulService;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Use;
import org.yuzui.records.Rehearsal;
import org.yuzui.routing.RouteStatus;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * One CamelContext with the routes of one owner: built, checked and only then started, so that a broken file is found
 * before anything that runs is touched. It can become quiet and be started again.
 */
final class RouteContext implements AutoCloseable {

    /** What Camel itself waits for; by then everything is quiet, or was given up. */
    private static final int LAST_WAIT_SECONDS = 1;
    private static final Set<String> LINES = Set.of("ftp", "ftps", "sftp");
    /** Threads that Camel makes for one owner's steps (wire tap, parallel split …), each pool so many. */
    private static final int MOST_THREADS = 8;
    private static final int MOST_WAITING = 100;

    private final Owner owner;
    private final List<HubFile> files;
    private final List<RouteFile> written = new ArrayList<>();
    private final DefaultCamelContext camel;
    private final ClassLoader classLoader;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final InFlight inFlight = new InFlight();
    private final Standstill standstill;
    private final Troubles troubles;
    private final Watch watch;
    private final Starts starts;
    private final Neighbours neighbours;

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
        this.classLoader = plan.classLoader();
        this.neighbours = schemes.neighbours();
        this.standstill = new Standstill(plan.name(), classLoader, inFlight, schemes.drain());
        this.troubles = new Troubles(owner.id(), plan.troubled());
        this.watch = new Watch(owner.id(), troubles, this::placeOf);
        // The constructor takes the thread's class loader and would keep an uninstalled bundle's one alive.
        this.camel = Within.call(classLoader, () -> new DefaultCamelContext(false));
        this.starts = new Starts(camel, classLoader, watch, neighbours);
        HubFile[] current = new HubFile[1];
        try {
            Within.call(classLoader, () -> {
                prepare(plan, schemes);
                for (HubFile file : files) {
                    current[0] = file;
                    RouteFile read = RouteFile.read(file, plan.settings().flat()); // says the line of what isn't YAML at all
                    plan.border().check(read);
                    written.add(read);
                    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromBytes(fileName(file), file.bytes()));
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

    private void prepare(Plan plan, HubSchemes schemes) {
        camel.setNameStrategy(new ExplicitCamelContextNameStrategy(plan.name()));
        camel.setApplicationContextClassLoader(classLoader);
        camel.disableJMX();
        camel.setAutoStartup(false);
        camel.setSourceLocationEnabled(true);
        camel.setLoadTypeConverters(false);
        camel.setAllowUseOriginalMessage(false);
        camel.setUseBreadcrumb(false);
        camel.getShutdownStrategy().setTimeout(LAST_WAIT_SECONDS);
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        camel.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        camel.setInflightRepository(inFlight);
        camel.build();
        camel.getExecutorServiceManager().setDefaultThreadPoolProfile(boundedThreads());
        camel.getCamelContextExtension().setErrorHandlerFactory(quietErrors());
        JsonConverters.addTo(camel, Trees.plain(classLoader));
        camel.addLifecycleStrategy(new ExactJson());
        Properties properties = new Properties();
        properties.putAll(plan.settings().flat());
        PropertiesComponent placeholders = (PropertiesComponent) camel.getPropertiesComponent();
        placeholders.setInitialProperties(properties);
        // A plugin's settings are its file's; what the machine's environment holds must not change a route.
        placeholders.setEnvironmentVariableMode(0);
        placeholders.setSystemPropertiesMode(0);
        camel.getRegistry().bind("settings", plan.settings());
        camel.getRegistry().bind("workCalendar", new HubCalendar(schemes.scheduler()));
        camel.getRegistry().bind("yuzuiBeanParameters", new BeanParameters());
        camel.getCamelContextExtension().registerEndpointCallback(RouteContext::tellOfLines);
        camel.getCamelContextExtension().addInterceptStrategy(new HubSteps());
        camel.addRoutePolicyFactory((context, routeId, route) -> watching(routeId));
        Passing.watch(camel, Trees.plain(classLoader));
        schemes.addTo(camel, owner, plan.border(), Trees.strict(classLoader));
    }

    /** An ftp consumer that can't connect keeps silent, unless it is asked to say so; then its next poll tries again. */
    private static Endpoint tellOfLines(String uri, Endpoint endpoint) {
        if (LINES.contains(uri.replaceFirst(":.*$", ""))) {
            PropertyBindingSupport.build().withCamelContext(endpoint.getCamelContext()).withTarget(endpoint)
                    .withProperty("throwExceptionOnConnectFailed", true).withMandatory(false).bind();
        }
        return endpoint;
    }

    /**
     * When all threads are busy and the queue is full, the thread that brings more does the work itself: nothing is
     * dropped, and who brings too much is the one to be held up.
     */
    private static ThreadPoolProfile boundedThreads() {
        ThreadPoolProfile profile = new ThreadPoolProfile("yuzui");
        profile.setDefaultProfile(true);
        profile.setPoolSize(MOST_THREADS);
        profile.setMaxPoolSize(MOST_THREADS);
        profile.setMaxQueueSize(MOST_WAITING);
        profile.setKeepAliveTime(10L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns);
        return profile;
    }

    /** What fails in a route is told by {@link Watch}, and by whoever started it: as a hop, an occurrence, an answer. */
    private static DefaultErrorHandlerDefinition quietErrors() {
        DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
        handler.setLevel(LoggingLevel.OFF.name());
        handler.setRedeliveryPolicy(new RedeliveryPolicyDefinition().retriesExhaustedLogLevel(LoggingLevel.OFF)
                .logStackTrace(false).logExhaustedMessageHistory(false));
        return handler;
    }

    private RoutePolicy watching(String routeId) {
        Counter counter = counters.computeIfAbsent(routeId, id -> new Counter());
        return new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route r, Exchange exchange) {
                (exchange.isFailed() ? counter.failed : counter.done).increment();
                watch.exchangeDone(r, exchange);
            }
        };
    }

    /**
     * Starts to consume, also again after {@link #quiesce}. Routes between routes come first, so that nobody finds them
     * closed. When one can't start, all are quiet again; one whose far side is away starts when that is there.
     */
    void start() {
        Route[] current = new Route[1];
        try {
            Within.call(classLoader, () -> {
                for (Route route : innerFirst()) {
                    if (!isStarted(route)) {
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
            throw RouteProblems.ofStart(Within.unwrap(e), files, stopped == null ? null : placeOf(stopped),
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
        neighbours.remove(this);
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

    private String placeOf(Route route) {
        String location = route.getSourceLocation();
        int colon = location == null ? -1 : location.lastIndexOf(':');
        return colon < 0 ? fileOf(route) : fileOf(route) + location.substring(colon);
    }

    /** Where a route names an endpoint; where the route stands when that isn't found. */
    private String placeOf(Route route, String endpoint) {
        if (endpoint != null) {
            String shown = endpoint.replaceFirst("\\?.*$", "").replaceFirst("://", ":");
            for (RouteFile file : written) {
                for (RouteFile.Written w : file.routes()) {
                    for (RouteFile.Named named : w.endpoints()) {
                        if (route.getRouteId().equals(w.id()) && shown.equals(named.scheme() + ":" + named.name())) {
                            return named.place();
                        }
                    }
                }
            }
        }
        return placeOf(route);
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
            Counter counter = counters.getOrDefault(route.getRouteId(), new Counter());
            all.add(new RouteStatus(route.getRouteId(), owner.id(), fileOf(route),
                    URISupport.sanitizeUri(route.getEndpoint().getEndpointUri()),
                    isStarted(route) ? "Started" : "Stopped", counter.done.sum(), counter.failed.sum(),
                    troubles.of(route.getRouteId())));
        }
        return all;
    }

    private String fileOf(Route route) {
        String location = route.getSourceLocation();
        return files.stream().filter(f -> location != null && location.contains(fileName(f))).map(HubFile::path)
                .findFirst().orElse(files.isEmpty() ? null : files.get(0).path());
    }

    /** Null for the site. */
    String version() {
        return owner.version();
    }

    boolean hasRoute(String id) {
        return camel.getRoute(id) != null;
    }

    /**
     * Lets a message go through a route from its beginning, as if it had just come in.
     *
     * @param refused the flow of the message when it was refused: what is made of it now is made from that
     * @throws RefusedException when the route refused it again; that is kept
     */
    void enter(String routeId, byte[] message, UUID refused) throws Exception {
        Exchange exchange = arriving(routeId, message, refused);
        Within.call(classLoader, () -> {
            camel.getRoute(routeId).getProcessor().process(exchange);
            return null;
        });
        throwTrouble(exchange);
    }

    /** The same, and nothing becomes durable: see {@link Rehearsal}. */
    void rehearse(String routeId, byte[] message, UUID flow, Rehearsal rehearsal) throws Exception {
        Exchange exchange = arriving(routeId, message, flow);
        Transaction.rehearse(rehearsal, exchange, () -> Within.call(classLoader, () -> {
            camel.getRoute(routeId).getProcessor().process(exchange);
            return null;
        }));
        throwTrouble(exchange);
    }

    private Exchange arriving(String routeId, byte[] message, UUID flow) {
        Exchange exchange = camel.getRoute(routeId).getEndpoint().createExchange();
        exchange.getMessage().setBody(message);
        exchange.getExchangeExtension().setFromRouteId(routeId);
        Transaction.again(exchange, flow);
        return exchange;
    }

    private static void throwTrouble(Exchange exchange) throws Exception {
        RefusedException refusal = Transaction.refusal(exchange);
        if (refusal != null) {
            throw refusal;
        }
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private static String fileName(HubFile file) {
        return file.id() + PluginRoutes.SUFFIX;
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

    private static final class Counter {
        private final LongAdder done = new LongAdder();
        private final LongAdder failed = new LongAdder();
    }
}
