package org.yuzui.routing.internal;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RoutePolicySupport;
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

    private static final int DRAIN_SECONDS = 15;

    private final Owner owner;
    private final List<HubFile> files;
    private final DefaultCamelContext camel;
    private final ClassLoader classLoader;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    /** Builds the context and reads the files; nothing consumes yet. */
    RouteContext(Owner owner, String name, List<HubFile> files, ClassLoader classLoader, Settings settings, HubSchemes schemes) {
        this.owner = owner;
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
        camel.getShutdownStrategy().setTimeout(DRAIN_SECONDS);
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        camel.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
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

    /** Starts to consume; when one route can't start, none is left running. */
    void start() {
        try {
            within(classLoader, () -> {
                camel.getRouteController().startAllRoutes();
                for (Route route : camel.getRoutes()) {
                    if (!isStarted(route)) {
                        camel.getRouteController().startRoute(route.getRouteId());
                    }
                }
                return null;
            });
        } catch (RuntimeException e) {
            String place = camel.getRoutes().stream().filter(route -> !isStarted(route)).findFirst()
                    .map(this::placeOf).orElse(null);
            close();
            throw RouteProblems.ofStart(RouteProblems.unwrap(e), files, place);
        }
    }

    private boolean isStarted(Route route) {
        return camel.getRouteController().getRouteStatus(route.getRouteId()) == ServiceStatus.Started;
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
                    String.valueOf(camel.getRouteController().getRouteStatus(route.getRouteId())), counter.done.sum(),
                    counter.failed.sum(), null));
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

    /** Drains what is under way, at most {@value #DRAIN_SECONDS} seconds, and stops. */
    @Override
    public void close() {
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
