package org.yuzui.container.internal.signature;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The keys in {@code config/trust}; a file's name is the name of the signer. */
public final class TrustedKeys {

    private static final String SUFFIX = ".pem";
    private static final String CODE = "bad-trusted-key";

    /**
     * @param from  from when on a certificate holds; null for a bare key, which always does
     * @param until until when
     */
    private record Trusted(String signer, PublicKeyInfo key, Instant from, Instant until) {

        boolean holdsAt(Instant now) {
            return from == null || !now.isBefore(from) && !now.isAfter(until);
        }
    }

    private final List<Trusted> keys;

    private TrustedKeys(List<Trusted> keys) {
        this.keys = keys;
    }

    /** @throws ProblemException {@code bad-trusted-key}, naming the file: a key that is passed over helps nobody */
    public static TrustedKeys load(Path folder) {
        List<Trusted> keys = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return new TrustedKeys(keys);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().endsWith(SUFFIX)).sorted().toList()) {
                keys.add(read(file));
            }
        } catch (IOException e) {
            throw new ProblemException(new Problem(CODE, folder.toString(), "The trusted keys can't be read: " + e + ".",
                    "Check that this user may read the folder."), e);
        }
        return new TrustedKeys(List.copyOf(keys));
    }

    private static Trusted read(Path file) {
        String fileName = file.getFileName().toString();
        String signer = fileName.substring(0, fileName.length() - SUFFIX.length());
        String name = place(file);
        Pem pem = Pem.read(file, CODE, name);
        try {
            return switch (pem.label()) {
                case "PUBLIC KEY" -> new Trusted(signer, PublicKeyInfo.of(pem.der()), null, null);
                case "CERTIFICATE" -> {
                    KeyCertificate certificate = KeyCertificate.read(pem.der());
                    yield new Trusted(signer, certificate.key(), certificate.from(), certificate.until());
                }
                default -> throw new IllegalArgumentException("It is a " + pem.label() + ".");
            };
        } catch (IllegalArgumentException e) {
            throw new ProblemException(new Problem(CODE, name, "This is no key that can be trusted. " + e.getMessage(),
                    "Put the signer's PUBLIC KEY or CERTIFICATE here, or take the file away."), e);
        }
    }

    /** As a person in the hub's home calls it. */
    private static String place(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return whole.subpath(Math.max(0, whole.getNameCount() - 3), whole.getNameCount()).toString();
    }

    /** Who vouches with this key at present; null when nobody does. */
    String signer(PublicKeyInfo key, Instant now) {
        return keys.stream().filter(k -> k.key().equals(key) && k.holdsAt(now)).map(Trusted::signer).findFirst().orElse(null);
    }

    /** Why nobody does, in a sentence. */
    String whyNot(PublicKeyInfo key, Instant now) {
        return keys.stream().filter(k -> k.key().equals(key)).findFirst()
                .map(k -> now.isAfter(k.until())
                        ? "The certificate of " + k.signer() + " ended at " + k.until() + "."
                        : "The certificate of " + k.signer() + " begins at " + k.from() + ".")
                .orElse("The key " + key.id() + " is not among the trusted ones.");
    }
}
