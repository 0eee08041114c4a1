package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.util.List;

/** Reads bodies and sends answers, the same way everywhere. */
final class Answers {

    private Answers() {
    }

    static void send(Context ctx, Json json, Object value) {
        ctx.contentType("application/json").result(json.bytes(value));
    }

    /** A JSON merge patch (RFC 7386) that a caller sent: an object with any keys, and not empty. */
    static JsonNode mergePatch(Context ctx, Json json) {
        JsonNode patch = json.read(jsonBytes(ctx, "application/merge-patch+json"));
        if (patch.isEmpty()) {
            throw Refusal.badRequest("bad-patch", "body", "The body changes nothing.", "Send what is to change: {\"listen\": {\"port\": 2576}}.");
        }
        return patch;
    }

    /** The JSON object that a caller sent, with no other keys than the known ones; empty when nothing was sent. */
    static JsonNode body(Context ctx, Json json, List<String> known) {
        return known(json.read(jsonBytes(ctx, "application/json")), known);
    }

    /** The same for a call that takes more than others: a message in the body. */
    static JsonNode body(Context ctx, Json json, List<String> known, int maxBytes) {
        byte[] bytes;
        try {
            bytes = ctx.bodyInputStream().readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw Refusal.badRequest("bad-upload", "body", "The upload broke off.", "Send it again.");
        }
        if (bytes.length > maxBytes) {
            throw new Refusal(413, new Problem("too-large", "body", "The body is larger than " + (maxBytes >> 20) + " MiB, which is the most that this call takes.",
                    "Have the message come by the way that it came, corrected."));
        }
        return known(json.read(requireType(ctx, bytes, "application/json")), known);
    }

    private static JsonNode known(JsonNode body, List<String> known) {
        body.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw Refusal.badRequest("unknown-key", "body /" + key, "The key '" + key + "' is not known here.",
                        KnownKeys.cure(key, known));
            }
        });
        return body;
    }

    private static byte[] jsonBytes(Context ctx, String wanted) {
        return requireType(ctx, ctx.bodyAsBytes(), wanted);
    }

    private static byte[] requireType(Context ctx, byte[] bytes, String wanted) {
        String type = ctx.contentType();
        // a form of a foreign page can't be sent as JSON, so this also keeps those out
        if (bytes.length > 0 && (type == null || !type.startsWith(wanted))) {
            throw new Refusal(415, new Problem("not-json", "header Content-Type", "The body is not said to be " + wanted + ".",
                    "Send it with 'Content-Type: " + wanted + "'."));
        }
        return bytes;
    }
}
