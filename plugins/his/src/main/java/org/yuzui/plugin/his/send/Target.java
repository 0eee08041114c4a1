package org.yuzui.plugin.his.send;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.his.mllp.Tls;
import org.yuzui.spi.Settings;

import javax.net.ssl.SSLContext;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A system that is sent to.
 *
 * @param units    whose records; empty for all
 * @param patience milliseconds for which a message that was sent and not answered holds up those after it
 * @param tls      null for a line in the clear
 */
record Target(String name, String contract, String host, int port, String application, String facility, Charset charset,
              String version, Set<String> units, int connectTimeout, int answerTimeout, int patience, SSLContext tls,
              boolean verifyHost) {

    /** @throws IllegalArgumentException naming a file of {@code tls} that can't be used */
    static List<Target> of(Settings settings) {
        List<Target> targets = new ArrayList<>();
        settings.tree().path("send").properties().forEach(e -> targets.add(of(e.getKey(), e.getValue())));
        return targets;
    }

    private static Target of(String name, JsonNode node) {
        Set<String> units = new HashSet<>();
        node.path("units").forEach(u -> units.add(u.asText()));
        JsonNode tls = node.path("tls");
        return new Target(name, node.path("contract").asText(), node.path("host").asText(), node.path("port").asInt(),
                node.path("application").asText(""), node.path("facility").asText(""),
                Charset.forName(node.path("charset").asText("UTF-8")), node.path("version").asText("2.4"), Set.copyOf(units),
                node.path("connectTimeout").asInt(10_000), node.path("answerTimeout").asInt(30_000), node.path("patience").asInt(600_000),
                tls.isObject() ? Tls.context(path(tls, "certificate"), path(tls, "key"), path(tls, "ca")) : null,
                tls.path("verifyHost").asBoolean(true));
    }

    private static Path path(JsonNode node, String field) {
        return node.hasNonNull(field) ? Path.of(node.get(field).asText()) : null;
    }

    boolean wants(String unit) {
        return units.isEmpty() || units.contains(unit);
    }

    /** The endpoint of its line. */
    String uri() {
        return "mllp:" + host + ":" + port + "?connectTimeout=" + connectTimeout + "&receiveTimeout=" + answerTimeout
                + "&verifyHost=" + verifyHost + (tls == null ? "" : "&clientContext=#bean:" + tlsBean());
    }

    String tlsBean() {
        return "tls-" + name;
    }
}
