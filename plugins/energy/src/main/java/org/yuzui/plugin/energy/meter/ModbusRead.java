package org.yuzui.plugin.energy.meter;

import org.yuzui.plugin.energy.meter.BadReply.Reason;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads one value of a Modbus device. The function is that of one of the two tables that hold numbers, 03 or 04; there is no
 * other in here.
 *
 * @param framing     MBAP over TCP, or RTU frames with their CRC through a transparent gateway
 * @param transaction of MBAP; the answer has to name it
 * @param unit        the device behind the gateway, 0 to 255
 * @param register    the first one, from 0
 * @param lowFirst    whether the register with the low word comes first
 * @param scale       what the number is multiplied by, exactly
 */
public record ModbusRead(Framing framing, int transaction, int unit, Table table, int register, Type type, boolean lowFirst,
                         BigDecimal scale) implements Request {

    /** How a PDU travels. */
    public enum Framing { TCP, RTU }

    /** Which numbers; both are only ever read. */
    public enum Table {
        HOLDING(3), INPUT(4);

        private final int function;

        Table(int function) {
            this.function = function;
        }
    }

    /** What the registers hold. */
    public enum Type {
        U16(1), I16(1), U32(2), I32(2), F32(2), U64(4);

        private final int registers;

        Type(int registers) {
            this.registers = registers;
        }
    }

    private static final int MBAP = 7;
    private static final int FAILED = 0x80;

    /** @throws IllegalArgumentException when a number does not fit its field */
    public ModbusRead {
        if (unit < 0 || unit > 255 || register < 0 || register + type.registers > 65536 || transaction < 0 || transaction > 65535) {
            throw new IllegalArgumentException("A Modbus unit is 0 to 255 and a register 0 to 65535, not " + unit + " and " + register + ".");
        }
    }

    @Override
    public byte[] bytes() {
        byte[] pdu = {(byte) unit, (byte) table.function, (byte) (register >> 8), (byte) register, 0, (byte) type.registers};
        if (framing == Framing.RTU) {
            byte[] frame = Arrays.copyOf(pdu, 8);
            int crc = crc(pdu, 0, 6);
            frame[6] = (byte) crc;
            frame[7] = (byte) (crc >> 8);
            return frame;
        }
        byte[] frame = new byte[6 + pdu.length];
        frame[0] = (byte) (transaction >> 8);
        frame[1] = (byte) transaction;
        frame[5] = (byte) pdu.length;
        System.arraycopy(pdu, 0, frame, 6, pdu.length);
        return frame;
    }

    @Override
    public Reply find(byte[] b, int length) {
        return framing == Framing.TCP ? tcp(b, length) : rtu(b, length);
    }

    private Reply tcp(byte[] b, int length) {
        if (length < MBAP + 2) {
            return null;
        }
        int after = u16(b, 4);
        if (u16(b, 2) != 0) {
            throw new BadReply(Reason.NO_FRAME, "The answer is not Modbus: its protocol number is " + u16(b, 2) + ".");
        }
        if (after < 3 || after > 254) {
            throw new BadReply(Reason.LENGTH, "A Modbus frame of " + after + " bytes does not exist.");
        }
        if (length < 6 + after) {
            return null;
        }
        if (u16(b, 0) != transaction) {
            throw new BadReply(Reason.OTHER_TRANSACTION, "The answer belongs to the question " + u16(b, 0) + ", not to " + transaction + ".");
        }
        return pdu(b, 6, 6 + after);
    }

    private Reply rtu(byte[] b, int length) {
        if (length < 5) {
            return null;
        }
        int end = (b[1] & FAILED) != 0 ? 5 : 5 + (b[2] & 0xFF);
        if (length < end) {
            return null;
        }
        int crc = (b[end - 2] & 0xFF) | (b[end - 1] & 0xFF) << 8;
        if (crc(b, 0, end - 2) != crc) {
            throw new BadReply(Reason.CHECKSUM, "The CRC of a Modbus frame is wrong.");
        }
        return pdu(b, 0, end - 2);
    }

    /** @param from where the unit stands; the function follows */
    private Reply pdu(byte[] b, int from, int to) {
        if ((b[from] & 0xFF) != unit) {
            throw new BadReply(Reason.OTHER_METER, "The unit " + (b[from] & 0xFF) + " answered, and " + unit + " was asked.");
        }
        int function = b[from + 1] & 0xFF;
        if (function == (table.function | FAILED)) {
            throw new BadReply(Reason.METER_ERROR, "The device answers with the exception " + (b[from + 2] & 0xFF)
                    + (b[from + 2] == 2 ? " (illegal data address)." : "."));
        }
        if (function != table.function) {
            throw new BadReply(Reason.UNEXPECTED_FUNCTION, "The function " + function + " is no answer to a reading.");
        }
        int bytes = b[from + 2] & 0xFF;
        if (bytes != type.registers * 2 || to - from - 3 != bytes) {
            throw new BadReply(Reason.LENGTH, "The answer holds " + bytes + " bytes, and " + type.registers * 2 + " were asked for.");
        }
        return new Reply(Integer.toString(unit), number(words(b, from + 3)).multiply(scale));
    }

    private byte[] words(byte[] b, int from) {
        byte[] words = new byte[type.registers * 2];
        for (int w = 0; w < type.registers; w++) {
            int source = from + 2 * (lowFirst ? type.registers - 1 - w : w);
            words[2 * w] = b[source];
            words[2 * w + 1] = b[source + 1];
        }
        return words;
    }

    private BigDecimal number(byte[] words) {
        return switch (type) {
            case I16, I32 -> new BigDecimal(new BigInteger(words));
            case U16, U32, U64 -> new BigDecimal(new BigInteger(1, words));
            case F32 -> {
                float number = Float.intBitsToFloat(new BigInteger(words).intValue());
                if (!Float.isFinite(number)) {
                    throw new BadReply(Reason.BAD_VALUE, "The device answers with no number.");
                }
                yield new BigDecimal(Float.toString(number));
            }
        };
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
    }

    /** CRC-16 of Modbus: polynomial A001, begins with FFFF. */
    static int crc(byte[] b, int from, int to) {
        int crc = 0xFFFF;
        for (int i = from; i < to; i++) {
            crc ^= b[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xA001 : crc >> 1;
            }
        }
        return crc;
    }
}
