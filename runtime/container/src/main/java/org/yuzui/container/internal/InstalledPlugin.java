package org.yuzui.container.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;
import org.yuzui.container.internal.settings.Listens;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.spi.Settings;

import java.util.List;

/** A plugin whose bundle is resolved: its classes can be loaded and its settings read, and nothing of it runs yet. */
final class InstalledPlugin {

    private static final String SCHEMA = "settings.schema.json";

    private final EmbeddedFelix felix;
    private final StagedJar jar;
    private final Bundle bundle;
    private final HubFile schema;

    private InstalledPlugin(EmbeddedFelix felix, StagedJar jar, Bundle bundle, HubFile schema) {
        this.felix = felix;
        this.jar = jar;
        this.bundle = bundle;
        this.schema = schema;
    }

    /** @throws org.yuzui.kernel.ProblemException when it can't be; nothing of it is left in the framework then */
    static InstalledPlugin install(EmbeddedFelix felix, StagedJar jar) {
        Bundle bundle = felix.install(jar);
        try {
            felix.resolve(bundle, jar);
            return new InstalledPlugin(felix, jar, bundle, BundleContent.file(jar, bundle, SCHEMA, "").orElse(null));
        } catch (RuntimeException e) {
            felix.uninstall(bundle);
            throw e;
        }
    }

    StagedJar jar() {
        return jar;
    }

    /** {@code HUB-INF/settings.schema.json}; null when there is none. */
    HubFile schema() {
        return schema;
    }

    /** The hub's packages that it is wired to, such as {@code org.apache.camel 4.17.0}, sorted. */
    List<String> imports() {
        return bundle.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .filter(w -> w.getProvider().getBundle().getBundleId() == 0)
                .map(w -> w.getCapability().getAttributes())
                .map(a -> a.get(PackageNamespace.PACKAGE_NAMESPACE) + " "
                        + a.getOrDefault(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE, ""))
                .map(String::strip).sorted().distinct().toList();
    }

    PluginContent content(Settings settings) {
        PluginDescriptor descriptor = Listens.resolved(jar.descriptor(), schema, settings, jar.name() + "!HUB-INF/plugin.yaml");
        return new BundleContent(jar, bundle, descriptor, settings);
    }

    /** Never throws. */
    void uninstall() {
        felix.uninstall(bundle);
    }
}
