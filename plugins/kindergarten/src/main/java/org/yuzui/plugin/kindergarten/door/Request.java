package org.yuzui.plugin.kindergarten.door;

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
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.kindergarten.Signature;

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

    static FullHttpResponse response(Answer answer, boolean keepAlive) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type()).set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        if (answer.after() > 0) {
            response.headers().setInt(HttpHeaderNames.RETRY_AFTER, answer.after());
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        return response;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            answer(context, Answer.problem(400, "bad-request", "Bad request", "This is no HTTP request that can be read."), false);
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        serving = true;
        context.channel().config().setAutoRead(false);
        HttpHeaders headers = request.headers();
        Call call = new Call(request.method().name(), request.uri(), headers.get(Signature.KEY, ""), headers.get(Signature.TIMESTAMP, ""),
                headers.get(Signature.SIGNATURE, ""), headers.get(Signature.IDEMPOTENCY_KEY, ""), peer(context), ByteBufUtil.getBytes(request.content()));
        desk.serve(call, reply -> context.executor().execute(() -> {
            serving = false;
            answer(context, reply, keepAlive && !ended);
            context.channel().config().setAutoRead(true);
        }));
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

    private static void answer(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
        ChannelFuture sent = context.writeAndFlush(response(answer, keepAlive));
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("platforms: closed, {}", cause.toString());
        context.close();
    }
}
