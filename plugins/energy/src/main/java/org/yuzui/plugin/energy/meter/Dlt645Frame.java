package org.yuzui.plugin.energy.meter;

import org.yuzui.plugin.energy.meter.BadReply.Reason;

import java.util.Arrays;

/**
 * A frame of DL/T 645-2007: 68, address (BCD, low byte first), 68, control, length, data + 33h each, sum, 16.
 *
 * @param address twelve digits as they stand on the meter; AA for a byte that stands for any
 * @param data    without the 33h that the line adds
 * @param end     index of the byte after the frame in what it was found in
 */
public record Dlt645Frame(String address, int control, byte[] data, int end) {

    /** The standard's limit for what is read. */
    static final int MOST_DATA = 200;
    private static final int BEGIN = 0x68;
    private static final int END = 0x16;
    private static final int ADDED = 0x33;
    private static final int AROUND = 12;

    /**
     * The first frame of a text of bytes, whatever stands before it.
     *
     * @throws BadReply when there is none
     */
    public static Dlt645Frame decode(byte[] bytes) {
        Dlt645Frame frame = find(bytes, 0, bytes.length);
        if (frame == null) {
            throw new BadReply(indexOf(bytes, BEGIN) < 0 ? Reason.NO_FRAME : Reason.TRUNCATED,
                    "There is no whole DL/T 645 frame in " + bytes.length + " bytes.");
        }
        return frame;
    }

    /**
     * The first frame from an index on. A 68 that begins no frame is passed over, and so is noise before one.
     *
     * @return null when there is none yet
     * @throws BadReply {@code CHECKSUM} when the last that has arrived is a frame whose sum is wrong
     */
    static Dlt645Frame find(byte[] b, int from, int length) {
        boolean wrongSum = false;
        for (int i = from; i + AROUND <= length; i++) {
            if ((b[i] & 0xFF) != BEGIN || (b[i + 7] & 0xFF) != BEGIN) {
                continue;
            }
            String address = address(b, i + 1);
            int data = b[i + 9] & 0xFF;
            int end = i + AROUND + data;
            if (address == null || data > MOST_DATA || end > length || (b[end - 1] & 0xFF) != END) {
                continue;
            }
            if (sum(b, i, end - 2) != (b[end - 2] & 0xFF)) {
                wrongSum |= end == length;
                continue;
            }
            byte[] own = Arrays.copyOfRange(b, i + 10, end - 2);
            for (int k = 0; k < own.length; k++) {
                own[k] -= ADDED;
            }
            return new Dlt645Frame(address, b[i + 8] & 0xFF, own, end);
        }
        if (wrongSum) {
            throw new BadReply(Reason.CHECKSUM, "The sum of a DL/T 645 frame is wrong.");
        }
        return null;
    }

    /** A data identifier as it is written, high byte first; empty when the data are too short. */
    String dataId() {
        return data.length < 4 ? "" : hex(new byte[] {data[3], data[2], data[1], data[0]});
    }

    static int sum(byte[] b, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += b[i] & 0xFF;
        }
        return sum & 0xFF;
    }

    static byte added(int value) {
        return (byte) (value + ADDED);
    }

    static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 2);
        for (byte b : bytes) {
            text.append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xF, 16)))
                    .append(Character.toUpperCase(Character.forDigit(b & 0xF, 16)));
        }
        return text.toString();
    }

    /** @return null when the six bytes are no address */
    private static String address(byte[] b, int from) {
        byte[] turned = new byte[6];
        for (int k = 0; k < 6; k++) {
            int value = b[from + 5 - k] & 0xFF;
            if (value != 0xAA && ((value >> 4) > 9 || (value & 0xF) > 9)) {
                return null;
            }
            turned[k] = (byte) value;
        }
        return hex(turned);
    }

    private static int indexOf(byte[] bytes, int value) {
        for (int i = 0; i < bytes.length; i++) {
            if ((bytes[i] & 0xFF) == value) {
                return i;
            }
        }
        return -1;
    }
}
