package org.yuzui.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/** Lets in who shows the token, and posts to one of the paths. */
public final class TokenGate implements Gatekeeper {

    private final byte[] expected;
    private final String setting;
    private final Set<String> paths;
    private final String there;

    /**
     * @param token   empty: nobody is let in
     * @param setting where the token stands in the plugin's settings, for the answer
     * @param paths   {@code /cars}
     * @param there   a sentence that names them, for who calls another one
     */
    public TokenGate(String token, String setting, Set<String> paths, String there) {
        this.expected = token.isEmpty() ? null : ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.setting = setting;
        this.paths = paths;
        this.there = there;
    }

    @Override
    public Answer answer(Head head) {
        // Compared in a time that says nothing about where they differ.
        if (expected == null || !MessageDigest.isEqual(expected, head.header("Authorization").getBytes(StandardCharsets.UTF_8))) {
            return Answer.problem(401, "unauthorized", "Unauthorized", "Send Authorization: Bearer with the token of " + setting + ".");
        }
        if (!paths.contains(head.path())) {
            return Answer.problem(404, "not-found", "Not found", there);
        }
        return head.method().equals("POST") ? null : Answer.problem(405, "method-not-allowed", "Method not allowed", "Use POST.");
    }
}
