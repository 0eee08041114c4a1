package org.yuzui.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.json.JsonMapper;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.web.internal.ConsoleFiles;
import org.yuzui.web.internal.ControlPlane;
import org.yuzui.web.internal.Endpoint;

import java.net.BindException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** The running control plane. */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int MIN_THREADS = 4;
    private static final int MAX_THREADS = 24;
    private static final int IDLE_MS = 60_000;
    private static final int STOP_MS = 3_000;
    /** How long a connection on which nothing happens stays open while the server stops. */
    private static final int STOP_IDLE_MS = 100;

    private final Javalin javalin;
    private final ControlPlane plane;

    private WebServer(Javalin javalin, ControlPlane plane) {
        this.javalin = javalin;
        this.plane = plane;
    }

    /**
     * Binds the port and begins to answer.
     *
     * @param clock in the hub's zone
     * @throws ProblemException {@code port-in-use}, {@code port-not-allowed} or {@code bad-host}
     */
    public static WebServer start(WebSettings settings, HubServices services, Clock clock) {
        JavalinLogger.startupInfo = false;
        ControlPlane plane = new ControlPlane(settings, services, clock);
        Javalin javalin = Javalin.create(config -> configure(config, settings, plane));
        try {
            javalin.start();
        } catch (JavalinException e) {
            plane.close();
            throw new ProblemException(cannotListen(settings, e), e);
        }
        WebServer server = new WebServer(javalin, plane);
        LOG.info("control plane listens at http://{}:{}", settings.host(), server.port());
        return server;
    }

    private static void configure(JavalinConfig config, WebSettings settings, ControlPlane plane) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = settings.maxRequestBytes();
        // one path, one meaning: what the door looks at is what the router looks at
        config.router.ignoreTrailingSlashes = false;
        config.jsonMapper(new JsonMapper() { });
        config.resourceHandler(new ConsoleFiles());

        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("web");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setUriCompliance(UriCompliance.DEFAULT);
            http.setSendServerVersion(false);
        });
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
            connector.setHost(settings.host());
            connector.setPort(settings.port());
            connector.setIdleTimeout(IDLE_MS);
            connector.setShutdownIdleTimeout(STOP_IDLE_MS);
            return connector;
        });
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_MS);
            server.setErrorHandler(plane.jettyErrors());
        });

        config.routes.before(plane::enter);
        plane.problems().register(config.routes);
        for (Endpoint endpoint : plane.endpoints()) {
            config.routes.addHttpHandler(HandlerType.findOrCreate(endpoint.method()), endpoint.path(),
                    ctx -> plane.answer(endpoint, ctx));
        }
        config.requestLogger.http(plane::measure);
    }

    private static Problem cannotListen(WebSettings settings, JavalinException e) {
        String where = settings.host() + ":" + settings.port();
        Throwable cause = rootCause(e);
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied")) {
            return new Problem("port-not-allowed", "web.port", "This user may not listen on port " + settings.port() + ".",
                    "Choose a port above 1023 with the key web.port.");
        }
        if (rootCause(e) instanceof BindException && lower.contains("in use") || e instanceof JavalinBindException
                && lower.contains("in use")) {
            return new Problem("port-in-use", "web.port", "Another program listens on " + where + " already.",
                    "Stop it (ss -ltnp shows it), or choose another port with the key web.port.");
        }
        return new Problem("bad-host", "web.host", "The hub can't listen on " + where + ": " + reason + ".",
                "Choose an address of this machine with the key web.host.");
    }

    private static Throwable rootCause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** What it answers, as {@code GET /api/v1/hub}; the console's files aside. */
    public List<String> endpoints() {
        return plane.endpoints().stream().map(e -> e.method() + " " + e.path()).toList();
    }

    /** Ends the event streams, lets calls under way come to their end for a few seconds, and stops listening. */
    @Override
    public void close() {
        plane.close();
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.warn("calls were still under way when the control plane stopped: {}", rootCause(e).toString());
        }
    }
}
