package org.yuzui.ledger.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.OwnerFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.PayloadKeys;
import org.yuzui.ledger.SealCipher;

import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * The keys of a file: one a line, base64; the last one seals, all of them open, so adding a line is a rotation. A line that begins with the
 * name of a cipher and a colon is a key for that one, any other for AES. A running hub notices the new line. Thread-safe.
 */
public final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** @param id the beginning of the key's SHA-256 */
    record Key(int id, SealCipher cipher, SecretKeySpec key) {
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

    /**
     * Makes the file when there is none, and adds a key when the last one is for another cipher.
     *
     * @param cipher that seals from now on
     * @throws ProblemException {@code payload-key-unreadable}, {@code payload-key-not-added}
     */
    static KeyRing open(Path file, SealCipher cipher) {
        try {
            if (Files.notExists(file)) {
                alone(file, () -> create(file, cipher));
                LOG.info("key for kept messages ({}) written to {}", cipher.text(), file);
            }
            Content content = read(file);
            if (content.last().cipher() != cipher) {
                content = changed(file, content.last(), cipher);
            }
            return new KeyRing(file, content);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    private static Content changed(Path file, Key last, SealCipher cipher) throws IOException {
        try {
            alone(file, () -> add(file, cipher));
        } catch (IOException e) {
            throw new ProblemException(new Problem("payload-key-not-added", file.toString(), "The last key is for " + last.cipher().text()
                    + ", and none for " + cipher.text() + " can be added: " + e.getMessage() + ".",
                    "Let the hub write there, or add one with `yuzui ledger rotate-key` and bring the file here, or set ledger.cipher back."), e);
        }
        Content content = read(file);
        LOG.warn("kept messages are encrypted with {} from now on: the key {} was added to {}. Copy the file to the other nodes of this hub.",
                cipher.text(), name(content.last().id()), file);
        return content;
    }

    private interface Change {
        void make() throws IOException;
    }

    /** Of two that change the file at once one would lose the other's key, with which a hub may have sealed by then. */
    private static void alone(Path file, Change change) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        synchronized (LOG) { // locks of files are the whole process'
            try (FileChannel lock = FileChannel.open(file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock(); // until it is closed
                change.make();
            }
        }
    }

    private static void create(Path file, SealCipher cipher) throws IOException {
        write(file, """
                # Keys for the messages that Yuzui's ledger keeps. The last line encrypts, all lines decrypt.
                # Keep a copy where the database's backups are not.
                %s
                """.formatted(fresh(cipher)));
    }

    private static void add(Path file, SealCipher cipher) throws IOException {
        String before = Files.readString(file);
        write(file, before + (before.endsWith("\n") ? "" : "\n") + fresh(cipher) + "\n");
    }

    /**
     * Adds a key, which seals from then on; a hub that runs takes it up within seconds.
     *
     * @return all keys, the new one last
     * @throws ProblemException {@code payload-key-unreadable}; the file is as it was
     */
    public static List<PayloadKeys.Key> rotate(Path file, SealCipher cipher) {
        try {
            alone(file, () -> {
                if (Files.notExists(file)) {
                    create(file, cipher);
                } else {
                    read(file);
                    add(file, cipher);
                }
            });
            return read(file).keys().values().stream().map(k -> new PayloadKeys.Key(name(k.id()), k.cipher())).toList();
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
                    LOG.info("kept messages are encrypted with the key {} ({}) from now on", name(now.last().id()), now.last().cipher().text());
                }
                content = withThoseOfBefore(now);
            }
            complained = false;
        } catch (IOException | IllegalArgumentException e) {
            if (!complained) {
                complained = true;
                LOG.warn("the key file {} can't be read any more, the keys of before are used: {}", file, e.getMessage());
            }
        }
    }

    /** What was sealed stays open as long as the hub runs, even if somebody put another file in the place of this one. */
    private Content withThoseOfBefore(Content now) {
        Map<Integer, Key> all = new LinkedHashMap<>(content.keys());
        all.keySet().removeAll(now.keys().keySet());
        if (all.isEmpty()) {
            return now;
        }
        LOG.error("{} does not hold the keys {} any more. What they encrypted opens until this hub ends, and not after that: add their lines "
                + "before the last one, from a copy of the file.", file, all.keySet().stream().map(KeyRing::name).toList());
        all.putAll(now.keys());
        return new Content(all, now.last(), now.state());
    }

    private static Content read(Path file) throws IOException {
        State state = State.of(file);
        Map<Integer, Key> keys = new LinkedHashMap<>();
        Key last = null;
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                last = key(line.strip());
                keys.put(last.id(), last);
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("no key");
        }
        return new Content(keys, last, state);
    }

    private static Key key(String line) {
        int colon = line.indexOf(':');
        SealCipher cipher = colon < 0 ? SealCipher.AES_GCM : SealCipher.named(line.substring(0, colon).strip())
                .orElseThrow(() -> new IllegalArgumentException("a key for another cipher than " + SealCipher.names()));
        byte[] key = Base64.getDecoder().decode(line.substring(colon + 1).strip());
        if (key.length != cipher.keyBytes()) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes instead of " + cipher.keyBytes() + " for " + cipher.text());
        }
        return new Key(id(key), cipher, new SecretKeySpec(key, cipher.algorithm()));
    }

    private static int id(byte[] key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** As a line. One for AES has no name before it, as versions before SM4 wrote and read it. */
    private static String fresh(SealCipher cipher) {
        byte[] key = new byte[cipher.keyBytes()];
        new SecureRandom().nextBytes(key);
        return (cipher == SealCipher.AES_GCM ? "" : cipher.text() + ":") + Base64.getEncoder().encodeToString(key);
    }

    /** Whole or not at all, readable by the hub's own user only; when this returns the disk has it. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        OwnerFile.write(file, text);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true); // what the key seals soon lies in the database, which is synced
        }
    }

    private static ProblemException unreadable(Path file, Exception e) {
        return new ProblemException(new Problem("payload-key-unreadable", file.toString(),
                "The key for kept messages can't be used: " + e.getMessage() + ".",
                "Put the file back from a backup; without it the messages that were kept can't be read."), e);
    }
}
