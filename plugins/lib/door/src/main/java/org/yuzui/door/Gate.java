package org.yuzui.door;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;

import java.util.concurrent.TimeUnit;

/** Turns away by a call's head, before anything of its body is kept. */
final class Gate extends ChannelInboundHandlerAdapter {

    /**
     * Closes a line a moment after its last answer, when its caller may still be sending: closed at once, the answer would be lost on its
     * way. What comes meanwhile is dropped; a caller that has read its answer closes sooner.
     */
    static final ChannelFutureListener FAREWELL = sent -> {
        if (sent.isSuccess() && !sent.channel().eventLoop().isShuttingDown()) {
            sent.channel().eventLoop().schedule(() -> sent.channel().close(), 2, TimeUnit.SECONDS);
        } else {
            sent.channel().close();
        }
    };

    private final Gatekeeper keeper;
    private final Desk desk;
    private final int mostBytes;
    private boolean shut;

    Gate(Gatekeeper keeper, Desk desk, int mostBytes) {
        this.keeper = keeper;
        this.desk = desk;
        this.mostBytes = mostBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
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
}
