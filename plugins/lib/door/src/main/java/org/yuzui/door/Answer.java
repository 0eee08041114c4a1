package org.yuzui.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a call is answered. No answer may be kept by a cache, or taken for another media type. */
public final class Answer {

    /** The media type of a problem by RFC 9457. */
    public static final String PROBLEM = "application/problem+json";

    private final int status;
    private final String type;
    private final byte[] body;
    private final int retryAfter;

    private Answer(int status, String type, byte[] body, int retryAfter) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    /** @param type media type of the body, which must not be changed any more */
    public static Answer of(int status, String type, byte[] body) {
        return new Answer(status, type, body, 0);
    }

    public static Answer json(int status, JsonNode body) {
        return of(status, "application/json", utf8(body));
    }

    /** @param code what programs tell it by; it stays the same whatever title and detail say */
    public static Answer problem(int status, String code, String title, String detail) {
        return problem(status, code, title, detail, more -> { });
    }

    /** @param more adds members of the plugin's own */
    public static Answer problem(int status, String code, String title, String detail, Consumer<ObjectNode> more) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode().put("type", "about:blank").put("title", title).put("status", status)
                .put("code", code).put("detail", detail);
        more.accept(problem);
        return of(status, PROBLEM, utf8(problem));
    }

    /** The same, with the seconds after which it can be tried again. */
    public Answer retryAfter(int seconds) {
        return new Answer(status, type, body, seconds);
    }

    private static byte[] utf8(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    FullHttpResponse response(boolean keepAlive) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status),
                Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type).set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff").setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        if (retryAfter > 0) {
            response.headers().setInt(HttpHeaderNames.RETRY_AFTER, retryAfter);
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        return response;
    }

    @Override
    public String toString() {
        return status + " " + type;
    }
}
