package org.yuzui.container.internal;

import org.osgi.framework.Bundle;
import org.yuzui.container.internal.settings.Placeholders;
import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.container.internal.settings.SettingsSchema;
import org.yuzui.kernel.PluginContent;
import org.yuzui.spi.Settings;

/** A plugin whose bundle is resolved: its classes can be loaded and its settings read, and nothing of it runs yet. */
final class InstalledPlugin {

    private static final String SCHEMA = "settings.schema.json";

    private final EmbeddedFelix felix;
    private final StagedJar jar;
    private final Bundle bundle;
    private final SettingsSchema schema;

    private InstalledPlugin(EmbeddedFelix felix, StagedJar jar, Bundle bundle, SettingsSchema schema) {
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
            SettingsSchema schema = BundleContent.file(jar, bundle, SCHEMA, "")
                    .map(f -> SettingsSchema.parse(f.bytes(), f.path()))
                    .orElseGet(SettingsSchema::none);
            return new InstalledPlugin(felix, jar, bundle, schema);
        } catch (RuntimeException e) {
            felix.uninstall(bundle);
            throw e;
        }
    }

    StagedJar jar() {
        return jar;
    }

    Settings settings(SettingsFile file, Placeholders placeholders) {
        return schema.read(file, placeholders);
    }

    PluginContent content(Settings settings) {
        return new BundleContent(jar, bundle, settings);
    }

    /** Never throws. */
    void uninstall() {
        felix.uninstall(bundle);
    }
}
