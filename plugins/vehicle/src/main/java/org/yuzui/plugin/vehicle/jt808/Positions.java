package org.yuzui.plugin.vehicle.jt808;

import org.yuzui.plugin.vehicle.wire.BadMessage;
import org.yuzui.plugin.vehicle.wire.BadMessage.Reason;
import org.yuzui.plugin.vehicle.wire.ByteReader;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads the bodies that hold positions. */
public final class Positions {

    private static final int MILEAGE = 0x01;
    private static final int FUEL = 0x02;
    private static final int LEAST = 28;

    private Positions() {
    }

    /**
     * Reads what 0x0200, 0x0201 and 0x0704 hold.
     *
     * @throws BadMessage also when only one position of a batch can't be read: it is acknowledged as one
     */
    public static List<Position> decode(int id, byte[] body) {
        ByteReader in = new ByteReader(body);
        return switch (id) {
            case Header.POSITION -> List.of(one(in));
            case Header.POSITION_REPLY -> {
                in.u16("serial number of the question");
                yield List.of(one(in));
            }
            case Header.BATCH -> batch(in);
            default -> throw new IllegalArgumentException(Header.idText(id) + " holds no positions");
        };
    }

    /** Whether a batch was kept by the terminal while it had no line: it comes late. */
    public static boolean isCatchUp(int id, byte[] body) {
        return id == Header.BATCH && body.length > 2 && body[2] == 1;
    }

    private static List<Position> batch(ByteReader in) {
        int count = in.u16("count");
        in.u8("type");
        if (count * (LEAST + 2L) > in.remaining()) {
            throw new BadMessage(Reason.BAD_BATCH, "count", "The batch announces " + count + " positions, "
                    + in.remaining() + " bytes can't hold them.");
        }
        List<Position> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(one(in.part(in.u16("length"), "position " + (i + 1))));
        }
        if (in.remaining() > 0) {
            throw new BadMessage(Reason.BAD_BATCH, "count", in.remaining() + " bytes follow the " + count
                    + " positions that the batch announces.");
        }
        return all;
    }

    /** Reads one position; the reader ends with it. */
    public static Position one(ByteReader in) {
        long alarm = in.u32("alarm");
        long status = in.u32("status");
        double latitude = in.u32("latitude") / 1e6;
        double longitude = in.u32("longitude") / 1e6;
        if (latitude > 90 || longitude > 180) {
            throw new BadMessage(Reason.BAD_PLACE, latitude > 90 ? "latitude" : "longitude", "There is no such place.");
        }
        int altitude = (short) in.u16("altitude");
        double speed = in.u16("speed") / 10.0;
        int direction = in.u16("direction");
        LocalDateTime time = in.time("time");
        Double mileage = null;
        Double fuel = null;
        // Makers add items of their own, and some cut the last one short: what the standard says of the position is whole.
        while (in.remaining() >= 2) {
            int id = in.u8("item");
            int length = in.u8("length");
            if (length > in.remaining()) {
                break;
            }
            ByteReader item = in.part(length, "item");
            if (id == MILEAGE && length == 4) {
                mileage = item.u32("mileage") / 10.0;
            } else if (id == FUEL && length == 2) {
                fuel = item.u16("fuel") / 10.0;
            }
        }
        return new Position(alarm, status, (status & 4) != 0 ? -latitude : latitude,
                (status & 8) != 0 ? -longitude : longitude, altitude, speed, direction, time, mileage, fuel);
    }
}
