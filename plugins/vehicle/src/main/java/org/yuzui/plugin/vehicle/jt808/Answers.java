package org.yuzui.plugin.vehicle.jt808;

import org.yuzui.plugin.vehicle.wire.ByteReader;
import org.yuzui.plugin.vehicle.wire.ByteWriter;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What the platform says, as bodies. The results are those of the standard. */
public final class Answers {

    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int BAD_MESSAGE = 2;
    public static final int UNSUPPORTED = 3;
    /** Results of a registration. */
    public static final int NO_SUCH_TERMINAL = 4;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyMMddHHmmss", Locale.ROOT);

    private Answers() {
    }

    /** 0x8001. */
    public static byte[] general(Header to, int result) {
        return new ByteWriter().u16(to.seq()).u16(to.id()).u8(result).toBytes();
    }

    /** 0x8100 with the code that the terminal has to show from now on. */
    public static byte[] registered(Header to, String code) {
        return new ByteWriter().u16(to.seq()).u8(OK).text(code).toBytes();
    }

    /** 0x8100. */
    public static byte[] notRegistered(Header to, int result) {
        return new ByteWriter().u16(to.seq()).u8(result).toBytes();
    }

    /** 0x8003: which sub-packets have not come. The width of the count in 2019 is from other programs, not from the text. */
    public static byte[] resend(boolean v2019, int firstSeq, List<Integer> numbers) {
        ByteWriter out = new ByteWriter().u16(firstSeq);
        if (v2019) {
            out.u16(numbers.size());
        } else {
            out.u8(numbers.size());
        }
        numbers.forEach(out::u16);
        return out.toBytes();
    }

    /** 0x8004: the time in UTC. */
    public static byte[] time(LocalDateTime utc) {
        return new ByteWriter().bcd(STAMP.format(utc)).toBytes();
    }

    /** The frame of an answer. */
    public static byte[] frame(int id, Header to, int seq, byte[] body) {
        return Frames.encode(Header.of(id, to, seq), body);
    }

    /** The result in a 0x8001 or 0x8100; for senders and tests. */
    public static int result(Message answer) {
        ByteReader in = new ByteReader(answer.body());
        in.skip(answer.header().id() == Header.REGISTERED ? 2 : 4, "answered");
        return in.u8("result");
    }
}
