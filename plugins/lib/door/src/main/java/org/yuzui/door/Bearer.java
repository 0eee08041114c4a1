package org.yuzui.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The token that callers show. */
public final class Bearer {

    private final byte[] expected;

    /** @param token empty: nobody can show it */
    public Bearer(String token) {
        this.expected = token.isEmpty() ? null : ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    /** Compares in a time that says nothing about where they differ. */
    public boolean isShownBy(Head head) {
        return expected != null && MessageDigest.isEqual(expected, head.header("Authorization").getBytes(StandardCharsets.UTF_8));
    }
}
