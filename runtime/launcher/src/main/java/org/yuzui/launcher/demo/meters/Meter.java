package org.yuzui.launcher.demo.meters;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A meter, or an air conditioner's set-point, as the energy plugin's settings describe it.
 *
 * @param kind     {@code electricity, gas, heat, water, set-point}
 * @param protocol {@code dlt645, modbus-tcp, modbus-rtu}
 * @param address  of DL/T 645; null otherwise
 * @param decimals that the register shows
 * @param people   of its unit: they make its consumption
 */
record Meter(String id, String kind, String protocol, int port, String address, int device, int register, String table,
             String type, boolean lowFirst, int decimals, int people) {

    private static final String SETTINGS = "config/plugins/energy.yaml";
    private static final int FEW = 100;

    /** The meters of a site that are on this machine. */
    static List<Meter> of(Path home) {
        JsonNode root = YamlDocument.read(home.resolve(SETTINGS), SETTINGS).root();
        List<Meter> meters = new ArrayList<>();
        root.path("meters").properties().forEach(e -> add(meters, e.getKey(), e.getValue(), root));
        root.path("setPoints").properties().forEach(e -> add(meters, e.getKey(), e.getValue(), root));
        if (meters.isEmpty()) {
            throw new ProblemException(new Problem("no-meters", SETTINGS, "There are no meters on this machine.",
                    "Describe some there, under 'meters:', whose host is 127.0.0.1."));
        }
        return meters;
    }

    private static void add(List<Meter> meters, String id, JsonNode node, JsonNode root) {
        if (!List.of("127.0.0.1", "localhost").contains(node.path("host").asText("127.0.0.1"))) {
            return;
        }
        String scale = node.path("scale").asText("1");
        meters.add(new Meter(id, node.path("kind").asText("set-point"), node.path("protocol").asText(), node.path("port").asInt(),
                node.path("address").asText(null), node.path("device").asInt(1), node.path("register").asInt(),
                node.path("table").asText("holding"), node.path("type").asText("u32"), node.path("lowFirst").asBoolean(false),
                node.has("address") ? node.path("decimals").asInt(2) : Math.max(0, new BigDecimal(scale).scale()),
                root.path("units").path(node.path("unit").asText()).path("people").asInt(FEW)));
    }
}
