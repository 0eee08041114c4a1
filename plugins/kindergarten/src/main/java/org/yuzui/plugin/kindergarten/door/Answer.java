package org.yuzui.plugin.kindergarten.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;

/**
 * What a call is answered.
 *
 * @param type  media type of the body
 * @param after seconds after which it can be tried again; 0 for none
 */
record Answer(int status, String type, byte[] body, int after) {

    static Answer of(int status, ObjectNode body) {
        return new Answer(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8), 0);
    }

    /** RFC 9457, with a stable {@code code}. */
    static Answer problem(int status, String code, String title, String detail) {
        return problem(status, 0, node(status, code, title, detail));
    }

    static Answer later(int status, int after, String code, String title, String detail) {
        return problem(status, after, node(status, code, title, detail));
    }

    static Answer problem(int status, int after, ObjectNode body) {
        return new Answer(status, "application/problem+json", body.toString().getBytes(StandardCharsets.UTF_8), after);
    }

    static ObjectNode node(int status, String code, String title, String detail) {
        return JsonNodeFactory.instance.objectNode().put("type", "about:blank").put("title", title).put("status", status)
                .put("code", code).put("detail", detail);
    }

    /** One answer for whatever is wrong with a signature: a stranger learns nothing from it. */
    static Answer unauthorized() {
        return problem(401, "unauthorized", "Not signed by a known platform",
                "Send " + "Yuzui-Key, Yuzui-Timestamp and Yuzui-Signature; the clock must be right. See /openapi.yaml.");
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return status + " " + type;
    }
}
