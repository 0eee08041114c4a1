package org.yuzui.plugin.vehicle.jt808;

import org.yuzui.plugin.vehicle.wire.ByteReader;

/** Body 0x0102: the code, and in 2019 what the terminal is (not kept). */
public record Authentication(String code) {

    public static Authentication decode(Header header, byte[] body) {
        ByteReader in = new ByteReader(body);
        int length = header.v2019() ? in.u8("length of the code") : in.remaining();
        return new Authentication(in.text(length, "code"));
    }

    /** Neither a log nor a trace shows the code. */
    @Override
    public String toString() {
        return "Authentication[***]";
    }
}
