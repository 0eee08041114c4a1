package org.yuzui.plugin.vehicle.jt808;

/**
 * The header of a message.
 *
 * @param id       such as {@code 0x0200}
 * @param v2019    whether it has the header of 2019, with a protocol version and ten bytes of telephone number
 * @param protocol the version byte of 2019; 0 before
 * @param phone    the digits as they stand, with leading zeros
 * @param seq      the sender's serial number
 * @param total    how many sub-packets the message has; 0 when it is whole
 * @param number   which of them this is, from 1; 0 when it is whole
 */
public record Header(int id, boolean v2019, int protocol, String phone, int seq, int total, int number) {

    public static final int TERMINAL_REPLY = 0x0001;
    public static final int HEARTBEAT = 0x0002;
    public static final int LOG_OUT = 0x0003;
    public static final int ASK_TIME = 0x0004;
    public static final int REGISTER = 0x0100;
    public static final int AUTHENTICATE = 0x0102;
    public static final int POSITION = 0x0200;
    public static final int POSITION_REPLY = 0x0201;
    public static final int BATCH = 0x0704;
    public static final int PLATFORM_REPLY = 0x8001;
    public static final int RESEND = 0x8003;
    public static final int TIME = 0x8004;
    public static final int REGISTERED = 0x8100;

    static Header of(int id, Header like, int seq) {
        return new Header(id, like.v2019, like.protocol, like.phone, seq, 0, 0);
    }

    public boolean isPart() {
        return total > 0;
    }

    /** The terminal's number without leading zeros: the same in both headers. */
    public String terminal() {
        int from = 0;
        while (from < phone.length() - 1 && phone.charAt(from) == '0') {
            from++;
        }
        return phone.substring(from);
    }

    /** {@code 0x0200}. */
    public String idText() {
        return idText(id);
    }

    public static String idText(int id) {
        return "0x%04X".formatted(id);
    }
}
