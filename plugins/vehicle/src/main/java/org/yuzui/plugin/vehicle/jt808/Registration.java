package org.yuzui.plugin.vehicle.jt808;

import org.yuzui.plugin.vehicle.wire.ByteReader;

/**
 * Body 0x0100.
 *
 * @param province digits 1 and 2 of GB/T 2260
 * @param city     digits 3 to 6
 * @param colour   of the plate; 0 means that there is none, and {@code plate} is the VIN
 */
public record Registration(int province, int city, String maker, String model, String terminal, int colour, String plate) {

    /** Where the bodies of 2011 end before the plate, where those of 2013 do. */
    private static final int PLATE_2011 = 25;
    private static final int PLATE_2013 = 37;

    public static Registration decode(Header header, byte[] body) {
        ByteReader in = new ByteReader(body);
        int province = in.u16("province");
        int city = in.u16("city");
        int maker = header.v2019() ? 11 : 5;
        int model = header.v2019() ? 30 : is2011(body) ? 8 : 20;
        int terminal = header.v2019() ? 30 : 7;
        return new Registration(province, city, in.text(maker, "maker"), in.text(model, "model"),
                in.text(terminal, "terminal id"), in.u8("plate colour"), in.text(in.remaining(), "plate"));
    }

    /** Both have the same header; what tells is where the plate's colour (0 to 5, or 9) can stand. */
    private static boolean is2011(byte[] body) {
        return body.length < PLATE_2013
                || isColour(body[PLATE_2011 - 1]) && !isColour(body[PLATE_2013 - 1]);
    }

    private static boolean isColour(byte b) {
        return b >= 0 && b <= 9;
    }
}
