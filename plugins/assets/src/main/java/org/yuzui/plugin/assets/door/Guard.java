package org.yuzui.plugin.assets.door;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Turns away who has no token, and what nobody serves, before anything of the body is kept. The document is for everybody. */
final class Guard extends ChannelInboundHandlerAdapter {

    private final byte[] expected;
    private final byte[] document;
    private boolean answered;

    /** @param token empty: everybody is turned away */
    Guard(String token, byte[] document) {
        this.expected = token.isEmpty() ? null : ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.document = document;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (answered) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            Answer answer = answer(request);
            if (answer != null) {
                answered = true;
                ReferenceCountUtil.release(message);
                context.writeAndFlush(Request.response(answer, false)).addListener(ChannelFutureListener.CLOSE);
                return;
            }
        }
        context.fireChannelRead(message);
    }

    private Answer answer(HttpRequest request) {
        String path = Request.path(request.uri());
        if (path.equals("openapi.yaml") && request.method().equals(HttpMethod.GET)) {
            return new Answer(200, "application/yaml", document);
        }
        String token = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        if (expected == null || !MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8))) {
            return Answer.problem(401, "unauthorized", "Send Authorization: Bearer with the token of http.token.");
        }
        if (!path.equals(DoorComponent.ASSETS) && !path.equals(DoorComponent.MOVEMENTS)) {
            return Answer.problem(404, "not-found", "There are /assets, /movements and /openapi.yaml.");
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return Answer.problem(405, "method-not-allowed", "Use POST.");
        }
        return null;
    }
}
