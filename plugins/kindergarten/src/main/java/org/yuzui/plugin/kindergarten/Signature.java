package org.yuzui.plugin.kindergarten;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * How a call is signed, in both directions: HMAC-SHA256 with the secret over
 * {@code METHOD \n path with query \n timestamp \n idempotency key or nothing \n body}, as {@code v1=} and 64 hexadecimal
 * digits.
 */
public final class Signature {

    /** Who signs. */
    public static final String KEY = "Yuzui-Key";
    /** When, in seconds since 1970. */
    public static final String TIMESTAMP = "Yuzui-Timestamp";
    /** The signature. */
    public static final String SIGNATURE = "Yuzui-Signature";
    /** The sender's own name of what it sends; may be absent. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final String VERSION = "v1=";
    private static final int DIGITS = 64;

    private Signature() {
    }

    /**
     * Signs.
     *
     * @param path      the request's target as it is sent, with its query
     * @param timestamp as it stands in the header
     * @param request   the idempotency key; empty for none
     */
    public static String of(String secret, String method, String path, String timestamp, String request, byte[] body) {
        return VERSION + HexFormat.of().formatHex(code(secret, method, path, timestamp, request, body));
    }

    /** Compares in a time that says nothing about where they differ. Anything that is no signature differs. */
    public static boolean fits(String signature, String secret, String method, String path, String timestamp, String request,
                               byte[] body) {
        byte[] expected = code(secret, method, path, timestamp, request, body);
        byte[] shown = new byte[expected.length];
        boolean readable = signature != null && signature.length() == VERSION.length() + DIGITS && signature.startsWith(VERSION);
        if (readable) {
            try {
                shown = HexFormat.of().parseHex(signature, VERSION.length(), signature.length());
            } catch (IllegalArgumentException e) {
                readable = false;
            }
        }
        return MessageDigest.isEqual(expected, shown) & readable;
    }

    private static byte[] code(String secret, String method, String path, String timestamp, String request, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((method + '\n' + path + '\n' + timestamp + '\n' + request + '\n').getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256.", e);
        }
    }
}
