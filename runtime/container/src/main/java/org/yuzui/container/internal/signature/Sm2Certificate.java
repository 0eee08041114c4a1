package org.yuzui.container.internal.signature;

import org.bouncycastle.asn1.x509.Certificate;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;

/** An X.509 certificate of an SM2 key. */
final class Sm2Certificate {

    /** 1.2.156.10197.1.301, the curve, as DER. */
    private static final String CURVE = "06082a811ccf5501822d";

    private Sm2Certificate() {
    }

    static boolean isOne(byte[] der) {
        return HexFormat.of().formatHex(der).contains(CURVE);
    }

    static KeyCertificate read(byte[] der) {
        byte[] key;
        Instant from;
        Instant until;
        try {
            Certificate x509 = Certificate.getInstance(der);
            key = x509.getSubjectPublicKeyInfo().getEncoded("DER");
            from = x509.getStartDate().getDate().toInstant();
            until = x509.getEndDate().getDate().toInstant();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("The certificate is damaged.", e);
        }
        return new KeyCertificate(PublicKeyInfo.of(key), from, until);
    }
}
