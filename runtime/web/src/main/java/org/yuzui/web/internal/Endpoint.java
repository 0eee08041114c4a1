package org.yuzui.web.internal;

import io.javalin.http.Context;

import java.util.List;
import java.util.Set;

/**
 * One call of the control plane.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param path   with its parameters in braces, as the OpenAPI document writes it
 * @param query  the query parameters that it knows
 * @param action answers it
 */
public record Endpoint(String method, String path, Set<String> query, Action action) {

    /** Answers one call. */
    @FunctionalInterface
    public interface Action {
        void answer(Context ctx, Query query) throws Exception;
    }

    static Endpoint get(String path, Action action) {
        return new Endpoint("GET", path, Set.of(), action);
    }

    static Endpoint get(String path, List<String> query, Action action) {
        return new Endpoint("GET", path, Set.copyOf(query), action);
    }

    static Endpoint post(String path, Action action) {
        return new Endpoint("POST", path, Set.of(), action);
    }

    static Endpoint delete(String path, Action action) {
        return new Endpoint("DELETE", path, Set.of(), action);
    }
}
