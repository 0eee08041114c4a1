package org.yuzui.ledger.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.OwnerFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys of a file: one a line, base64; the last one seals, all of them open, so adding a line is a rotation. A running hub notices the
 * new line. Thread-safe.
 */
public final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final int KEY_BYTES = 32;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** @param id the beginning of the key's SHA-256 */
    record Key(int id, SecretKeySpec key) {
    }

    /** @param state tells whether the file has changed: its time alone may not, of two writes in one tick of the clock */
    private record Content(Map<Integer, Key> keys, Key last, State state) {
    }

    private record State(FileTime modified, long size) {

        static State of(Path file) throws IOException {
            return new State(Files.getLastModifiedTime(file), Files.size(file));
        }
    }

    private final Path file;
    private final AtomicLong looked = new AtomicLong(System.nanoTime());
    private volatile Content content;
    private volatile boolean complained;

    private KeyRing(Path file, Content content) {
        this.file = file;
        this.content = content;
    }

    /** Makes the file when there is none. */
    static KeyRing open(Path file) {
        try {
            if (Files.notExists(file)) {
                write(file, """
                        # Keys for the messages that Yuzui's ledger keeps. The last line encrypts, all lines decrypt.
                        # Keep a copy where the database's backups are not.
                        %s
                        """.formatted(fresh()));
                LOG.info("key for kept messages written to {}", file);
            }
            return new KeyRing(file, read(file));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Adds a key, which seals from then on; a hub that runs takes it up within seconds.
     *
     * @return the ids of all keys, the new one last
     * @throws ProblemException {@code payload-key-unreadable}; the file is as it was
     */
    public static List<String> rotate(Path file) {
        try {
            if (Files.notExists(file)) {
                open(file);
            } else {
                read(file);
                String before = Files.readString(file);
                write(file, before + (before.endsWith("\n") ? "" : "\n") + fresh() + "\n");
            }
            return read(file).keys().keySet().stream().map(KeyRing::name).toList();
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    /** As messages name a key. */
    static String name(int id) {
        return String.format("%08x", id);
    }

    Key sealing() {
        long now = System.nanoTime();
        long before = looked.get();
        if (now - before > LOOK_NANOS && looked.compareAndSet(before, now)) {
            look();
        }
        return content.last();
    }

    /** @throws ProblemException {@code payload-key-unknown} */
    Key opening(int id) {
        Key key = content.keys().get(id);
        if (key == null) {
            look();
            key = content.keys().get(id);
        }
        if (key == null) {
            throw new ProblemException(new Problem("payload-key-unknown", file.toString(),
                    "The message was encrypted with another key (" + name(id) + ").",
                    "Add that key as a line before the last one, from a backup or from the node that kept the message."));
        }
        return key;
    }

    private void look() {
        try {
            if (!State.of(file).equals(content.state())) {
                Content now = read(file);
                if (now.last().id() != content.last().id()) {
                    LOG.info("kept messages are encrypted with the key {} from now on", name(now.last().id()));
                }
                content = now;
            }
            complained = false;
        } catch (IOException | IllegalArgumentException e) {
            if (!complained) {
                complained = true;
                LOG.warn("the key file {} can't be read any more, the keys of before are used: {}", file, e.getMessage());
            }
        }
    }

    private static Content read(Path file) throws IOException {
        State state = State.of(file);
        Map<Integer, Key> keys = new LinkedHashMap<>();
        Key last = null;
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                byte[] key = Base64.getDecoder().decode(line.strip());
                if (key.length != KEY_BYTES) {
                    throw new IllegalArgumentException("a key of " + key.length + " bytes instead of " + KEY_BYTES);
                }
                last = new Key(id(key), new SecretKeySpec(key, "AES"));
                keys.put(last.id(), last);
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("no key");
        }
        return new Content(keys, last, state);
    }

    private static int id(byte[] key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static String fresh() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** Whole or not at all, readable by the hub's own user only. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        OwnerFile.write(file, text);
    }

    private static ProblemException unreadable(Path file, Exception e) {
        return new ProblemException(new Problem("payload-key-unreadable", file.toString(),
                "The key for kept messages can't be used: " + e.getMessage() + ".",
                "Put the file back from a backup; without it the messages that were kept can't be read."), e);
    }
}
