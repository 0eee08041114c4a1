package org.yuzui.routing.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Registration;
import org.yuzui.kernel.Use;
import org.yuzui.routing.RouteStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A plugin's {@code routes/*.camel.yaml} in a CamelContext of its own. */
final class PluginRoutes implements PluginPart {

    static final String SUFFIX = ".camel.yaml";

    private static final Logger LOG = LoggerFactory.getLogger(PluginRoutes.class);
    private final HubSchemes schemes;
    private final Supplier<List<Use>> siteUses;
    /** Of each plugin the version that was started last. */
    private final Map<String, RouteContext> contexts = new ConcurrentSkipListMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** @param siteUses what the site's own routes make use of */
    PluginRoutes(HubSchemes schemes, Supplier<List<Use>> siteUses) {
        this.schemes = schemes;
        this.siteUses = siteUses;
    }

    @Override
    public String kind() {
        return "routes";
    }

    @Override
    public boolean readsSettings() {
        return true;
    }

    @Override
    public Deployment deploy(PluginContent plugin) throws PluginException {
        List<PluginContent.HubFile> files = plugin.files("routes", SUFFIX);
        if (files.isEmpty()) {
            return Deployment.NONE;
        }
        Owner owner = new Owner(plugin.descriptor().id(), plugin.descriptor().version());
        return new Brought(owner, new RouteContext(new RouteContext.Plan(owner, owner.id(), files, plugin.classLoader(),
                plugin.settings(), border(plugin), () -> tell(owner.id())), schemes));
    }

    /** The routes of a plugin, of the version that was started last. */
    Optional<RouteContext> running(String plugin) {
        return Optional.ofNullable(contexts.get(plugin));
    }

    private Border border(PluginContent plugin) {
        return Border.of(plugin, schemes::contracts);
    }

    @Override
    public List<PlannedChange> plan(PluginContent coming, PluginContent running) {
        return RoutePlan.between(coming, running, coming == null ? Border.OPEN : border(coming));
    }

    @Override
    public List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        contexts.values().forEach(c -> uses.addAll(c.uses()));
        uses.addAll(siteUses.get());
        return uses;
    }

    @Override
    public Registration listen(Consumer<String> troubled) {
        Consumer<String> own = troubled::accept; // told apart even if the same one is added twice
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    private void tell(String plugin) {
        for (Consumer<String> listener : listeners) {
            try {
                listener.accept(plugin);
            } catch (RuntimeException e) { // the route that is in trouble can't help it
                LOG.warn("Nobody could be told of the troubles of {}: {}", plugin, e.toString());
            }
        }
    }

    /** The routes of one version of a plugin. */
    private final class Brought implements Deployment {

        private final Owner owner;
        private final RouteContext context;
        private boolean open = true;

        private Brought(Owner owner, RouteContext context) {
            this.owner = owner;
            this.context = context;
        }

        @Override
        public void start() throws PluginException {
            context.start();
            contexts.put(owner.id(), context);
            LOG.info("Plugin {} {}: {} routes run", owner.id(), owner.version(), context.status().size());
        }

        @Override
        public void quiesce() {
            context.quiesce();
        }

        @Override
        public List<Problem> troubles() {
            return context.troubles();
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                contexts.remove(owner.id(), context);
                context.close();
            }
        }
    }

    /** Of the versions that were started last. */
    List<RouteStatus> status() {
        return contexts.values().stream().flatMap(c -> c.status().stream()).toList();
    }
}
