package org.yuzui.routing.internal;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.StatefulService;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.routing.RouteStatus;
import org.yuzui.spi.Settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * One CamelContext with the routes of one owner: built, checked and only then started, so that a broken file is found
 * before anything that runs is touched.
 */
final class RouteContext implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteContext.class);
    /** What Camel itself waits for; by then everything is quiet, or was given up. */
    private static final int LAST_WAIT_SECONDS = 1;

    private final Owner owner;
    private final List<HubFile> files;
    private final DefaultCamelContext camel;
    private final ClassLoader classLoader;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final InFlight inFlight = new InFlight();
    private final Standstill standstill;

    /** Builds the context and reads the files; nothing consumes yet. */
    RouteContext(Owner owner, String name, List<HubFile> files, ClassLoader classLoader, Settings settings, HubSchemes schemes) {
        this.owner = owner;
        this.standstill = new Standstill(name, classLoader, inFlight, schemes.drain());
        this.files = files;
        this.classLoader = classLoader;
        // The constructor takes the thread's class loader and would keep an uninstalled bundle's one alive.
        this.camel = within(classLoader, () -> new DefaultCamelContext(false));
        HubFile[] current = new HubFile[1];
        try {
            within(classLoader, () -> {
                prepare(name, settings, schemes);
                for (HubFile file : files) {
                    current[0] = file;
                    YamlDocument.parse(file.bytes(), file.path()); // says the line of what isn't YAML at all
                    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromBytes(fileName(file), file.bytes()));
                }
                current[0] = null;
                camel.start();
                return null;
            });
        } catch (RuntimeException e) {
            close();
            throw RouteProblems.of(RouteProblems.unwrap(e), files, current[0]);
        }
    }

    private void prepare(String name, Settings settings, HubSchemes schemes) {
        camel.setNameStrategy(new ExplicitCamelContextNameStrategy(name));
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
        camel.getCamelContextExtension().setErrorHandlerFactory(oneLineErrors());
        JsonConverters.addTo(camel);
        Properties properties = new Properties();
        properties.putAll(settings.flat());
        PropertiesComponent placeholders = (PropertiesComponent) camel.getPropertiesComponent();
        placeholders.setInitialProperties(properties);
        // A plugin's settings are its file's; what the machine's environment holds must not change a route.
        placeholders.setEnvironmentVariableMode(0);
        placeholders.setSystemPropertiesMode(0);
        camel.getRegistry().bind("settings", settings);
        camel.getRegistry().bind("workCalendar", new HubCalendar(schemes.scheduler()));
        camel.addRoutePolicyFactory((context, routeId, route) -> counting(routeId, route));
        schemes.addTo(camel, owner);
    }

    /**
     * What fails in a route is told by whoever started it: as a hop, an occurrence, an answer. Camel adds one line to the
     * log, not a page for each record of an outage.
     */
    private static DefaultErrorHandlerDefinition oneLineErrors() {
        DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
        handler.setRedeliveryPolicy(new RedeliveryPolicyDefinition().logStackTrace(false).logExhaustedMessageHistory(false));
        return handler;
    }

    private RoutePolicy counting(String routeId, NamedNode route) {
        Counter counter = counters.computeIfAbsent(routeId, id -> new Counter());
        return new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route r, Exchange exchange) {
                (exchange.isFailed() ? counter.failed : counter.done).increment();
            }
        };
    }

    /**
     * Starts to consume, also again after {@link #quiesce}. Routes between routes come first, so that nobody finds them
     * closed. When one can't start, all are quiet again.
     */
    void start() {
        String[] current = new String[1];
        try {
            within(classLoader, () -> {
                for (Route route : innerFirst()) {
                    if (!isStarted(route)) {
                        current[0] = placeOf(route);
                        camel.getRouteController().startRoute(route.getRouteId());
                    }
                }
                return null;
            });
        } catch (RuntimeException e) {
            quiesce();
            throw RouteProblems.ofStart(RouteProblems.unwrap(e), files, current[0]);
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
        within(classLoader, () -> {
            List<Route> running = camel.getRoutes().stream().filter(this::isStarted).toList();
            List<Route> stuck = standstill.reach(running);
            for (Route route : running) {
                if (!stuck.contains(route)) {
                    stop(route);
                }
            }
            return null;
        });
    }

    private void stop(Route route) {
        try {
            camel.getRouteController().stopRoute(route.getRouteId(), LAST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception | LinkageError e) {
            LOG.warn("Route {} of {} did not stop cleanly: {}", route.getRouteId(), owner.id(), e.toString());
        }
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

    List<RouteStatus> status() {
        List<RouteStatus> all = new ArrayList<>();
        for (Route route : camel.getRoutes()) {
            Counter counter = counters.getOrDefault(route.getRouteId(), new Counter());
            Endpoint from = route.getEndpoint();
            all.add(new RouteStatus(route.getRouteId(), owner.id(), fileOf(route),
                    org.apache.camel.util.URISupport.sanitizeUri(from.getEndpointUri()),
                    isStarted(route) ? "Started" : "Stopped", counter.done.sum(), counter.failed.sum(), null));
        }
        return all;
    }

    private String fileOf(Route route) {
        String location = route.getSourceLocation();
        return files.stream().filter(f -> location != null && location.contains(fileName(f))).map(HubFile::path)
                .findFirst().orElse(files.isEmpty() ? null : files.get(0).path());
    }

    private static String fileName(HubFile file) {
        return file.id() + ".camel.yaml";
    }

    /** Quiet first. */
    @Override
    public void close() {
        quiesce();
        within(classLoader, () -> {
            camel.close();
            return null;
        });
    }

    private static <T> T within(ClassLoader loader, Body<T> body) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return body.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new RouteProblems.Wrapped(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private interface Body<T> {
        T run() throws Exception;
    }

    private static final class Counter {
        private final LongAdder done = new LongAdder();
        private final LongAdder failed = new LongAdder();
    }
}
