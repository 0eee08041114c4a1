package org.yuzui.plugin.vehicle.jt809;

/**
 * The header of a message.
 *
 * @param id        such as {@code 0x1200}
 * @param centre    the access code of the platform that sends
 * @param version   three bytes, such as 1.0.0
 * @param encrypted whether the body is
 * @param key       the key of the encryption
 * @param time      seconds since 1970, of 2019; 0 in 2011
 * @param v2019     whether the header is that of 2019
 */
public record Header(int id, long seq, long centre, int version, boolean encrypted, long key, long time, boolean v2019) {

    public static final int LOG_IN = 0x1001;
    public static final int LOGGED_IN = 0x1002;
    public static final int LOG_OUT = 0x1003;
    public static final int LOGGED_OUT = 0x1004;
    public static final int KEEP_ALIVE = 0x1005;
    public static final int ALIVE = 0x1006;
    public static final int DYNAMIC = 0x1200;
    public static final int POSITION = 0x1202;
    public static final int POSITIONS = 0x1203;
    public static final int SUB_LOG_IN = 0x9001;
    public static final int SUB_LOGGED_IN = 0x9002;
    public static final int SUB_KEEP_ALIVE = 0x9005;
    public static final int SUB_ALIVE = 0x9006;

    /** A header for a message of ours in answer to this one. */
    public Header answer(int answerId, long answerSeq, long now) {
        return new Header(answerId, answerSeq, centre, version, false, 0, v2019 ? now : 0, v2019);
    }

    public String idText() {
        return "0x%04X".formatted(id);
    }
}
