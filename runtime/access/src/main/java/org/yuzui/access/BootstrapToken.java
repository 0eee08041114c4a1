package org.yuzui.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The token that the first start leaves in {@code data/bootstrap-token} for whoever may read that file. */
public final class BootstrapToken implements Access {

    private static final Logger LOG = LoggerFactory.getLogger(BootstrapToken.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int RANDOM_BYTES = 32;
    /** A token that somebody wrote by hand must not be guessable. */
    private static final int SHORTEST = 32;

    private final byte[] digest;

    private BootstrapToken(String token) {
        this.digest = sha256(token);
    }

    /**
     * Reads the token, after making one at the first start. A file that others can read is closed to them with a warning.
     *
     * @param data the hub's data folder; made if need be
     * @throws ProblemException {@code bootstrap-token-unreadable} or {@code bootstrap-token-weak}
     */
    public static Access open(Path data) {
        Path file = data.resolve("bootstrap-token");
        try {
            if (Files.notExists(file)) {
                create(data, file);
            }
            close(file);
            String token = Files.readString(file).strip();
            if (token.length() < SHORTEST) {
                throw new ProblemException(new Problem("bootstrap-token-weak", file.toString(),
                        "The token has fewer than " + SHORTEST + " characters.",
                        "Delete the file: the next start makes a new one."));
            }
            return new BootstrapToken(token);
        } catch (IOException e) {
            throw new ProblemException(new Problem("bootstrap-token-unreadable", file.toString(),
                    "The token can be neither read nor made: " + e.getMessage(),
                    "Give the user that runs Yuzui the right to read and write here."), e);
        }
    }

    @Override
    public Optional<Principal> byToken(String token) {
        // Digests have one length and tell nothing of the token, so the comparison's time does neither.
        return token != null && MessageDigest.isEqual(digest, sha256(token))
                ? Optional.of(Principal.withAll("bootstrap"))
                : Optional.empty();
    }

    private static void create(Path data, Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.createDirectories(data);
        Path part = data.resolve("bootstrap-token.part");
        Files.deleteIfExists(part);
        try (FileChannel out = FileChannel.open(part, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer line = StandardCharsets.US_ASCII.encode(token + "\n");
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("bootstrap token written to {}", file);
    }

    private static void close(Path file) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(found)) {
            LOG.warn("{} was open to others ({}); now only its owner can read it. Delete it and restart if somebody may have.",
                    file, PosixFilePermissions.toString(found));
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
