package org.yuzui.plugin.vehicle.intake;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Turns away who has no token, and what nobody serves, before anything of the body is kept. */
final class Guard extends ChannelInboundHandlerAdapter {

    private final byte[] expected;
    private boolean turnedAway;

    /** @param token empty: everybody is turned away */
    Guard(String token) {
        this.expected = token.isEmpty() ? null : ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (turnedAway) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            IntakeConsumer.Answer refusal = refusal(request);
            if (refusal != null) {
                turnedAway = true;
                ReferenceCountUtil.release(message);
                context.writeAndFlush(Request.response(refusal, false)).addListener(ChannelFutureListener.CLOSE);
                return;
            }
        }
        context.fireChannelRead(message);
    }

    private IntakeConsumer.Answer refusal(HttpRequest request) {
        String token = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        if (expected == null || !MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8))) {
            return IntakeConsumer.Answer.problem(401, "unauthorized", "Send Authorization: Bearer with the token of http.token.");
        }
        if (Request.kind(request.uri()) == null) {
            return IntakeConsumer.Answer.problem(404, "not-found", "There are /cars, /drivers, /dispatches and /refuels.");
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return IntakeConsumer.Answer.problem(405, "method-not-allowed", "Use POST.");
        }
        return null;
    }
}
