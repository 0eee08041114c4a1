package org.yuzui.door;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.ReadTimeoutHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;

/** One call after the other of a line: the next is read when this one is answered. */
final class Conversation extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int SILENCE_SECONDS = 30;

    private final HttpDoor door;
    private boolean serving;
    private boolean ended;

    Conversation(HttpDoor door) {
        this.door = door;
    }

    /** Closes a line on which nothing comes, though something should. */
    static ReadTimeoutHandler silence() {
        return new ReadTimeoutHandler(SILENCE_SECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            answer(context, door.desk().unreadable(), false);
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        Call call = new Call(new Head(request), peer(context), ByteBufUtil.getBytes(request.content()));
        serving = true;
        context.pipeline().remove(ReadTimeoutHandler.class); // a caller that waits for its answer is not silent
        context.channel().config().setAutoRead(false);
        door.serve(call, answer -> {
            try {
                context.executor().execute(() -> end(context, answer, keepAlive));
            } catch (RejectedExecutionException e) {
                LOG.debug("{}: not answered, its line has ended", call);
            }
        });
    }

    private void end(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
        if (!context.channel().isActive()) {
            return;
        }
        serving = false;
        context.pipeline().addFirst(silence());
        boolean goOn = keepAlive && !ended && !door.isClosing();
        answer(context, answer, goOn);
        if (goOn) {
            context.channel().config().setAutoRead(true);
        }
    }

    private static void answer(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
        ChannelFuture sent = context.writeAndFlush(answer.response(keepAlive));
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static String peer(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress a ? a.getAddress().getHostAddress() : "unknown";
    }

    /** A caller that has ended its side may still read its answer. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ended = true;
            if (!serving) {
                context.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A line is closed: {}", cause.toString());
        context.close();
    }
}
