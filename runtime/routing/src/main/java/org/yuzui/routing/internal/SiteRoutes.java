package org.yuzui.routing.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.FolderWatch;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Use;
import org.yuzui.routing.RouteStatus;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The site's own routes, a context a file, reloaded when a file changes. The new text is built and checked beside the
 * running one; only when it is sound is the old one stopped. A broken edit is reported and changes nothing.
 */
final class SiteRoutes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SiteRoutes.class);
    private static final String SUFFIX = ".camel.yaml";

    private final Path folder;
    private final HubSchemes schemes;
    private final Map<String, Site> sites = new TreeMap<>();
    private final FolderWatch watch;
    private boolean closed;

    SiteRoutes(Path folder, HubSchemes schemes) {
        this.folder = folder;
        this.schemes = schemes;
        this.watch = new FolderWatch(List.of(folder), "yuzui-site-routes", this::scan);
    }

    /** Runs what is there, then watches. A broken file is reported, the others run. */
    void start() {
        scan();
        watch.start();
    }

    /** Tries what was refused again: a form or a contract that it names may have come. */
    synchronized void retry() {
        sites.values().stream().filter(site -> site.problem != null).forEach(site -> site.bytes = null);
        scan();
    }

    /** Compares the folder with what runs. */
    private synchronized void scan() {
        if (closed) {
            return;
        }
        Map<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(SiteRoutes::isRouteFile).toList()) {
                try {
                    found.put(file.getFileName().toString(), Files.readAllBytes(file));
                } catch (NoSuchFileException e) {
                    LOG.debug("{} went away while it was read", file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new ArrayList<>(sites.keySet()).stream().filter(name -> !found.containsKey(name)).forEach(this::remove);
        found.forEach((name, bytes) -> {
            Site site = sites.computeIfAbsent(name, n -> new Site());
            if (!Arrays.equals(site.bytes, bytes)) {
                site.bytes = bytes;
                load(name, site);
            }
        });
    }

    private static boolean isRouteFile(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private void load(String name, Site site) {
        HubFile file = new HubFile(name.substring(0, name.length() - SUFFIX.length()), "routes/" + name, site.bytes);
        RouteContext old = site.running;
        RouteContext next;
        try {
            next = build(file);
        } catch (PluginException e) {
            report(name, site, e, old != null);
            return;
        }
        if (old != null) {
            old.quiesce();
        }
        try {
            next.start();
        } catch (PluginException e) {
            next.close();
            report(name, site, e, old != null && startAgain(site));
            return;
        }
        if (old != null) {
            old.close();
        }
        site.running = next;
        site.problem = null;
        LOG.info("Site routes of {} run", file.path());
    }

    private RouteContext build(HubFile file) {
        return new RouteContext(new RouteContext.Plan(Owner.SITE, "site-" + file.id(), List.of(file),
                getClass().getClassLoader(), Settings.empty(), Border.OPEN, () -> { }), schemes);
    }

    /** Of the files whose routes run the one that has a route. */
    synchronized Optional<RouteContext> running(String route) {
        return sites.values().stream().map(s -> s.running).filter(c -> c != null && c.hasRoute(route)).findFirst();
    }

    /** What the routes that run make use of. */
    synchronized List<Use> uses() {
        return sites.values().stream().filter(s -> s.running != null).flatMap(s -> s.running.uses().stream()).toList();
    }

    /** The new text was sound but could not start (a port is taken, say): back to the one that ran. */
    private static boolean startAgain(Site site) {
        try {
            site.running.start();
            return true;
        } catch (PluginException e) {
            site.running.close();
            site.running = null;
            LOG.error("What ran before can't be started again: {}", e.getMessage());
            return false;
        }
    }

    private static void report(String name, Site site, PluginException e, boolean oldRuns) {
        site.problem = e.problem();
        LOG.warn("routes/{} is not taken{}: {}", name, oldRuns ? ", its last good version runs on" : "", e.getMessage());
    }

    private void remove(String name) {
        Site site = sites.remove(name);
        if (site.running != null) {
            site.running.close();
        }
        LOG.info("Site routes of routes/{} are gone; records wait in their subscriptions", name);
    }

    synchronized List<RouteStatus> status() {
        List<RouteStatus> all = new ArrayList<>();
        sites.forEach((name, site) -> {
            List<RouteStatus> running = site.running == null ? List.of() : site.running.status();
            for (RouteStatus r : running) {
                all.add(new RouteStatus(r.id(), r.owner(), r.file(), r.from(), r.state(), r.done(), r.failed(),
                        site.problem != null ? site.problem : r.problem()));
            }
            if (running.isEmpty() && site.problem != null) {
                all.add(new RouteStatus(name, Owner.SITE.id(), "routes/" + name, null, "Refused", 0, 0, site.problem));
            }
        });
        return all;
    }

    @Override
    public void close() {
        watch.close();
        synchronized (this) {
            closed = true;
            sites.values().stream().filter(s -> s.running != null).forEach(s -> s.running.close());
            sites.clear();
        }
    }

    private static final class Site {
        private byte[] bytes;
        private RouteContext running;
        private Problem problem;
    }
}
