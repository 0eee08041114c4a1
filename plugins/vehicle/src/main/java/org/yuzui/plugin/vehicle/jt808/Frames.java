package org.yuzui.plugin.vehicle.jt808;

import org.yuzui.plugin.vehicle.wire.BadMessage;
import org.yuzui.plugin.vehicle.wire.BadMessage.Reason;
import org.yuzui.plugin.vehicle.wire.ByteReader;
import org.yuzui.plugin.vehicle.wire.ByteWriter;

import java.util.Arrays;

/** Between the bytes of a frame and a message. Thread-safe. */
public final class Frames {

    /** Opens and closes a frame. */
    public static final int FLAG = 0x7E;
    private static final int ESCAPE = 0x7D;
    private static final int MOST_BODY = 0x3FF;
    /** A whole frame of which every byte is escaped, without its flags. */
    public static final int MOST_ESCAPED = 2 * (21 + MOST_BODY + 1);
    private static final int LEAST = 13;

    private Frames() {
    }

    /**
     * Reads what stands between the flags.
     *
     * @throws BadMessage when it is no message
     */
    public static Message decode(byte[] escaped) {
        byte[] frame = unescape(escaped);
        if (frame.length < LEAST) {
            throw new BadMessage(Reason.FRAME_TOO_SHORT, null, "A frame of " + frame.length + " bytes holds no header.");
        }
        int sum = 0;
        for (int i = 0; i < frame.length - 1; i++) {
            sum ^= frame[i];
        }
        if ((byte) sum != frame[frame.length - 1]) {
            throw new BadMessage(Reason.CHECKSUM, "checksum", "The checksum is %02X, the bytes give %02X."
                    .formatted(frame[frame.length - 1] & 0xFF, sum & 0xFF));
        }
        ByteReader in = new ByteReader(Arrays.copyOf(frame, frame.length - 1));
        int id = in.u16("message id");
        int properties = in.u16("properties");
        boolean v2019 = (properties & 0x4000) != 0;
        int protocol = v2019 ? in.u8("protocol version") : 0;
        String phone = in.bcd(v2019 ? 10 : 6, "telephone number");
        int seq = in.u16("serial number");
        boolean part = (properties & 0x2000) != 0;
        int total = part ? in.u16("sub-packets") : 0;
        int number = part ? in.u16("sub-packet") : 0;
        if (in.remaining() != (properties & MOST_BODY)) {
            throw new BadMessage(Reason.LENGTH, "properties", "The header announces a body of " + (properties & MOST_BODY)
                    + " bytes, " + in.remaining() + " came.");
        }
        if ((properties & 0x1C00) != 0) {
            throw new BadMessage(Reason.ENCRYPTED, "properties", "The body is encrypted (" + (properties >> 10 & 7)
                    + "); only plain bodies are read.");
        }
        if (part && (total == 0 || number == 0 || number > total)) {
            throw new BadMessage(Reason.BAD_SUB_PACKET, "sub-packet", "There is no sub-packet " + number + " of " + total + ".");
        }
        return new Message(new Header(id, v2019, protocol, phone, seq, total, number), in.rest());
    }

    /** The whole frame, flags included. */
    public static byte[] encode(Header header, byte[] body) {
        if (body.length > MOST_BODY) {
            throw new IllegalArgumentException("a body of " + body.length + " bytes needs sub-packets");
        }
        ByteWriter out = new ByteWriter().u16(header.id())
                .u16(body.length | (header.isPart() ? 0x2000 : 0) | (header.v2019() ? 0x4000 : 0));
        if (header.v2019()) {
            out.u8(header.protocol());
        }
        out.bcd(header.phone()).u16(header.seq());
        if (header.isPart()) {
            out.u16(header.total()).u16(header.number());
        }
        byte[] plain = out.bytes(body).toBytes();
        int sum = 0;
        for (byte b : plain) {
            sum ^= b;
        }
        ByteWriter frame = new ByteWriter().u8(FLAG);
        for (byte b : plain) {
            escape(frame, b);
        }
        escape(frame, (byte) sum);
        return frame.u8(FLAG).toBytes();
    }

    private static void escape(ByteWriter out, byte b) {
        if (b == FLAG) {
            out.u8(ESCAPE).u8(2);
        } else if (b == ESCAPE) {
            out.u8(ESCAPE).u8(1);
        } else {
            out.u8(b);
        }
    }

    private static byte[] unescape(byte[] escaped) {
        byte[] plain = new byte[escaped.length];
        int length = 0;
        for (int i = 0; i < escaped.length; i++) {
            byte b = escaped[i];
            if (b == ESCAPE) {
                int next = ++i < escaped.length ? escaped[i] : -1;
                if (next != 1 && next != 2) {
                    throw new BadMessage(Reason.BAD_ESCAPE, null, "0x7D is followed by neither 01 nor 02.");
                }
                b = (byte) (next == 1 ? ESCAPE : FLAG);
            }
            plain[length++] = b;
        }
        return Arrays.copyOf(plain, length);
    }
}
