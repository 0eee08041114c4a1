package org.yuzui.plugin.assets;

import org.yuzui.testkit.BuiltPlugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;

/** The plugin's bundle, made of what the build has compiled: tests run before it is packaged. */
final class PluginUnderTest {

    private PluginUnderTest() {
    }

    static Path jar() {
        return BuiltPlugin.jar("assets");
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
