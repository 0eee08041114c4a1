package org.yuzui.door;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

import java.util.List;

/** What a call says before its body. */
public final class Head {

    private final String method;
    private final String target;
    private final HttpHeaders headers;

    Head(HttpRequest request) {
        this.method = request.method().name();
        this.target = request.uri();
        this.headers = request.headers();
    }

    /** {@code POST}. */
    public String method() {
        return method;
    }

    /** Path and query as they were sent. */
    public String target() {
        return target;
    }

    /** The target without its query: {@code /cars}. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The header's first value; empty when there is none. */
    public String header(String name) {
        return headers.get(name, "");
    }

    /** All values of the header. */
    public List<String> headers(String name) {
        return headers.getAll(name);
    }

    /** Without query and headers, which may be somebody's. */
    @Override
    public String toString() {
        return method + " " + path();
    }
}
