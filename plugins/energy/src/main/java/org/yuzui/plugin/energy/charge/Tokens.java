package org.yuzui.plugin.energy.charge;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/** Access tokens that need no memory: an operator, an end, and a keyed hash of both. They end with the plugin, too. */
final class Tokens {

    static final int SECONDS = 7200;

    private final SecretKeySpec key;
    private final Clock clock;

    Tokens(Clock clock) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
        this.clock = clock;
    }

    String of(String operator) {
        long end = clock.instant().getEpochSecond() + SECONDS;
        return end + "." + hash(operator, end);
    }

    boolean isOf(String operator, String token) {
        int dot = token.indexOf('.');
        try {
            long end = Long.parseLong(token.substring(0, Math.max(0, dot)));
            return clock.instant().getEpochSecond() < end && MessageDigest.isEqual(hash(operator, end).getBytes(StandardCharsets.US_ASCII),
                    token.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String hash(String operator, long end) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal((operator + "\n" + end).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256.", e);
        }
    }
}
