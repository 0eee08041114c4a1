package org.yuzui.web.internal;

import io.javalin.http.Context;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One call of the control plane.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param path   with its parameters in braces, as the OpenAPI document writes it
 * @param query  the query parameters that it knows
 * @param lists  those of them that may be given more than once
 * @param action answers it
 */
public record Endpoint(String method, String path, Set<String> query, Set<String> lists, Action action) {

    /** Answers one call. */
    @FunctionalInterface
    public interface Action {
        void answer(Context ctx, Query query) throws Exception;
    }

    static Endpoint get(String path, Action action) {
        return new Endpoint("GET", path, Set.of(), Set.of(), action);
    }

    static Endpoint get(String path, List<String> query, Action action) {
        return new Endpoint("GET", path, Set.copyOf(query), Set.of(), action);
    }

    static Endpoint post(String path, Action action) {
        return new Endpoint("POST", path, Set.of(), Set.of(), action);
    }

    static Endpoint delete(String path, Action action) {
        return new Endpoint("DELETE", path, Set.of(), Set.of(), action);
    }

    /** With further query parameters; {@code lists} may be given more than once. */
    Endpoint with(List<String> parameters, List<String> furtherLists) {
        return new Endpoint(method, path, union(query, parameters, furtherLists), union(lists, List.of(), furtherLists), action);
    }

    private static Set<String> union(Set<String> a, List<String> b, List<String> c) {
        return Stream.of(a, b, c).flatMap(Collection::stream).collect(Collectors.toUnmodifiableSet());
    }
}
