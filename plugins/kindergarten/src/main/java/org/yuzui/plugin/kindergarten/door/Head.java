package org.yuzui.plugin.kindergarten.door;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import org.yuzui.plugin.kindergarten.Items;
import org.yuzui.plugin.kindergarten.Signature;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Looks at a call's head, and turns away what needs no look at its body, before anything of that is kept. Whether the key is
 * known is not looked at here: an early answer would tell a stranger which keys there are.
 */
final class Head extends ChannelInboundHandlerAdapter {

    static final Set<String> DOCUMENTS = Set.of("/openapi.yaml", "/openapi.json");
    private static final List<String> ONCE = List.of(Signature.KEY, Signature.TIMESTAMP, Signature.SIGNATURE, Signature.IDEMPOTENCY_KEY);
    private static final int LONGEST_REQUEST = 200;

    private final int maxBytes;
    private final long windowSeconds;
    private final Clock clock;
    private boolean turnedAway;

    Head(int maxBytes, long windowSeconds, Clock clock) {
        this.maxBytes = maxBytes;
        this.windowSeconds = windowSeconds;
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (turnedAway) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            Answer refusal = refusal(request);
            if (refusal != null) {
                turnedAway = true; // its body may be anything: the connection ends here
                ReferenceCountUtil.release(message);
                context.writeAndFlush(Request.response(refusal, false)).addListener(ChannelFutureListener.CLOSE);
                return;
            }
        }
        context.fireChannelRead(message);
    }

    private Answer refusal(HttpRequest request) {
        String path = path(request.uri());
        if (DOCUMENTS.contains(path)) {
            return request.method().equals(HttpMethod.GET) ? null
                    : Answer.problem(405, "method-not-allowed", "Method not allowed", "Use GET.");
        }
        if (Items.Kind.at(path) == null) {
            return Answer.problem(404, "not-found", "Nothing is served here", "GET /openapi.yaml says what is.");
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return Answer.problem(405, "method-not-allowed", "Method not allowed", "Use POST.");
        }
        HttpHeaders headers = request.headers();
        if (ONCE.stream().anyMatch(name -> headers.getAll(name).size() > 1) || !isNow(headers.get(Signature.TIMESTAMP, ""))) {
            return Answer.unauthorized();
        }
        if (HttpUtil.getContentLength(request, 0L) > maxBytes) {
            return tooLarge();
        }
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT).replaceFirst(";.*$", "").strip();
        if (!type.equals("application/json") || headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return Answer.problem(415, "unsupported-media-type", "Unsupported media type", "Send application/json, in UTF-8, not compressed.");
        }
        String key = headers.get(Signature.IDEMPOTENCY_KEY, "");
        if (key.length() > LONGEST_REQUEST || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Answer.problem(400, "bad-idempotency-key", "Bad Idempotency-Key",
                    "Use at most " + LONGEST_REQUEST + " printable characters of ASCII without spaces.");
        }
        return null;
    }

    Answer tooLarge() {
        return Answer.problem(413, "too-large", "Too large", "Send at most " + maxBytes + " bytes, in several calls.");
    }

    static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private boolean isNow(String timestamp) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        return Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp)) <= windowSeconds;
    }
}
