package org.yuzui.container.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** The readers of a deployment, for files that lie in no jar yet. */
public final class FileReading {

    private FileReading() {
    }

    public static PluginDescriptor descriptor(byte[] bytes, String place, String hubVersion) {
        return JarStage.descriptor(bytes, place, hubVersion);
    }

    public static Settings settings(byte[] schema, String place, JsonNode written) {
        SettingsSchema.parse(schema, place);
        try {
            JsonNode tree = new SchemaDefaults(new ObjectMapper().readTree(schema), Set.of()).apply(written);
            return tree.isObject() ? Settings.of(tree) : Settings.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String osgiVersion(String version) {
        return PluginVersion.of(version).osgi();
    }
}
