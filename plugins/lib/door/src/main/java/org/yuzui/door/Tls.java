package org.yuzui.door;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.yuzui.spi.Settings;

import java.io.File;
import java.io.IOException;

/** TLS by the settings {@code <section>.certificate} and {@code <section>.key}, paths of PEM files. */
final class Tls {

    private Tls() {
    }

    /**
     * @return null when neither is set
     * @throws IllegalArgumentException when only one is set
     * @throws IOException              when one can't be read
     */
    static SslContext of(Settings settings, String section) throws IOException {
        String certificate = settings.text(section + ".certificate", "");
        String key = settings.text(section + ".key", "");
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new IllegalArgumentException("TLS needs both " + section + ".certificate and " + section + ".key.");
        }
        if (certificate.isEmpty()) {
            return null;
        }
        try {
            return SslContextBuilder.forServer(new File(certificate), new File(key)).build();
        } catch (IllegalArgumentException e) {
            throw new IOException(section + ".certificate or " + section + ".key is no PEM file that can be read (the key has to be "
                    + "PKCS#8): " + e.getMessage(), e);
        }
    }
}
