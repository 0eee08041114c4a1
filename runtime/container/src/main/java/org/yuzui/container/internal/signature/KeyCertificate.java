package org.yuzui.container.internal.signature;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * What counts of an X.509 certificate that the site itself has put among its trusted keys: the key, and how long it holds.
 * Who issued it doesn't matter any more.
 */
record KeyCertificate(PublicKeyInfo key, Instant from, Instant until) {

    /** @throws IllegalArgumentException saying what is wrong */
    static KeyCertificate read(byte[] der) {
        if (Sm2Certificate.isOne(der)) { // the JDK doesn't know the curve
            return Sm2Certificate.read(der);
        }
        try {
            X509Certificate x509 = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
            return new KeyCertificate(PublicKeyInfo.of(x509.getPublicKey().getEncoded()), x509.getNotBefore().toInstant(),
                    x509.getNotAfter().toInstant());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("The certificate is damaged.", e);
        }
    }
}
