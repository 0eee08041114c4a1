package org.yuzui.plugin.assets.door;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;

/** One call after the other of a connection: the next is read when this one is answered. */
final class Request extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(Request.class);

    private final DoorConsumer desk;
    private boolean serving;
    private boolean ended;

    Request(DoorConsumer desk) {
        this.desk = desk;
    }

    /** {@code assets} of {@code /assets?x=y}. */
    static String path(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        return path.startsWith("/") ? path.substring(1) : path;
    }

    static FullHttpResponse response(Answer answer, boolean keepAlive) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        HttpUtil.setKeepAlive(response, keepAlive);
        return response;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            answer(context, Answer.problem(400, "bad-request", "This is no HTTP request."), false);
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        serving = true;
        context.pipeline().remove(ReadTimeoutHandler.class); // a caller that waits for its answer is not silent
        context.channel().config().setAutoRead(false);
        String peer = context.channel().remoteAddress() instanceof InetSocketAddress a ? a.getAddress().getHostAddress() : "unknown";
        desk.serve(path(request.uri()), ByteBufUtil.getBytes(request.content()), peer, reply -> context.executor().execute(() -> {
            serving = false;
            context.pipeline().addFirst(new ReadTimeoutHandler(DoorConsumer.SILENCE_SECONDS));
            answer(context, reply, keepAlive && !ended);
            context.channel().config().setAutoRead(true);
        }));
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

    private static void answer(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
        ChannelFuture sent = context.writeAndFlush(response(answer, keepAlive));
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("door: closed, {}", cause.toString());
        context.close();
    }
}
