package org.yuzui.container;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.container.internal.FileReading;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.spi.Settings;

/** Reads a plugin's own files as the hub does at deployment, for whoever wants to know before. */
public final class PluginFiles {

    private PluginFiles() {
    }

    /**
     * {@code plugin.yaml}, held against a hub's version.
     *
     * @throws org.yuzui.kernel.ProblemException naming file, line and key
     */
    public static PluginDescriptor descriptor(byte[] bytes, String place, String hubVersion) {
        return FileReading.descriptor(bytes, place, hubVersion);
    }

    /**
     * {@code settings.schema.json}.
     *
     * @param written settings as a person would write them; an empty object for none
     * @return these over the schema's defaults, not held against the schema: what must be set may be missing
     * @throws org.yuzui.kernel.ProblemException naming the place in the schema that is wrong
     */
    public static Settings settings(byte[] schema, String place, JsonNode written) {
        return FileReading.settings(schema, place, written);
    }

    /** A plugin's version as OSGi writes it: {@code 1.0.0-rc.1} becomes {@code 1.0.0.rc_1}. */
    public static String osgiVersion(String version) {
        return FileReading.osgiVersion(version);
    }
}
