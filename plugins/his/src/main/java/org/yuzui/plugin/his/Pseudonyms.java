package org.yuzui.plugin.his;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tells patients apart without naming them: HMAC-SHA-256 of unit and the hospital's own number, under a key of the site.
 * Without a key there are none, for a plain hash of a short number is found by trying all numbers.
 */
final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private final SecretKeySpec key;

    /** @param secret null for no pseudonyms */
    Pseudonyms(String secret) {
        this.key = secret == null ? null : new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    Optional<String> of(String unit, String number) {
        if (key == null || number.isEmpty()) {
            return Optional.empty();
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] code = mac.doFinal((unit + "|" + number).getBytes(StandardCharsets.UTF_8));
            return Optional.of(HexFormat.of().formatHex(code, 0, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
        }
    }
}
