package org.yuzui.plugin.energy.meter;

import org.yuzui.plugin.energy.meter.BadReply.Reason;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads one value of a DL/T 645-2007 meter. Its control code is that of reading, and there is no other in here.
 *
 * @param address  twelve digits as they stand on the meter; AAAAAAAAAAAA asks the only meter of a line
 * @param dataId   eight hexadecimal digits, high byte first: 00010000 is the forward active energy
 * @param decimals digits behind the point
 */
public record Dlt645Read(String address, String dataId, int decimals) implements Request {

    /** Forward active energy, total, XXXXXX.XX kWh. */
    public static final String FORWARD_ENERGY = "00010000";

    private static final int READ = 0x11;
    private static final int REPLY = 0x91;
    private static final int REPLY_WITH_MORE = 0xB1;
    private static final int REPLY_ERROR = 0xD1;
    /** Wakes a meter's receiver. */
    private static final int PREAMBLE = 4;
    private static final int MOST_DIGIT_BYTES = 8;
    private static final Pattern ADDRESS = Pattern.compile("(\\d\\d|AA){6}");
    private static final Pattern DATA_ID = Pattern.compile("[0-9A-F]{8}");
    /** Digits behind the point; of other identifiers a site says them. */
    private static final Map<String, Integer> DECIMALS = Map.of(FORWARD_ENERGY, 2, "00020000", 2, "02010100", 1,
            "02030000", 4, "02060000", 3);
    /** Identifiers (first two bytes) whose highest bit is a sign: power and power factor. */
    private static final Pattern SIGNED = Pattern.compile("02(03|04|06).{4}");

    /** @throws IllegalArgumentException when address or identifier are none */
    public Dlt645Read {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("A DL/T 645 address has twelve digits, such as 000022204546, not '" + address + "'.");
        }
        if (!DATA_ID.matcher(dataId).matches() || decimals < 0 || decimals > 8) {
            throw new IllegalArgumentException("A data identifier has eight hexadecimal digits, such as 00010000, and 0 to 8"
                    + " decimals; not '" + dataId + "' with " + decimals + ".");
        }
    }

    /** Digits behind the point as the standard has them; -1 when they are not known here. */
    public static int decimalsOf(String dataId) {
        return DECIMALS.getOrDefault(dataId, -1);
    }

    @Override
    public byte[] bytes() {
        byte[] to = HexFormat.of().parseHex(address);
        byte[] id = HexFormat.of().parseHex(dataId);
        byte[] frame = new byte[PREAMBLE + 16];
        int at = PREAMBLE;
        java.util.Arrays.fill(frame, 0, PREAMBLE, (byte) 0xFE);
        frame[at++] = 0x68;
        for (int i = 5; i >= 0; i--) {
            frame[at++] = to[i];
        }
        frame[at++] = 0x68;
        frame[at++] = READ;
        frame[at++] = 4;
        for (int i = 3; i >= 0; i--) {
            frame[at++] = Dlt645Frame.added(id[i]);
        }
        frame[at] = (byte) Dlt645Frame.sum(frame, PREAMBLE, at);
        frame[at + 1] = 0x16;
        return frame;
    }

    @Override
    public Reply find(byte[] received, int length) {
        int from = 0;
        while (true) {
            Dlt645Frame frame = Dlt645Frame.find(received, from, length);
            if (frame == null) {
                return null;
            }
            if (frame.control() != READ) { // a gateway may send back what it was given
                return read(frame);
            }
            from = frame.end();
        }
    }

    private Reply read(Dlt645Frame frame) {
        if (!answers(frame.address())) {
            throw new BadReply(Reason.OTHER_METER, "The meter " + frame.address() + " answered, and " + address + " was asked.");
        }
        switch (frame.control()) {
            case REPLY -> {
                return value(frame);
            }
            case REPLY_ERROR -> throw new BadReply(Reason.METER_ERROR, "The meter answers with the error "
                    + Dlt645Frame.hex(frame.data()) + ".");
            case REPLY_WITH_MORE -> throw new BadReply(Reason.LENGTH, "The meter announces further frames; one value needs one.");
            default -> throw new BadReply(Reason.UNEXPECTED_FUNCTION, "A frame with the control code "
                    + Dlt645Frame.hex(new byte[] {(byte) frame.control()}) + " is no answer to a reading.");
        }
    }

    private Reply value(Dlt645Frame frame) {
        byte[] data = frame.data();
        if (data.length <= 4) {
            throw new BadReply(Reason.EMPTY, "The meter's answer holds no value.");
        }
        if (!frame.dataId().equals(dataId)) {
            throw new BadReply(Reason.OTHER_DATA, "The meter answers " + frame.dataId() + ", and " + dataId + " was asked for.");
        }
        if (data.length > 4 + MOST_DIGIT_BYTES) {
            throw new BadReply(Reason.LENGTH, "The meter's value has " + (data.length - 4) + " bytes.");
        }
        boolean negative = false;
        StringBuilder digits = new StringBuilder();
        for (int i = data.length - 1; i >= 4; i--) {
            int b = data[i] & 0xFF;
            if (i == data.length - 1 && SIGNED.matcher(dataId).matches()) {
                negative = b >= 0x80;
                b &= 0x7F;
            }
            if (b >> 4 > 9 || (b & 0xF) > 9) {
                throw new BadReply(Reason.BAD_VALUE, "The meter's value has digits that are none.");
            }
            digits.append(b >> 4).append(b & 0xF);
        }
        BigDecimal value = new BigDecimal(new BigInteger(digits.toString()), decimals);
        return new Reply(frame.address(), negative ? value.negate() : value);
    }

    private boolean answers(String other) {
        for (int i = 0; i < 12; i += 2) {
            if (!address.startsWith("AA", i) && !address.regionMatches(i, other, i, 2)) {
                return false;
            }
        }
        return true;
    }
}
