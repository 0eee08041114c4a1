package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The folder of the unpacked distribution, and the few things in it that a client command looks at. */
record Home(Path path) {

    static final String HUB_YAML = "config/hub.yaml";
    private static final int DEFAULT_PORT = 8088;

    /** Where a plugin listens for a protocol, as its settings say it. */
    record Listener(String plugin, String protocol, String host, int port) {
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

    /** Where its plugins listen. */
    List<Listener> listeners() {
        return PluginPorts.of(path);
    }

    /** The port that a plugin listens on for a protocol, such as {@code jt808}. */
    OptionalInt port(String plugin, String protocol) {
        return listeners().stream().filter(l -> l.plugin().equals(plugin) && l.protocol().equals(protocol))
                .mapToInt(Listener::port).findFirst();
    }
}
