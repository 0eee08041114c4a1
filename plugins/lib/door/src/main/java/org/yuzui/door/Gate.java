package org.yuzui.door;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;

import java.util.concurrent.TimeUnit;

/** Turns away by a call's head, before anything of its body is kept. */
final class Gate extends ChannelInboundHandlerAdapter {

    private static final int MOMENT_SECONDS = 2;
    /** Who sends for longer than that many moments what is dropped has had its answer for long. */
    private static final int MOMENTS = 60;

    /**
     * Closes a line after its last answer when its caller has sent nothing more for a moment: closed at once, or while it still sends over
     * a slow line, the answer would be lost on its way. What comes meanwhile is dropped; a caller that has read its answer closes sooner.
     */
    static final ChannelFutureListener FAREWELL = sent -> {
        Gate gate = sent.channel().pipeline().get(Gate.class);
        if (sent.isSuccess() && gate != null && !sent.channel().eventLoop().isShuttingDown()) {
            gate.leave(sent.channel(), MOMENTS);
        } else {
            sent.channel().close();
        }
    };

    private final Gatekeeper keeper;
    private final Desk desk;
    private final int mostBytes;
    private boolean shut;
    private boolean came;

    Gate(Gatekeeper keeper, Desk desk, int mostBytes) {
        this.keeper = keeper;
        this.desk = desk;
        this.mostBytes = mostBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        came = true;
        if (shut) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            Answer answer = keeper.answer(new Head(request));
            if (answer == null && HttpUtil.getContentLength(request, 0L) > mostBytes) {
                answer = desk.tooLarge(mostBytes);
            }
            if (answer != null) {
                shut = true;
                ReferenceCountUtil.release(message);
                context.writeAndFlush(answer.response(false)).addListener(FAREWELL);
                return;
            }
        }
        context.fireChannelRead(message);
    }

    private void leave(Channel line, int moments) {
        came = false;
        line.eventLoop().schedule(() -> {
            if (came && moments > 1) {
                leave(line, moments - 1);
            } else {
                line.close();
            }
        }, MOMENT_SECONDS, TimeUnit.SECONDS);
    }
}
