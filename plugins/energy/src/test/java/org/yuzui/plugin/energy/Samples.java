package org.yuzui.plugin.energy;

import org.yuzui.plugin.energy.meter.Dlt645Read;
import org.yuzui.plugin.energy.meter.ModbusRead;
import org.yuzui.plugin.energy.meter.Request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The rows of samples.csv. */
public final class Samples {

    /** A row. */
    public record Sample(String name, String protocol, String role, byte[] frame, String address, String data, String expect) {

        public boolean isRequest() {
            return role.equals("request");
        }

        /** Whether a value is expected of it, and not a refusal. */
        public boolean hasValue() {
            return Character.isDigit(expect.charAt(0));
        }

        /** The question that it is, or that it answers. */
        public Request question() {
            if (protocol.equals("dlt645")) {
                return new Dlt645Read(address, data, Math.max(0, Dlt645Read.decimalsOf(data)));
            }
            String[] parts = data.split(":");
            return new ModbusRead(protocol.equals("modbus-tcp") ? ModbusRead.Framing.TCP : ModbusRead.Framing.RTU, 0,
                    Integer.parseInt(address), ModbusRead.Table.valueOf(parts[0].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[1]),
                    ModbusRead.Type.valueOf(parts[2].toUpperCase(Locale.ROOT)), false, BigDecimal.ONE);
        }

        /** The same as settings. */
        String settings(int port) {
            if (protocol.equals("dlt645")) {
                return "{unit: 510105-G01, kind: electricity, protocol: dlt645, port: %d, address: \"%s\", dataId: \"%s\", decimals: %d}"
                        .formatted(port, address, data, Math.max(0, Dlt645Read.decimalsOf(data)));
            }
            String[] parts = data.split(":");
            return "{unit: 510105-G01, kind: electricity, protocol: %s, port: %d, device: %s, table: %s, register: %s, type: %s}"
                    .formatted(protocol, port, address, parts[0], parts[1], parts[2]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Samples() {
    }

    public static List<Sample> all() {
        try (InputStream in = Samples.class.getResourceAsStream("/samples.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(line -> line.split(",", -1))
                    .map(c -> new Sample(c[0], c[1], c[2], HexFormat.of().parseHex(c[3]), c[4], c[5], c[6])).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a well-behaved meter answers to any question that the plugin can send: one for each byte of its digits, or registers. */
    public static byte[] answer(byte[] request) {
        int at = 0;
        while (at < request.length && request[at] == (byte) 0xFE) {
            at++;
        }
        if (request[at] == 0x68 && request.length - at == 16) {
            byte[] frame = new byte[20];
            System.arraycopy(request, at, frame, 0, 14);
            frame[8] = (byte) 0x91;
            frame[9] = 8;
            for (int i = 14; i < 18; i++) {
                frame[i] = 0x34; // 01
            }
            if (frame[1] == (byte) 0xAA) {
                for (int i = 1; i <= 6; i++) {
                    frame[i] = 0x11;
                }
            }
            int sum = 0;
            for (int i = 0; i < 18; i++) {
                sum += frame[i];
            }
            frame[18] = (byte) sum;
            frame[19] = 0x16;
            return frame;
        }
        boolean tcp = request.length == 12;
        int registers = request[tcp ? 11 : 5];
        byte[] pdu = new byte[3 + 2 * registers];
        System.arraycopy(request, tcp ? 6 : 0, pdu, 0, 2);
        pdu[2] = (byte) (2 * registers);
        pdu[pdu.length - 1] = 7;
        byte[] frame = new byte[pdu.length + (tcp ? 6 : 2)];
        System.arraycopy(pdu, 0, frame, tcp ? 6 : 0, pdu.length);
        if (tcp) {
            frame[0] = request[0];
            frame[1] = request[1];
            frame[5] = (byte) pdu.length;
        } else {
            int crc = 0xFFFF;
            for (byte b : pdu) {
                crc ^= b & 0xFF;
                for (int bit = 0; bit < 8; bit++) {
                    crc = (crc & 1) != 0 ? crc >> 1 ^ 0xA001 : crc >> 1;
                }
            }
            frame[pdu.length] = (byte) crc;
            frame[pdu.length + 1] = (byte) (crc >> 8);
        }
        return frame;
    }
}
