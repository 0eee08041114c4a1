package org.yuzui.plugin.vehicle.jt809;

import org.yuzui.plugin.vehicle.wire.BadMessage;
import org.yuzui.plugin.vehicle.wire.BadMessage.Reason;
import org.yuzui.plugin.vehicle.wire.ByteReader;
import org.yuzui.plugin.vehicle.wire.ByteWriter;

import java.util.Arrays;

/** Between the bytes of a frame and a message. Thread-safe. */
public final class Frames {

    public static final int FIRST = 0x5B;
    public static final int LAST = 0x5D;
    /** The longest that is taken, escapes counted: some hundred positions in one 0x1203. */
    public static final int MOST_ESCAPED = 64 * 1024;
    private static final int HEADER_2011 = 22;
    private static final int HEADER_2019 = 30;
    private static final int LOG_IN_2011 = 72;
    private static final int LOG_IN_2019 = 84;

    /** Which header a frame has: nothing in it says so. */
    public enum Standard {
        V2011, V2019,
        /** Not known yet: a log-in tells by its length. */
        UNKNOWN
    }

    private Frames() {
    }

    /**
     * Reads what stands between the flags. The body stays encrypted if it is.
     *
     * @throws BadMessage when it is no message
     */
    public static Message decode(byte[] escaped, Standard standard) {
        byte[] frame = unescape(escaped);
        boolean v2019 = standard == Standard.V2019
                || standard == Standard.UNKNOWN && frame.length + 2 == LOG_IN_2019;
        int header = v2019 ? HEADER_2019 : HEADER_2011;
        if (frame.length < header + 2) {
            throw new BadMessage(Reason.FRAME_TOO_SHORT, null, "A frame of " + frame.length + " bytes holds no header.");
        }
        int expected = (frame[frame.length - 2] & 0xFF) << 8 | frame[frame.length - 1] & 0xFF;
        int crc = crc(frame, frame.length - 2);
        if (crc != expected) {
            throw new BadMessage(Reason.CHECKSUM, "CRC", "The CRC is %04X, the bytes give %04X.".formatted(expected, crc));
        }
        ByteReader in = new ByteReader(Arrays.copyOf(frame, frame.length - 2));
        long length = in.u32("length");
        if (length != frame.length + 2) {
            throw new BadMessage(Reason.LENGTH, "length", "The header announces " + length + " bytes, "
                    + (frame.length + 2) + " came.");
        }
        long seq = in.u32("serial number");
        int id = in.u16("message id");
        long centre = in.u32("access code");
        int version = in.u8("version") << 16 | in.u16("version");
        boolean encrypted = in.u8("encryption") == 1;
        long key = in.u32("key");
        long time = v2019 ? in.u64("time") : 0;
        return new Message(new Header(id, seq, centre, version, encrypted, key, time, v2019), in.rest());
    }

    /** Whether a frame of this length can be a log-in. */
    public static boolean isLogIn(int lengthBetweenFlags) {
        return lengthBetweenFlags + 2 == LOG_IN_2011 || lengthBetweenFlags + 2 == LOG_IN_2019;
    }

    /** The plain message. @param cipher null when no constants were agreed on */
    public static Message decrypt(Message message, Cipher cipher) {
        if (!message.header().encrypted()) {
            return message;
        }
        if (cipher == null) {
            throw new BadMessage(Reason.ENCRYPTED, "encryption", "The body is encrypted, and the settings hold no m1, ia1 and"
                    + " ic1 for this platform.");
        }
        return new Message(message.header(), cipher.apply(message.body(), message.header().key()));
    }

    /** The whole frame, flags included. */
    public static byte[] encode(Header header, byte[] body) {
        int length = (header.v2019() ? HEADER_2019 : HEADER_2011) + body.length + 4;
        ByteWriter out = new ByteWriter().u32(length).u32(header.seq()).u16(header.id()).u32(header.centre())
                .u8(header.version() >> 16).u16(header.version()).u8(header.encrypted() ? 1 : 0).u32(header.key());
        if (header.v2019()) {
            out.u64(header.time());
        }
        byte[] plain = out.bytes(body).toBytes();
        byte[] checked = new ByteWriter().bytes(plain).u16(crc(plain, plain.length)).toBytes();
        ByteWriter frame = new ByteWriter().u8(FIRST);
        for (byte b : checked) {
            switch (b) {
                case 0x5B -> frame.u8(0x5A).u8(1);
                case 0x5A -> frame.u8(0x5A).u8(2);
                case 0x5D -> frame.u8(0x5E).u8(1);
                case 0x5E -> frame.u8(0x5E).u8(2);
                default -> frame.u8(b);
            }
        }
        return frame.u8(LAST).toBytes();
    }

    private static byte[] unescape(byte[] escaped) {
        byte[] plain = new byte[escaped.length];
        int length = 0;
        for (int i = 0; i < escaped.length; i++) {
            byte b = escaped[i];
            // Some platforms escape the flags only and send 0x5A and 0x5E as they are: the CRC tells whether that was meant.
            if ((b == 0x5A || b == 0x5E) && i + 1 < escaped.length && (escaped[i + 1] == 1 || escaped[i + 1] == 2)) {
                b = (byte) (escaped[++i] == 2 ? b : b + (b == 0x5A ? 1 : -1));
            }
            plain[length++] = b;
        }
        return Arrays.copyOf(plain, length);
    }

    /** CRC-16/CCITT-FALSE. */
    private static int crc(byte[] bytes, int length) {
        int crc = 0xFFFF;
        for (int i = 0; i < length; i++) {
            crc ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
        }
        return crc & 0xFFFF;
    }
}
