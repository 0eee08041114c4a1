package org.yuzui.ledger.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Seals payloads before they are written anywhere: deflated, then AES-256-GCM, bound to their flow.
 *
 * <p>The key file holds one key a line, base64; the last one seals, all of them open, so adding a line is a rotation. A
 * sealed payload is: the key's id (4 bytes, the beginning of its SHA-256), the nonce (12), the cipher text with its tag.
 */
final class PayloadCipher {

    private static final Logger LOG = LoggerFactory.getLogger(PayloadCipher.class);
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<Integer, SecretKeySpec> keys;
    private final int sealing;
    private final Path file;
    private final SecureRandom random = new SecureRandom();

    private PayloadCipher(Map<Integer, SecretKeySpec> keys, int sealing, Path file) {
        this.keys = keys;
        this.sealing = sealing;
        this.file = file;
    }

    static PayloadCipher open(Path file) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            Map<Integer, SecretKeySpec> keys = new LinkedHashMap<>();
            int sealing = 0;
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    byte[] key = Base64.getDecoder().decode(line.strip());
                    if (key.length != KEY_BYTES) {
                        throw new IllegalArgumentException("a key of " + key.length + " bytes instead of " + KEY_BYTES);
                    }
                    sealing = id(key);
                    keys.put(sealing, new SecretKeySpec(key, "AES"));
                }
            }
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("no key");
            }
            return new PayloadCipher(keys, sealing, file);
        } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
            throw new ProblemException(new Problem("payload-key-unreadable", file.toString(),
                    "The key for refused messages can't be used: " + e.getMessage() + ".",
                    "Put the file back from a backup; without it the messages that were kept can't be read."), e);
        }
    }

    byte[] seal(UUID flow, byte[] payload) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(sealing), nonce, flow);
            byte[] packed = deflate(payload);
            ByteBuffer sealed = ByteBuffer.allocate(Integer.BYTES + NONCE_BYTES + cipher.getOutputSize(packed.length));
            sealed.putInt(sealing).put(nonce);
            cipher.doFinal(ByteBuffer.wrap(packed), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM.", e);
        }
    }

    byte[] open(UUID flow, byte[] sealed) {
        int id = ByteBuffer.wrap(sealed).getInt();
        SecretKeySpec key = keys.get(id);
        if (key == null) {
            throw new ProblemException(new Problem("payload-key-unknown", file.toString(),
                    "The message was encrypted with another key (" + Integer.toHexString(id) + ").",
                    "Add that key as a line before the last one, from a backup or from the node that kept the message."));
        }
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            System.arraycopy(sealed, Integer.BYTES, nonce, 0, NONCE_BYTES);
            int head = Integer.BYTES + NONCE_BYTES;
            byte[] packed = cipher(Cipher.DECRYPT_MODE, key, nonce, flow).doFinal(sealed, head, sealed.length - head);
            return new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        } catch (GeneralSecurityException | IOException e) {
            throw new ProblemException(new Problem("payload-damaged", flow.toString(),
                    "The message that was kept is not what was written.", "Restore the database from a backup."), e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, UUID flow) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(flow.getMostSignificantBits()).putLong(flow.getLeastSignificantBits()).flip());
        return cipher;
    }

    private static byte[] deflate(byte[] payload) {
        Deflater deflater = new Deflater();
        ByteArrayOutputStream packed = new ByteArrayOutputStream(Math.max(64, payload.length / 3));
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(payload);
        } catch (IOException e) {
            throw new IllegalStateException("Memory is no device that fails.", e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static int id(byte[] key) throws GeneralSecurityException {
        return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt();
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        String content = """
                # Keys for the refused messages in Yuzui's ledger. The last line encrypts, all lines decrypt.
                # Keep a copy where the database's backups are not.
                %s
                """.formatted(Base64.getEncoder().encodeToString(key));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (FileChannel out = FileChannel.open(part, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("key for refused messages written to {}", file);
    }
}
