package org.yuzui.testkit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of 127.0.0.1 that signs itself, and its key, as PEM files; made by this Java's keytool, good for two days.
 *
 * @param key PKCS#8, without a password
 */
public record TestCertificate(Path certificate, Path key) {

    private static final String ALIAS = "own";
    private static final String PASSWORD = "only-in-this-test";

    /** @param folder that both files are written into */
    public static TestCertificate make(Path folder, String name) throws IOException, GeneralSecurityException, InterruptedException {
        return make(folder, name, "EC");
    }

    /** @param algorithm of the key, as keytool calls it: {@code EC}, {@code RSA} */
    public static TestCertificate make(Path folder, String name, String algorithm) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD, "-alias", ALIAS, "-keyalg", algorithm,
                "-validity", "2", "-dname", "CN=" + name, "-ext", "SAN=IP:127.0.0.1")).redirectErrorStream(true).start();
        keytool.getOutputStream().close();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no certificate: " + said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate(pem(folder.resolve(name + ".crt"), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
                pem(folder.resolve(name + ".key"), "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
    }

    /** Of a caller that trusts this certificate and no other. */
    public SSLContext trusted() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(ALIAS, CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private static Path pem(Path file, String kind, byte[] der) throws IOException {
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + kind + "-----\n");
    }
}
