package org.yuzui.container.internal;

import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The OSGi framework inside the hub. Bundles are installed and resolved, never started: a plugin has no activator, it is
 * what its parts make of it. The framework's cache is thrown away at every start, as the drop folder says what is wanted.
 */
final class EmbeddedFelix implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFelix.class);
    private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final Felix felix;
    private final MissingRequirements missing;

    private EmbeddedFelix(Felix felix) {
        this.felix = felix;
        this.missing = new MissingRequirements(felix.adapt(BundleRevision.class));
    }

    /** @param packages what plugins may import from the hub, as {@code Export-Package} writes it */
    static EmbeddedFelix start(Path storage, String packages) {
        Map<String, Object> config = new HashMap<>();
        config.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        config.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        // The JDK as Felix finds it, without the framework's own org.osgi packages: those are not a plugin's business.
        config.put("felix.systempackages.substitution", "true");
        config.put(Constants.FRAMEWORK_SYSTEMPACKAGES,
                packages + " ${jre-${felix.detect.java.specification.version}} ${jre-${felix.detect.jpms}}");
        config.put(Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA, "osgi.extender;osgi.extender=\"yuzui.plugin\"");
        // While a plugin is updated, its old and new bundle are both there, often with the same version.
        config.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        // Felix would otherwise guess when to let a class slip through from the hub's own class path.
        config.put("felix.bootdelegation.implicit", "false");
        // The JVM has one slot for URL handlers; taking it needs opened JDK packages, and nothing here needs it.
        config.put("felix.service.urlhandlers", "false");
        config.put("felix.extensions.disable", "true");
        config.put("felix.cache.locking", "false");
        config.put("felix.resolver.parallelism", "1");
        config.put("felix.log.logger", new FelixLog());
        Felix felix = new Felix(config);
        try {
            felix.init();
            felix.getBundleContext().registerService(ResolverHookFactory.class, Isolation.factory(), null);
            felix.start();
        } catch (BundleException e) {
            throw new ProblemException(new Problem("felix-failed", storage.toString(),
                    "The plugin framework can't start: " + e.getMessage() + ".",
                    "Check that this user may write there, or delete that folder."), e);
        }
        return new EmbeddedFelix(felix);
    }

    /** Installs the jar where it lies; it must stay there until the bundle is uninstalled. */
    Bundle install(StagedJar jar) throws PluginException {
        // The framework decodes the location as a form does, so that a plus sign would come out as a space.
        String location = "reference:" + jar.file().toUri().toASCIIString().replace("+", "%2B");
        try {
            return felix.getBundleContext().installBundle(location);
        } catch (BundleException e) {
            throw new PluginException(new Problem("bad-manifest", jar.name() + "!META-INF/MANIFEST.MF",
                    "The OSGi headers can't be read: " + (e.getCause() == null ? e : e.getCause()).getMessage() + ".",
                    "Let bnd-maven-plugin write them."), e);
        }
    }

    /** Wires the bundle, so that its classes can be loaded. */
    void resolve(Bundle bundle, StagedJar jar) throws PluginException {
        if (wiring().resolveBundles(List.of(bundle))) {
            return;
        }
        String place = jar.name() + "!META-INF/MANIFEST.MF";
        Optional<Problem> problem = missing.of(bundle.adapt(BundleRevision.class), place);
        throw new PluginException(problem.orElseGet(() -> new Problem("not-resolvable", place,
                "The plugin's imports contradict each other.", "Let bnd-maven-plugin write them.")));
    }

    /** Takes the bundle and its class loader out of the framework. Never throws. */
    void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
            wiring().refreshBundles(List.of(bundle));
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("The bundle {} can't be uninstalled: {}", bundle.getSymbolicName(), e.toString());
        }
        SharedCaches.forget();
    }

    private FrameworkWiring wiring() {
        return felix.adapt(FrameworkWiring.class);
    }

    @Override
    public void close() {
        try {
            felix.stop();
            felix.waitForStop(STOP_MILLIS);
        } catch (BundleException e) {
            LOG.warn("The plugin framework did not stop cleanly: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
