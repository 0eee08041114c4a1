package org.yuzui.plugin.vehicle;

import org.yuzui.testkit.BuiltPlugin;
import org.yuzui.testkit.FreePorts;

import java.nio.file.Path;

/** The plugin's bundle, made of what the build has compiled: tests run before it is packaged. */
final class PluginUnderTest {

    private PluginUnderTest() {
    }

    static Path jar() {
        return BuiltPlugin.jar("vehicle");
    }

    static int freePort() {
        return FreePorts.next();
    }
}
