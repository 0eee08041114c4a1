package org.yuzui.container.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** A plugin's files, classes and settings, out of its resolved bundle. */
final class BundleContent implements PluginContent {

    private static final String ROOT = "HUB-INF/";

    private final StagedJar jar;
    private final Bundle bundle;
    private final PluginDescriptor descriptor;
    private final Settings settings;

    /** @param descriptor the jar's, with what it listens on under these settings */
    BundleContent(StagedJar jar, Bundle bundle, PluginDescriptor descriptor, Settings settings) {
        this.jar = jar;
        this.bundle = bundle;
        this.descriptor = descriptor;
        this.settings = settings;
    }

    @Override
    public PluginDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public List<HubFile> files(String folder, String suffix) {
        Enumeration<String> paths = bundle.getEntryPaths(ROOT + folder + "/");
        if (paths == null) {
            return List.of();
        }
        return Collections.list(paths).stream()
                .filter(p -> p.endsWith(suffix) && !p.endsWith("/"))
                .sorted()
                .map(p -> file(jar, bundle, p, suffix))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A single file at that path below {@code HUB-INF/}. */
    static Optional<HubFile> file(StagedJar jar, Bundle bundle, String path, String suffix) {
        String full = path.startsWith(ROOT) ? path : ROOT + path;
        URL entry = bundle.getEntry(full);
        if (entry == null) {
            return Optional.empty();
        }
        String place = jar.name() + "!" + full;
        String name = full.substring(full.lastIndexOf('/') + 1);
        try (InputStream in = entry.openStream()) {
            return Optional.of(new HubFile(name.substring(0, name.length() - suffix.length()), place, in.readAllBytes()));
        } catch (IOException e) {
            throw new PluginException(new Problem("unreadable-file", place, "The entry can't be read: " + e.getMessage() + ".",
                    "Pack the jar anew."), e);
        }
    }

    @Override
    public ClassLoader classLoader() {
        return bundle.adapt(BundleWiring.class).getClassLoader();
    }

    @Override
    public Settings settings() {
        return settings;
    }
}
