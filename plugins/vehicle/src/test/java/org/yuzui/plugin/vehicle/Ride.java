package org.yuzui.plugin.vehicle;

import org.yuzui.plugin.vehicle.wire.ByteWriter;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Position bodies of a drive to the north from a place in Chengdu: one each half minute, the odometer going with it. */
final class Ride {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyMMddHHmmss");
    private static final double KM_PER_DEGREE = 111.2;

    private final List<byte[]> bodies = new ArrayList<>();
    private LocalDateTime at;
    private double km;
    private double lat = 30.66;

    Ride(String start, double odometer) {
        this.at = LocalDateTime.parse(start);
        this.km = odometer;
    }

    /** Drives for so long, at km/h. */
    Ride drive(int minutes, double speed) {
        for (int i = 0; i < minutes * 2; i++) {
            at = at.plusSeconds(30);
            km += speed / 120;
            lat += speed / 120 / KM_PER_DEGREE;
            add(true, speed);
        }
        return this;
    }

    /** Stands with the engine on or off. */
    Ride stand(int minutes, boolean ignition) {
        for (int i = 0; i < minutes * 2; i++) {
            at = at.plusSeconds(30);
            add(ignition, 0);
        }
        return this;
    }

    Ride stop() {
        at = at.plusSeconds(30);
        add(false, 0);
        return this;
    }

    private void add(boolean ignition, double speed) {
        bodies.add(new ByteWriter().u32(0).u32(ignition ? 3 : 2).u32(Math.round(lat * 1e6)).u32(104_065_735).u16(500)
                .u16((int) Math.round(speed * 10)).u16(0).bcd(STAMP.format(at)).u8(1).u8(4).u32(Math.round(km * 10)).toBytes());
    }

    List<byte[]> bodies() {
        return bodies;
    }

    /** A body 0x0704. */
    static byte[] batch(List<byte[]> bodies) {
        ByteWriter batch = new ByteWriter().u16(bodies.size()).u8(1);
        bodies.forEach(b -> batch.u16(b.length).bytes(b));
        return batch.toBytes();
    }
}
