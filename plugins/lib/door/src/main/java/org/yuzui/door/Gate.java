package org.yuzui.door;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;

/** Turns away by a call's head, before anything of its body is kept. */
final class Gate extends ChannelInboundHandlerAdapter {

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
                context.writeAndFlush(answer.response(false)).addListener(ChannelFutureListener.CLOSE);
                return;
            }
        }
        context.fireChannelRead(message);
    }
}
