package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.energy.meter.Dlt645Read;
import org.yuzui.plugin.energy.meter.ModbusRead;
import org.yuzui.plugin.energy.meter.Request;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * What is asked where.
 *
 * @param id       of the meter or point in the settings
 * @param protocol as the settings name it
 * @param read     asks; a Modbus question is numbered anew each time
 */
record Probe(String id, String host, int port, String protocol, Request read) {

    private static final int MOST_TRANSACTION = 0x10000;

    /** The same question with a number by which a late answer to an earlier one is told apart. */
    Request question(int number) {
        return read instanceof ModbusRead m ? new ModbusRead(m.framing(), Math.floorMod(number, MOST_TRANSACTION), m.unit(), m.table(), m.register(),
                m.type(), m.lowFirst(), m.scale()) : read;
    }

    /** The same question with the number of one that was sent. */
    Request like(byte[] sent) {
        return read instanceof ModbusRead m && m.framing() == ModbusRead.Framing.TCP && sent.length > 1
                ? question((sent[0] & 0xFF) << 8 | sent[1] & 0xFF) : read;
    }

    /** Meters of one line can only be asked one after the other. */
    String line() {
        return host + ":" + port;
    }

    /** @throws IllegalArgumentException naming the entry, when its fields don't fit its protocol */
    static Probe of(String id, JsonNode node) {
        try {
            String protocol = node.path("protocol").asText();
            Request read = switch (protocol) {
                case "dlt645" -> dlt645(node);
                case "modbus-tcp" -> modbus(node, ModbusRead.Framing.TCP);
                case "modbus-rtu" -> modbus(node, ModbusRead.Framing.RTU);
                default -> throw new IllegalArgumentException("There is no protocol '" + protocol + "'.");
            };
            return new Probe(id, node.path("host").asText("127.0.0.1"), node.path("port").asInt(), protocol, read);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The setting '" + id + "' can't be used: " + e.getMessage(), e);
        }
    }

    static BigDecimal decimal(JsonNode node, String otherwise) {
        return new BigDecimal(node.isMissingNode() ? otherwise : node.asText());
    }

    private static Dlt645Read dlt645(JsonNode node) {
        if (!node.has("address")) {
            throw new IllegalArgumentException("A DL/T 645 meter needs its 'address'.");
        }
        String dataId = node.path("dataId").asText(Dlt645Read.FORWARD_ENERGY).toUpperCase(Locale.ROOT);
        int decimals = node.path("decimals").asInt(Dlt645Read.decimalsOf(dataId));
        if (decimals < 0) {
            throw new IllegalArgumentException("How many 'decimals' the data identifier " + dataId + " has is not known; say it.");
        }
        return new Dlt645Read(node.path("address").asText().toUpperCase(Locale.ROOT), dataId, decimals);
    }

    private static ModbusRead modbus(JsonNode node, ModbusRead.Framing framing) {
        if (!node.has("register")) {
            throw new IllegalArgumentException("A Modbus device needs a 'register'.");
        }
        return new ModbusRead(framing, 0, node.path("device").asInt(1),
                ModbusRead.Table.valueOf(node.path("table").asText("holding").toUpperCase(Locale.ROOT)),
                node.path("register").asInt(), ModbusRead.Type.valueOf(node.path("type").asText("u32").toUpperCase(Locale.ROOT)),
                node.path("lowFirst").asBoolean(false), decimal(node.path("scale"), "1"));
    }
}
