package org.yuzui.plugin.vehicle.jt809;

import org.yuzui.plugin.vehicle.wire.ByteReader;

/**
 * Body 0x1001.
 *
 * @param downIp   where the platform says that it takes the sub-link; not used, because nobody shall name an address to connect to
 * @param downPort the port there
 */
public record LogIn(long user, String password, String downIp, int downPort) {

    public static LogIn decode(Header header, byte[] body) {
        ByteReader in = new ByteReader(body);
        long user = in.u32("user");
        String password = in.text(8, "password");
        if (header.v2019()) {
            in.u32("access code");
        }
        return new LogIn(user, password, in.text(32, "address of the sub-link"), in.u16("port of the sub-link"));
    }

    /** Neither a log nor a trace shows the password. */
    @Override
    public String toString() {
        return "LogIn[" + user + ", ***]";
    }
}
