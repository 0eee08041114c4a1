package org.yuzui.container.internal.signature;

import org.yuzui.container.SignatureAlgorithm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A public key as X.509 writes it (SubjectPublicKeyInfo, DER). Of each algorithm only the usual form is taken (RFC 8410;
 * GM/T 0009 with the named curve and the point uncompressed), so that one key is one sequence of bytes and has one id.
 */
final class PublicKeyInfo {

    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] SM2 = HexFormat.of().parseHex("3059301306072a8648ce3d020106082a811ccf5501822d03420004");
    private static final int ED25519_POINT = 32;
    private static final int SM2_POINT = 64;

    private final SignatureAlgorithm algorithm;
    private final byte[] der;

    private PublicKeyInfo(SignatureAlgorithm algorithm, byte[] der) {
        this.algorithm = algorithm;
        this.der = der.clone();
    }

    /** @throws IllegalArgumentException saying what it is not */
    static PublicKeyInfo of(byte[] der) {
        if (startsWith(der, ED25519) && der.length == ED25519.length + ED25519_POINT) {
            return new PublicKeyInfo(SignatureAlgorithm.ED25519, der);
        }
        if (startsWith(der, SM2) && der.length == SM2.length + SM2_POINT) {
            return new PublicKeyInfo(SignatureAlgorithm.SM2, der);
        }
        throw new IllegalArgumentException("It is neither an Ed25519 key nor an SM2 key with its named curve.");
    }

    static PublicKeyInfo ed25519(byte[] point) {
        return of(join(ED25519, point));
    }

    /** @param point X and Y, 32 bytes each */
    static PublicKeyInfo sm2(byte[] point) {
        return of(join(SM2, point));
    }

    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    byte[] der() {
        return der.clone();
    }

    /** The first 16 hexadecimal digits of the SHA-256 over it. */
    String id() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the signature over the message was made with this key's other half. */
    boolean verifies(byte[] message, byte[] signature) {
        return switch (algorithm) {
            case ED25519 -> Ed25519.verifies(der, message, signature);
            case SM2 -> Sm2.verifies(Arrays.copyOfRange(der, SM2.length - 1, der.length), message, signature);
        };
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length > start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PublicKeyInfo k && Arrays.equals(der, k.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return algorithm.label() + " " + id();
    }
}
