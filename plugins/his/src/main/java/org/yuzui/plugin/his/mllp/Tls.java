package org.yuzui.plugin.his.mllp;

import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TLS from PEM files; TLS 1.2 and 1.3, with the suites of this Java. A file that can't be used is named at the start. */
public final class Tls {

    private static final Pattern CERTIFICATE = Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

    private Tls() {
    }

    /**
     * What one side of a line has.
     *
     * @param certificate its own, with those that lead to a root; null to show none
     * @param key         the certificate's, PKCS#8 without a password; null without a certificate
     * @param authorities whom it trusts; null for those of this Java
     * @throws IllegalArgumentException naming the file that can't be used
     */
    public static SSLContext context(Path certificate, Path key, Path authorities) {
        try {
            KeyManager[] own = null;
            if (certificate != null) {
                KeyStore store = empty();
                store.setKeyEntry("own", key(key), new char[0], certificates(certificate).toArray(Certificate[]::new));
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, new char[0]);
                own = keys.getKeyManagers();
            }
            TrustManager[] trusted = null;
            if (authorities != null) {
                KeyStore store = empty();
                List<Certificate> all = certificates(authorities);
                for (int i = 0; i < all.size(); i++) {
                    store.setCertificateEntry("ca" + i, all.get(i));
                }
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(store);
                trusted = trust.getTrustManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trusted, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS can't be set up with " + (certificate == null ? authorities : certificate) + ": "
                    + e.getMessage() + ". Certificate and key must be PEM files that belong together.", e);
        }
    }

    /** In the form in which camel-mllp takes it. */
    static SSLContextParameters parameters(SSLContext context) {
        return new SSLContextParameters() {
            @Override
            public SSLContext createSSLContext(CamelContext camel) {
                return context;
            }
        };
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(Path file) throws GeneralSecurityException {
        List<Certificate> all = new ArrayList<>();
        Matcher found = CERTIFICATE.matcher(text(file));
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        while (found.find()) {
            all.add(factory.generateCertificate(new ByteArrayInputStream(found.group().getBytes(StandardCharsets.US_ASCII))));
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("There is no certificate in " + file + ". A PEM file begins with -----BEGIN CERTIFICATE-----.");
        }
        return all;
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException {
        Matcher found = KEY.matcher(file == null ? "" : text(file));
        if (!found.find()) {
            throw new IllegalArgumentException("There is no key in " + file + " that can be read. It must be PKCS#8 without a password:"
                    + " openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key");
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException another) {
                continue;
            }
        }
        throw new InvalidKeySpecException("the key is neither RSA nor EC nor EdDSA");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " can't be read: " + e.getMessage() + ".", e);
        }
    }
}
