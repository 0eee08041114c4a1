package org.yuzui.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;

/** What a platform sends over its main link, JT/T 809-2011. */
final class Frame809 {

    static final int FIRST = 0x5B;
    static final int LAST = 0x5D;
    static final int LOG_IN = 0x1001;
    static final int LOG_OUT = 0x1003;
    static final int KEEP_ALIVE = 0x1005;
    private static final int DYNAMIC = 0x1200;
    private static final int POSITION = 0x1202;
    private static final int POSITIONS = 0x1203;
    private static final int HEADER = 22;
    private static final int GNSS = 36;
    private static final int PLATE = 21;
    private static final Charset GBK = Charset.forName("GBK");

    private Frame809() {
    }

    static byte[] logIn(long user, String password, int centre) {
        ByteBuffer body = ByteBuffer.allocate(46).putInt((int) user).put(password.getBytes(StandardCharsets.US_ASCII));
        return of(LOG_IN, 1, centre, body.array());
    }

    /** Ten seconds between two. @param count 1 makes 0x1202, more make 0x1203 */
    static byte[] positions(int seq, int centre, String plate, LocalDateTime first, int count, double longitude, double latitude) {
        int data = count == 1 ? GNSS : 1 + count * GNSS;
        ByteBuffer body = ByteBuffer.allocate(PLATE + 7 + data).put(plate.getBytes(GBK)).position(PLATE).put((byte) 2)
                .putShort((short) (count == 1 ? POSITION : POSITIONS)).putInt(data);
        if (count > 1) {
            body.put((byte) count);
        }
        for (int i = 0; i < count; i++) {
            LocalDateTime at = first.plusSeconds(10L * i);
            body.put((byte) 0).put((byte) at.getDayOfMonth()).put((byte) at.getMonthValue()).putShort((short) at.getYear())
                    .put((byte) at.getHour()).put((byte) at.getMinute()).put((byte) at.getSecond())
                    .putInt((int) ((longitude + i * 0.001) * 1e6)).putInt((int) (latitude * 1e6)).putShort((short) 40).putShort((short) 40)
                    .putInt(1000).putShort((short) 90).putShort((short) 500).putInt(3).putInt(0);
        }
        return of(DYNAMIC, seq, centre, body.array());
    }

    static byte[] of(int id, int seq, int centre, byte[] body) {
        ByteBuffer plain = ByteBuffer.allocate(HEADER + body.length + 2).putInt(HEADER + body.length + 4).putInt(seq).putShort((short) id)
                .putInt(centre).put((byte) 1).putShort((short) 0).put((byte) 0).putInt(0).put(body);
        plain.putShort((short) crc(plain.array(), plain.position()));
        ByteArrayOutputStream frame = new ByteArrayOutputStream(plain.capacity() + 16);
        frame.write(FIRST);
        for (byte b : plain.array()) {
            switch (b) {
                case 0x5A, 0x5B -> {
                    frame.write(0x5A);
                    frame.write(b == 0x5B ? 1 : 2);
                }
                case 0x5D, 0x5E -> {
                    frame.write(0x5E);
                    frame.write(b == 0x5D ? 1 : 2);
                }
                default -> frame.write(b);
            }
        }
        frame.write(LAST);
        return frame.toByteArray();
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
