package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.yuzui.launcher.Hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a real hub for a test class, in this process, on ephemeral ports and data of its own that is gone afterwards.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final HubExtension HUB = HubExtension.of()
 *         .plugin(PluginJar.of("meters", "1.0.0").file("contracts/meter.reading.v1.schema.json", SCHEMA))
 *         .route("to-file", ROUTE);
 * }</pre>
 *
 * What is due once a minute or more seldom runs when the test runs it; see {@link TestHub#start}.
 */
public final class HubExtension implements BeforeAllCallback, AfterAllCallback {

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, byte[]> plugins = new LinkedHashMap<>();
    private TestHub hub;

    private HubExtension() {
    }

    /** A hub with two cities, two hospitals and no plugin. */
    public static HubExtension of() {
        return new HubExtension();
    }

    public HubExtension plugin(PluginJar jar) {
        plugins.put("plugin-" + plugins.size() + ".jar", jar.bytes());
        return this;
    }

    /** A built jar. */
    public HubExtension plugin(Path jar) {
        try {
            plugins.put(jar.getFileName().toString(), Files.readAllBytes(jar));
        } catch (IOException e) {
            throw new UncheckedIOException("Build the plugin first: " + jar, e);
        }
        return this;
    }

    /** {@code config/plugins/<id>.yaml}. */
    public HubExtension settings(String plugin, String yaml) {
        return file("config/plugins/" + plugin + ".yaml", yaml);
    }

    /** {@code routes/<name>.camel.yaml}. */
    public HubExtension route(String name, String yaml) {
        return file("routes/" + name + ".camel.yaml", yaml);
    }

    /** Any file of the hub's home, replacing what stands there by default. */
    public HubExtension file(String path, String text) {
        files.put(path, text);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        hub = TestHub.in(Files.createTempDirectory("yuzui-test"));
        files.forEach(hub::write);
        for (Map.Entry<String, byte[]> jar : plugins.entrySet()) {
            Files.write(home().resolve("plugins").resolve(jar.getKey()), jar.getValue());
        }
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        hub.close();
        TestHub.delete(home());
    }

    /** Starts the hub on the data of the last run. */
    public void start() {
        hub.start();
    }

    public void stop() {
        hub.stop();
    }

    public Hub hub() {
        return hub.hub();
    }

    /** The hub's home folder. */
    public Path home() {
        return hub.home();
    }

    /** Writes a file under the home folder. */
    public void write(String path, String text) {
        hub.write(path, text);
    }

    /** The JSON answer to {@code GET /api/v1<path>} as the bootstrap admin. */
    public JsonNode get(String path) {
        return hub.get(path);
    }

    /** The JSON answer to a {@code POST} of JSON. */
    public JsonNode post(String path, String body) {
        return hub.post(path, body);
    }
}
