package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Permission;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One call of the control plane. Who may make it is said where it is made ({@link #needs}, {@link #known}, {@link #open});
 * nobody may make one of which nothing is said. One that may change something also says which act it is, for the audit, or
 * that it {@link #changesNothing}.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param path   with its parameters in braces, as the OpenAPI document writes it
 * @param query  the query parameters that it knows
 * @param lists  those of them that may be given more than once
 * @param entry  who may make it
 * @param act    under which name the audit has it; null when it has it not
 * @param action answers it
 */
public record Endpoint(String method, String path, Set<String> query, Set<String> lists, Entry entry, String act, Action action) {

    /** {@link #act} of a call that changes nothing although its method is not {@code GET}. */
    public static final String NO_ACT = "";

    /** Answers one call. */
    @FunctionalInterface
    public interface Action {
        void answer(Context ctx, Query query) throws Exception;
    }

    static Endpoint get(String path, Action action) {
        return of("GET", path, action);
    }

    static Endpoint get(String path, List<String> query, Action action) {
        return of("GET", path, action).with(query, List.of());
    }

    static Endpoint post(String path, Action action) {
        return of("POST", path, action);
    }

    static Endpoint put(String path, Action action) {
        return of("PUT", path, action);
    }

    static Endpoint delete(String path, Action action) {
        return of("DELETE", path, action);
    }

    private static Endpoint of(String method, String path, Action action) {
        return new Endpoint(method, path, Set.of(), Set.of(), Entry.CLOSED, null, action);
    }

    /** With further query parameters; {@code lists} may be given more than once. */
    Endpoint with(List<String> parameters, List<String> furtherLists) {
        return new Endpoint(method, path, union(query, parameters, furtherLists), union(lists, List.of(), furtherLists), entry, act,
                action);
    }

    /** For those with a permission. */
    Endpoint needs(Permission permission) {
        return new Endpoint(method, path, query, lists, new Entry.With(permission), act, action);
    }

    /** For whoever is known, whatever they may do. */
    Endpoint known() {
        return new Endpoint(method, path, query, lists, Entry.KNOWN, act, action);
    }

    /** For everybody, also without token and session. */
    Endpoint open() {
        return new Endpoint(method, path, query, lists, Entry.OPEN, act, action);
    }

    /** Audited under this name. */
    Endpoint act(String name) {
        return new Endpoint(method, path, query, lists, entry, name, action);
    }

    Endpoint changesNothing() {
        return act(NO_ACT);
    }

    /** @throws IllegalStateException when it doesn't say who may make it, or whether it changes something */
    void requireDeclared() {
        if (entry instanceof Entry.Nobody) {
            throw new IllegalStateException(method + " " + path + " does not say who may make it: needs, known or open.");
        }
        if (!method.equals("GET") && act == null) {
            throw new IllegalStateException(method + " " + path + " does not say what it does: act or changesNothing.");
        }
    }

    boolean isAct() {
        return act != null && !act.equals(NO_ACT);
    }

    private static Set<String> union(Set<String> a, List<String> b, List<String> c) {
        return Stream.of(a, b, c).flatMap(Collection::stream).collect(Collectors.toUnmodifiableSet());
    }
}
