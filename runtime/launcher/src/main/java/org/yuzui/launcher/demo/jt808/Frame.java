package org.yuzui.launcher.demo.jt808;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A message of JT/T 808-2013, as a terminal writes it, and the platform's answers as it reads them. */
record Frame(int id, int seq, byte[] body) {

    static final int REGISTER = 0x0100;
    static final int AUTHENTICATE = 0x0102;
    static final int POSITION = 0x0200;
    static final int BATCH = 0x0704;
    static final int REPLY = 0x8001;
    static final int REGISTERED = 0x8100;
    private static final int FLAG = 0x7E;
    private static final int ESCAPE = 0x7D;

    /** The bytes of the frame. @param phone twelve digits */
    byte[] bytes(String phone) {
        ByteBuffer plain = ByteBuffer.allocate(12 + body.length);
        plain.putShort((short) id).putShort((short) body.length);
        for (int i = 0; i < 12; i += 2) {
            plain.put((byte) ((phone.charAt(i) - '0') << 4 | phone.charAt(i + 1) - '0'));
        }
        plain.putShort((short) seq).put(body);
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.capacity() + 8);
        out.write(FLAG);
        int sum = 0;
        for (byte b : plain.array()) {
            sum ^= b;
            escape(out, b);
        }
        escape(out, sum);
        out.write(FLAG);
        return out.toByteArray();
    }

    private static void escape(ByteArrayOutputStream out, int b) {
        int value = b & 0xFF;
        if (value == FLAG || value == ESCAPE) {
            out.write(ESCAPE);
            out.write(value == FLAG ? 2 : 1);
        } else {
            out.write(value);
        }
    }

    /** Takes the next whole frame off a buffer that is ready to be read; null when there is none yet. */
    static Frame read(ByteBuffer in) {
        while (in.hasRemaining()) {
            int start = in.position();
            if (in.get(start) != FLAG) {
                in.position(start + 1);
                continue;
            }
            int end = start + 1;
            while (end < in.limit() && in.get(end) != FLAG) {
                end++;
            }
            if (end == in.limit()) {
                return null;
            }
            in.position(end + 1);
            if (end - start > 13) {
                return decode(in, start + 1, end);
            }
            in.position(end); // what closed nothing opens the next one
        }
        return null;
    }

    private static Frame decode(ByteBuffer in, int from, int to) {
        ByteBuffer plain = ByteBuffer.allocate(to - from);
        for (int i = from; i < to; i++) {
            byte b = in.get(i);
            plain.put(b == ESCAPE && i + 1 < to ? (byte) (in.get(++i) == 2 ? FLAG : ESCAPE) : b);
        }
        plain.flip();
        int id = plain.getShort() & 0xFFFF;
        plain.position(10);
        int seq = plain.getShort() & 0xFFFF;
        byte[] body = new byte[Math.max(0, plain.remaining() - 1)];
        plain.get(body);
        return new Frame(id, seq, body);
    }
}
