package org.yuzui.plugin.vehicle.jt809;

import org.yuzui.plugin.vehicle.jt808.Position;
import org.yuzui.plugin.vehicle.jt808.Positions;
import org.yuzui.plugin.vehicle.wire.BadMessage;
import org.yuzui.plugin.vehicle.wire.BadMessage.Reason;
import org.yuzui.plugin.vehicle.wire.ByteReader;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Body 0x1200.
 *
 * @param colour    of the plate
 * @param id        the kind of data, such as {@code 0x1202}
 * @param positions of 0x1202 and 0x1203; empty for other kinds, which are not read
 */
public record Dynamic(String plate, int colour, int id, List<Position> positions) {

    private static final int GNSS_2011 = 36;
    /** What some platforms send within the envelope of 2019: the data of 2011 without its first byte. */
    private static final int OLD_IN_NEW = 35;
    private static final int PLATFORMS_2019 = 3 * (11 + 4);

    public static Dynamic decode(Header header, byte[] body) {
        ByteReader in = new ByteReader(body);
        String plate = in.text(21, "plate");
        int colour = in.u8("plate colour");
        int id = in.u16("kind of data");
        long length = in.u32("length");
        if (id != Header.POSITION && id != Header.POSITIONS) {
            return new Dynamic(plate, colour, id, List.of());
        }
        if (length != in.remaining()) {
            throw new BadMessage(Reason.LENGTH, "length", "The data's length is " + length + ", " + in.remaining()
                    + " bytes are there.");
        }
        int count = id == Header.POSITIONS ? in.u8("count") : 1;
        List<Position> positions = new ArrayList<>(Math.min(count, in.remaining() / GNSS_2011 + 1));
        for (int i = 0; i < count; i++) {
            positions.add(header.v2019() ? of2019(in) : of2011(in.part(GNSS_2011, "position")));
        }
        return new Dynamic(plate, colour, id, positions);
    }

    public String idText() {
        return "0x%04X".formatted(id);
    }

    private static Position of2019(ByteReader in) {
        in.u8("encryption of the map");
        long length = in.u32("length of the position");
        if (length > in.remaining()) {
            throw new BadMessage(Reason.SHORT_BODY, "length of the position", "A position of " + length + " bytes in "
                    + in.remaining() + ".");
        }
        ByteReader part = in.part((int) length, "position");
        Position position = length == OLD_IN_NEW ? gnss(part) : Positions.one(part);
        in.skip(PLATFORMS_2019, "alarms of the platforms");
        return position;
    }

    private static Position of2011(ByteReader in) {
        in.u8("encryption of the map");
        return gnss(in);
    }

    /** Here speed is km/h and mileage km, not the tenths of 808. */
    private static Position gnss(ByteReader in) {
        int day = in.u8("day");
        int month = in.u8("month");
        int year = in.u16("year");
        int hour = in.u8("hour");
        int minute = in.u8("minute");
        int second = in.u8("second");
        LocalDateTime time;
        try {
            time = LocalDateTime.of(year, month, day, hour, minute, second);
        } catch (DateTimeException e) {
            throw new BadMessage(Reason.BAD_TIME, "time", "There is no such time.");
        }
        if (year < 2000 || year > 2099) {
            throw new BadMessage(Reason.BAD_TIME, "year", "The year " + year + " is not this century's.");
        }
        double longitude = in.u32("longitude") / 1e6;
        double latitude = in.u32("latitude") / 1e6;
        if (latitude > 90 || longitude > 180) {
            throw new BadMessage(Reason.BAD_PLACE, latitude > 90 ? "latitude" : "longitude", "There is no such place.");
        }
        int speed = in.u16("speed");
        in.u16("speed of the recorder");
        long mileage = in.u32("mileage");
        int direction = in.u16("direction");
        int altitude = (short) in.u16("altitude");
        long state = in.u32("state");
        long alarm = in.u32("alarm");
        return new Position(alarm, state, (state & 4) != 0 ? -latitude : latitude, (state & 8) != 0 ? -longitude : longitude,
                altitude, speed, direction, time, (double) mileage, null);
    }
}
