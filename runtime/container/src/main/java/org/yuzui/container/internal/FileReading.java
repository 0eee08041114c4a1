package org.yuzui.container.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.container.internal.settings.SettingsReading;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.spi.Settings;

/** The readers of a deployment, for files that lie in no jar yet. */
public final class FileReading {

    private FileReading() {
    }

    public static PluginDescriptor descriptor(byte[] bytes, String place, String hubVersion) {
        return JarStage.descriptor(bytes, place, hubVersion);
    }

    public static Settings settings(byte[] schema, String place, JsonNode written) {
        return SettingsReading.settings(schema, place, written);
    }

    public static String osgiVersion(String version) {
        return PluginVersion.of(version).osgi();
    }
}
