package org.yuzui.ledger.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a flow is found by besides its columns, each as a number: the first 64 bits of HMAC-SHA-256 over a field's name and value. So the
 * index holds no value, and who has the database without the key file can't try values out.
 *
 * <p>The key file holds one key a line, base64; the last one makes terms, all of them find, so adding a line is a rotation. Thread-safe.
 */
final class Terms {

    private static final Logger LOG = LoggerFactory.getLogger(Terms.class);
    private static final int KEY_BYTES = 32;
    private static final String HMAC = "HmacSHA256";
    /** Of one record; a contract that lists more is found by the first ones. */
    private static final int MOST = 32;

    private final List<SecretKeySpec> keys;
    private final ThreadLocal<Mac> making;

    private Terms(List<SecretKeySpec> keys) {
        this.keys = keys;
        this.making = ThreadLocal.withInitial(() -> mac(keys.get(keys.size() - 1)));
    }

    /** @throws ProblemException {@code index-key-unreadable} */
    static Terms open(Path file) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            List<SecretKeySpec> keys = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    byte[] key = Base64.getDecoder().decode(line.strip());
                    if (key.length != KEY_BYTES) {
                        throw new IllegalArgumentException("a key of " + key.length + " bytes instead of " + KEY_BYTES);
                    }
                    keys.add(new SecretKeySpec(key, HMAC));
                }
            }
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("no key");
            }
            return new Terms(List.copyOf(keys));
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(new Problem("index-key-unreadable", file.toString(),
                    "The key of the indexed fields can't be used: " + e.getMessage() + ".",
                    "Put the file back from a backup; without it records of before aren't found by their fields."), e);
        }
    }

    /** Of the fields of one record. */
    long[] of(Map<String, String> fields) {
        return fields.entrySet().stream().limit(MOST).mapToLong(e -> term(making.get(), e.getKey(), e.getValue())).toArray();
    }

    /** What a flow with this value may have been given, by this key or by one before it. */
    Long[] candidates(String name, String value) {
        return keys.stream().map(key -> term(mac(key), name, value)).toArray(Long[]::new);
    }

    /** What is made from a flow has this; an id is no secret, and is as random as a hash. The migration makes the same. */
    static long madeFrom(UUID parent) {
        return parent.getMostSignificantBits() ^ parent.getLeastSignificantBits();
    }

    private static long term(Mac mac, String name, String value) {
        mac.update(name.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return ByteBuffer.wrap(mac.doFinal(value.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256.", e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        String content = """
                # Keys for the indexed fields in Yuzui's ledger. The last line makes the index, all lines find.
                # Keep a copy where the database's backups are not.
                %s
                """.formatted(Base64.getEncoder().encodeToString(key));
        KeyRing.write(file, content);
        LOG.info("key for indexed fields written to {}", file);
    }
}
