package org.yuzui.plugin.vehicle.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.yuzui.plugin.vehicle.wire.BadMessage.Reason;

import java.util.List;

/**
 * Cuts a stream at its flags: gives the bytes between them as {@code byte[]}, still escaped, and a {@link Broken} for what
 * is none. Holds at most one frame of the greatest length; what is longer is passed over up to the next flag.
 */
public final class FrameSplitter extends ByteToMessageDecoder {

    /** What was kept of bytes that make no frame, and why they don't. */
    public record Broken(BadMessage why, byte[] kept) {
    }

    private static final int KEPT = 256;

    private final byte first;
    private final byte last;
    private final int most;
    private int scanned;
    private boolean skipping;

    /**
     * @param first the flag that a frame begins with
     * @param last  the flag that it ends with; may be the same
     * @param most  bytes between them, escapes counted
     */
    public FrameSplitter(int first, int last, int most) {
        this.first = (byte) first;
        this.last = (byte) last;
        this.most = most;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (skipping) {
            int flag = in.indexOf(in.readerIndex(), in.writerIndex(), last);
            if (flag < 0) {
                in.skipBytes(in.readableBytes());
                return;
            }
            in.readerIndex(flag + 1);
            skipping = false;
            return;
        }
        int start = in.indexOf(in.readerIndex(), in.writerIndex(), first);
        if (start != in.readerIndex()) {
            noise(in, start < 0 ? in.readableBytes() : start - in.readerIndex(), out);
            return;
        }
        int from = start + 1 + scanned;
        int end = in.indexOf(from, in.writerIndex(), last);
        if (end < 0) {
            scanned = in.writerIndex() - start - 1;
            if (scanned > most) {
                tooLong(in, out);
                skipping = true;
            }
        } else if (end == start + 1) {
            in.readerIndex(end); // two flags in a row where they are the same: the second one opens
            if (first != last) {
                in.skipBytes(1);
            }
        } else if (end - start - 1 > most) {
            scanned = 0;
            tooLong(in, out);
            in.readerIndex(end + 1);
        } else {
            scanned = 0;
            out.add(ByteBufUtil.getBytes(in, start + 1, end - start - 1));
            in.readerIndex(end + 1);
        }
    }

    /** The line has ended: a frame of which only the beginning came is none, and what it was is kept. */
    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(context, in, out);
        if (in.isReadable() && out.isEmpty() && !skipping) {
            out.add(new Broken(new BadMessage(Reason.FRAME_CUT, null, "The line ended within a frame, after " + in.readableBytes()
                    + " bytes of it."), ByteBufUtil.getBytes(in, in.readerIndex(), Math.min(KEPT, in.readableBytes()))));
            in.skipBytes(in.readableBytes());
        }
    }

    private void tooLong(ByteBuf in, List<Object> out) {
        out.add(new Broken(new BadMessage(Reason.FRAME_TOO_LONG, null, "No closing flag within " + most + " bytes."),
                ByteBufUtil.getBytes(in, in.readerIndex(), Math.min(KEPT, in.readableBytes()))));
        scanned = 0;
        in.skipBytes(in.readableBytes());
    }

    private static void noise(ByteBuf in, int count, List<Object> out) {
        out.add(new Broken(new BadMessage(Reason.BYTES_OUTSIDE_FRAME, null, count + " bytes stand outside of a frame."),
                ByteBufUtil.getBytes(in, in.readerIndex(), Math.min(KEPT, count))));
        in.skipBytes(count);
    }
}
