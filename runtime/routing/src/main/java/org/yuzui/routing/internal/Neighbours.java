package org.yuzui.routing.internal;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.simple.SimpleLanguage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.routing.RouteStatus;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What the contexts of one hub share: they know who listens where, and one timer, on which nothing may take long. */
final class Neighbours implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);

    private final Set<RouteContext> running = ConcurrentHashMap.newKeySet();
    private final StoppedRoutes stopped;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread thread = new Thread(r, "yuzui-route-timer");
        thread.setContextClassLoader(Neighbours.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    });

    private SimpleLanguage nobodys;

    Neighbours(StoppedRoutes stopped) {
        this.stopped = stopped;
        stopped.follow(this::obey);
        timer.execute(() -> { }); // so that its thread is made here, and not by a plugin's
    }

    private void obey() {
        for (RouteContext context : running) {
            try {
                context.obey();
            } catch (RuntimeException e) { // one that can't start must not keep the others from it
                LOG.warn("A route of {} that was started on another node can't be started here: {}", context.owner().id(), e.getMessage());
            }
        }
    }

    StoppedRoutes stopped() {
        return stopped;
    }

    /** Those that run. */
    Collection<RouteContext> running() {
        return List.copyOf(running);
    }

    /** The one that runs with that route. */
    Optional<RouteContext> of(String owner, String route) {
        return running.stream().filter(c -> c.owner().id().equals(owner) && c.hasRoute(route)).findFirst();
    }

    void add(RouteContext context) {
        running.add(context);
    }

    void remove(RouteContext context) {
        running.remove(context);
    }

    ScheduledFuture<?> later(Duration wait, Runnable task) {
        return timer.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Who of this hub listens on a port, readable: {@code the route 'receive-visit' of the plugin 'his'}. */
    Optional<String> listener(int port) {
        Pattern named = Pattern.compile("[:=]" + port + "(?!\\d)");
        for (RouteContext context : running) {
            for (RouteStatus route : context.status()) {
                if (route.state().equals("Started") && route.from() != null && named.matcher(route.from()).find()) {
                    return Optional.of("the route '" + route.id() + "' of " + (route.owner().equals(Owner.SITE.id())
                            ? "the site (" + route.file() + ")" : "the plugin '" + route.owner() + "'"));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Camel's simple language keeps, for the whole process, the context that started it last; one that is closed must not
     * be kept. From then on it is one without routes.
     */
    synchronized void forgetContext() {
        if (nobodys == null) {
            nobodys = new SimpleLanguage();
            nobodys.setCamelContext(Within.call(Neighbours.class.getClassLoader(), () -> new DefaultCamelContext(false)));
        }
        nobodys.start();
    }

    @Override
    public void close() {
        stopped.close();
        timer.shutdownNow();
    }
}
