package org.yuzui.plugin.vehicle.terminal;

import org.yuzui.plugin.vehicle.Car;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** The authentication codes: a keyed hash of the terminal's number, so that none has to be kept. Thread-safe. */
final class Codes {

    private final SecretKeySpec key;

    /** @param key empty for one of chance: then terminals register again after a restart, as the standard foresees */
    Codes(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
        }
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    String of(Car car, String terminal) {
        return car.code().isEmpty() ? hash(terminal) : car.code();
    }

    boolean matches(Car car, String terminal, String code) {
        return MessageDigest.isEqual(of(car, terminal).getBytes(StandardCharsets.UTF_8),
                code.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(String terminal) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(
                    Arrays.copyOf(mac.doFinal(terminal.getBytes(StandardCharsets.UTF_8)), 10));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
