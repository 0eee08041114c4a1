package org.yuzui.kernel;

import org.yuzui.spi.Settings;

import java.util.List;

/** A plugin as the hub's rooms see it: a folder of files, settings and a class loader; OSGi stays behind it. */
public interface PluginContent {

    PluginDescriptor descriptor();

    /** The files directly in {@code HUB-INF/<folder>/} that end in {@code suffix}, sorted by name. */
    List<HubFile> files(String folder, String suffix);

    /** Loads the plugin's own classes first from its bundle, then what the hub exports. */
    ClassLoader classLoader();

    Settings settings();

    /**
     * A file of the plugin.
     *
     * @param id   its name without the suffix: {@code his.visit.v1}
     * @param path for messages: {@code his-0.1.0.jar!HUB-INF/contracts/his.visit.v1.schema.json}
     */
    record HubFile(String id, String path, byte[] bytes) {

        @Override
        public boolean equals(Object o) {
            return o instanceof HubFile f && path.equals(f.path) && java.util.Arrays.equals(bytes, f.bytes);
        }

        @Override
        public int hashCode() {
            return path.hashCode();
        }

        @Override
        public String toString() {
            return path;
        }
    }
}
