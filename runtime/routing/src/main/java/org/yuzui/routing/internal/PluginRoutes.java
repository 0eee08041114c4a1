package org.yuzui.routing.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginPart;
import org.yuzui.routing.RouteStatus;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A plugin's {@code routes/*.camel.yaml} in a CamelContext of its own. */
public final class PluginRoutes implements PluginPart {

    private static final Logger LOG = LoggerFactory.getLogger(PluginRoutes.class);
    private final HubSchemes schemes;
    private final Map<String, RouteContext> contexts = new ConcurrentSkipListMap<>();

    public PluginRoutes(HubSchemes schemes) {
        this.schemes = schemes;
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
        List<PluginContent.HubFile> files = plugin.files("routes", ".camel.yaml");
        if (files.isEmpty()) {
            return Deployment.NONE;
        }
        Owner owner = new Owner(plugin.descriptor().id(), plugin.descriptor().version());
        return new Brought(owner,
                new RouteContext(owner, owner.id(), files, plugin.classLoader(), plugin.settings(), schemes));
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
