package org.yuzui.plugin.kindergarten.door;

import org.yuzui.door.Answer;
import org.yuzui.door.Gatekeeper;
import org.yuzui.door.Head;
import org.yuzui.plugin.kindergarten.Items;
import org.yuzui.plugin.kindergarten.Signature;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Turns away what needs no look at its body. Whether the key is known is not looked at here: an early answer would tell a
 * stranger which keys there are.
 */
final class Doorkeeper implements Gatekeeper {

    static final Set<String> DOCUMENTS = Set.of("/openapi.yaml", "/openapi.json");
    private static final List<String> ONCE = List.of(Signature.KEY, Signature.TIMESTAMP, Signature.SIGNATURE, Signature.IDEMPOTENCY_KEY);
    private static final int LONGEST_REQUEST = 200;

    private final long windowSeconds;
    private final Clock clock;

    Doorkeeper(long windowSeconds, Clock clock) {
        this.windowSeconds = windowSeconds;
        this.clock = clock;
    }

    /** One answer for whatever is wrong with a signature: a stranger learns nothing from it. */
    static Answer unauthorized() {
        return Answer.problem(401, "unauthorized", "Not signed by a known platform",
                "Send Yuzui-Key, Yuzui-Timestamp and Yuzui-Signature; the clock must be right. See /openapi.yaml.");
    }

    @Override
    public Answer answer(Head head) {
        if (DOCUMENTS.contains(head.path())) {
            return head.method().equals("GET") ? null : Answer.problem(405, "method-not-allowed", "Method not allowed", "Use GET.");
        }
        if (Items.Kind.at(head.path()) == null) {
            return Answer.problem(404, "not-found", "Nothing is served here", "GET /openapi.yaml says what is.");
        }
        if (!head.method().equals("POST")) {
            return Answer.problem(405, "method-not-allowed", "Method not allowed", "Use POST.");
        }
        if (ONCE.stream().anyMatch(name -> head.headers(name).size() > 1) || !isNow(head.header(Signature.TIMESTAMP))) {
            return unauthorized();
        }
        String type = head.header("Content-Type").toLowerCase(Locale.ROOT).replaceFirst(";.*$", "").strip();
        if (!type.equals("application/json") || !head.headers("Content-Encoding").isEmpty()) {
            return Answer.problem(415, "unsupported-media-type", "Unsupported media type", "Send application/json, in UTF-8, not compressed.");
        }
        String key = head.header(Signature.IDEMPOTENCY_KEY);
        if (key.length() > LONGEST_REQUEST || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Answer.problem(400, "bad-idempotency-key", "Bad Idempotency-Key",
                    "Use at most " + LONGEST_REQUEST + " printable characters of ASCII without spaces.");
        }
        return null;
    }

    private boolean isNow(String timestamp) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        return Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp)) <= windowSeconds;
    }
}
