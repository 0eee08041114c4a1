package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of the unpacked distribution, and the few things in it that a client command looks at. */
record Home(Path path) {

    static final String HUB_YAML = "config/hub.yaml";
    private static final int DEFAULT_PORT = 8088;

    /** Where something listens, as a plugin's settings say it. */
    record Listener(String plugin, String host, int port) {
    }

    /** {@code YUZUI_HOME}, which {@code bin/yuzui} sets; the working folder without it. */
    static Home locate() {
        String home = System.getenv("YUZUI_HOME");
        return new Home(Path.of(home == null || home.isBlank() ? "." : home).toAbsolutePath().normalize());
    }

    /** Address of this home's own hub. */
    String url() {
        return url(webHost(), webPort());
    }

    /** Address under which a hub that listens there is reached from this machine. */
    static String url(String host, int port) {
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String name = everywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + port;
    }

    String webHost() {
        return web().path("host").asText("127.0.0.1");
    }

    int webPort() {
        return web().path("port").asInt(DEFAULT_PORT);
    }

    /** A configuration that can't be read is the hub's to complain about, not a client's: it goes by the defaults then. */
    private JsonNode web() {
        try {
            return YamlDocument.read(path.resolve(HUB_YAML), HUB_YAML).root().path("web");
        } catch (ProblemException e) {
            return MissingNode.getInstance();
        }
    }

    Path tokenFile() {
        return path.resolve("data/bootstrap-token");
    }

    Optional<String> token() {
        try {
            return Optional.of(Files.readString(tokenFile()).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the plugins' settings ({@code listen.host}, {@code listen.port}) say; unreadable ones are passed over. */
    List<Listener> listeners() {
        List<Listener> listeners = new ArrayList<>();
        try (Stream<Path> files = Files.list(path.resolve("config/plugins"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                String plugin = file.getFileName().toString().replace(".yaml", "");
                JsonNode listen = YamlDocument.read(file, plugin).root().path("listen");
                if (listen.path("port").isInt()) {
                    listeners.add(new Listener(plugin, listen.path("host").asText("127.0.0.1"), listen.path("port").asInt()));
                }
            }
        } catch (IOException | ProblemException e) {
            return listeners;
        }
        return listeners;
    }
}
