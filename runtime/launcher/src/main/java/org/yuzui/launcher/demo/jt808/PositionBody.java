package org.yuzui.launcher.demo.jt808;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A position as a terminal tells it.
 *
 * @param mileage km
 * @param fuel    litres; negative when the terminal doesn't know
 */
record PositionBody(LocalDateTime at, double lat, double lng, double speed, int direction, boolean ignition, double mileage,
                    double fuel) {

    private static final int ALTITUDE = 500;

    byte[] bytes() {
        ByteBuffer b = ByteBuffer.allocate(fuel < 0 ? 34 : 38);
        b.putInt(0).putInt(ignition ? 3 : 2).putInt((int) Math.round(lat * 1e6)).putInt((int) Math.round(lng * 1e6))
                .putShort((short) ALTITUDE).putShort((short) Math.round(speed * 10)).putShort((short) direction);
        for (int part : new int[] {at.getYear() % 100, at.getMonthValue(), at.getDayOfMonth(), at.getHour(), at.getMinute(),
                at.getSecond()}) {
            b.put((byte) (part / 10 << 4 | part % 10));
        }
        b.put((byte) 1).put((byte) 4).putInt((int) Math.round(mileage * 10));
        if (fuel >= 0) {
            b.put((byte) 2).put((byte) 2).putShort((short) Math.round(fuel * 10));
        }
        return b.array();
    }

    /** A body 0x0704. */
    static byte[] batch(List<PositionBody> positions, boolean catchUp) {
        List<byte[]> bodies = positions.stream().map(PositionBody::bytes).toList();
        ByteBuffer b = ByteBuffer.allocate(3 + bodies.stream().mapToInt(x -> x.length + 2).sum());
        b.putShort((short) bodies.size()).put((byte) (catchUp ? 1 : 0));
        bodies.forEach(x -> b.putShort((short) x.length).put(x));
        return b.array();
    }
}
