package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the plugins of a home listen, as their {@code listens} and settings say it: {@code http {{http.port}}} is the port of
 * the setting, on the host that stands beside it. For people and senders; a hub asks its plugins.
 */
final class PluginPorts {

    private static final Pattern SETTING = Pattern.compile("(\\S+) \\{\\{\\s*(\\S+)\\.port\\s*}}");

    private PluginPorts() {
    }

    /** What can't be read is passed over: it is the hub's to complain about. */
    static List<Home.Listener> of(Path home) {
        List<Home.Listener> listeners = new ArrayList<>();
        try (Stream<Path> files = Files.list(home.resolve("plugins"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
                listeners.addAll(ofPlugin(home, file));
            }
        } catch (IOException e) {
            return listeners;
        }
        return listeners;
    }

    private static List<Home.Listener> ofPlugin(Path home, Path file) {
        List<Home.Listener> listeners = new ArrayList<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            Optional<byte[]> descriptor = entry(jar, "HUB-INF/plugin.yaml");
            if (descriptor.isEmpty()) {
                return listeners;
            }
            PluginDescriptor plugin = PluginDescriptor.read(descriptor.get(), file.toString());
            JsonNode settings = settings(home, plugin.id());
            Optional<byte[]> schema = entry(jar, "HUB-INF/settings.schema.json");
            JsonNode defaults = schema.isEmpty() ? MissingNode.getInstance() : HubClient.JSON.readTree(schema.get());
            for (String listens : plugin.listens()) {
                Matcher m = SETTING.matcher(listens);
                if (m.matches()) {
                    int port = value(settings, defaults, m.group(2), "port").asInt();
                    String host = value(settings, defaults, m.group(2), "host").asText("127.0.0.1");
                    listeners.add(new Home.Listener(plugin.id(), m.group(1), host, port));
                }
            }
        } catch (IOException | ProblemException e) {
            return List.of();
        }
        return listeners;
    }

    private static JsonNode settings(Path home, String plugin) {
        Path file = home.resolve("config/plugins/" + plugin + ".yaml");
        return Files.exists(file) ? YamlDocument.read(file, plugin).root() : MissingNode.getInstance();
    }

    /** A setting such as {@code listen.port}: as it is set, or its default. */
    private static JsonNode value(JsonNode settings, JsonNode schema, String dotted, String name) {
        JsonNode set = settings;
        JsonNode known = schema;
        for (String step : (dotted + "." + name).split("\\.")) {
            set = set.path(step);
            known = known.path("properties").path(step);
        }
        return set.isMissingNode() ? known.path("default") : set;
    }

    private static Optional<byte[]> entry(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Optional.of(in.readAllBytes());
        }
    }
}
