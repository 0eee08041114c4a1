package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.yuzui.launcher.Hub;
import org.yuzui.launcher.HubConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs a real hub for a test class, in this process, on ephemeral ports and data of its own that is gone afterwards.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final HubExtension HUB = HubExtension.of()
 *         .plugin(PluginJar.of("meters", "1.0.0").file("contracts/meter.reading.v1.schema.json", SCHEMA))
 *         .route("to-file", ROUTE);
 * }</pre>
 */
public final class HubExtension implements BeforeAllCallback, AfterAllCallback {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNITS = """
            code,name,level,parent
            510000,四川省,province,
            510100,成都市,city,510000
            510104,锦江区,county,510100
            510104-H01,成都市锦江区示范医院,institution,510104
            510300,自贡市,city,510000
            510302,自流井区,county,510300
            510302-H01,自贡市自流井区示范医院,institution,510302
            """;

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, byte[]> plugins = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Path home;
    private Hub hub;

    private HubExtension() {
        files.put("config/hub.yaml", "node: {id: test}\nweb: {port: 0}\n");
        files.put("config/org/units.csv", UNITS);
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
        home = Files.createTempDirectory("yuzui-test");
        for (String folder : new String[] {"plugins", "routes", "config/plugins", "config/calendar"}) {
            Files.createDirectories(home.resolve(folder));
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = home.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        for (Map.Entry<String, byte[]> jar : plugins.entrySet()) {
            Files.write(home.resolve("plugins").resolve(jar.getKey()), jar.getValue());
        }
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (hub != null) {
            hub.close();
        }
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Starts the hub on the data of the last run. */
    public void start() {
        hub = Hub.start(HubConfig.load(home));
    }

    public void stop() {
        hub.close();
    }

    public Hub hub() {
        return hub;
    }

    /** The hub's home folder. */
    public Path home() {
        return home;
    }

    /** Writes a file under the home folder. */
    public void write(String path, String text) {
        try {
            Files.writeString(home.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON answer to {@code GET /api/v1<path>} as the bootstrap admin. */
    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /** The JSON answer to a {@code POST} of JSON. */
    public JsonNode post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder request(String path) {
        try {
            String token = Files.readString(home.resolve("data/bootstrap-token")).strip();
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.webPort() + "/api/v1" + path))
                    .header("Authorization", "Bearer " + token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() >= 400) {
                throw new IllegalStateException(request.uri() + " answered " + response.statusCode() + ": " + body);
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
