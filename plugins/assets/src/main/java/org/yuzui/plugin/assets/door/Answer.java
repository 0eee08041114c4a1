package org.yuzui.plugin.assets.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.assets.input.BadInput;
import org.yuzui.plugin.assets.input.Finding;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;

/** An answer to a call: JSON, or a problem by RFC 9457. */
record Answer(int status, String type, byte[] body) {

    private static final String PROBLEM = "application/problem+json";

    static Answer accepted(int records) {
        return json(200, "application/json", JsonNodeFactory.instance.objectNode().put("accepted", records));
    }

    static Answer problem(int status, String code, String detail) {
        return json(status, PROBLEM, problemNode(status, code, detail));
    }

    /** All that is wrong, each with the pointer to it. */
    static Answer refused(RefusedException why) {
        int status = why.code().equals("not-json") || why.code().equals("bad-request") ? 400 : 422;
        ObjectNode problem = problemNode(status, why.code(), why instanceof BadInput bad ? "Nothing of the call was taken: "
                + bad.count() + (bad.count() == 1 ? " finding." : " findings.") : why.getMessage());
        if (why instanceof BadInput bad) {
            ArrayNode errors = problem.putArray("errors");
            for (Finding finding : bad.findings()) {
                ObjectNode error = errors.addObject().put("pointer", finding.place()).put("code", finding.code()).put("detail", finding.message());
                if (finding.value() != null) {
                    error.put("value", finding.value());
                }
            }
        }
        return json(status, PROBLEM, problem);
    }

    private static ObjectNode problemNode(int status, String code, String detail) {
        return JsonNodeFactory.instance.objectNode().put("type", "about:blank").put("title", code).put("status", status).put("code", code)
                .put("detail", detail);
    }

    private static Answer json(int status, String type, JsonNode body) {
        return new Answer(status, type, body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
