package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.OwnerFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Seals the secrets in settings files: AES-256-GCM, bound to the plugin and the key under which they stand, so that one
 * that was copied to another place opens nowhere. The text form is {@code ${secret:v1:<key id>:<base64>}}; what is sealed is
 * the value as JSON, so that a number comes out as a number.
 *
 * <p>The key file holds one key a line, base64; the last one seals, all of them open. It is made when the first secret is
 * sealed, and read at each use: a line that is added counts at once. Thread-safe.
 */
final class SecretBox {

    private static final Logger LOG = LoggerFactory.getLogger(SecretBox.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SEALED = Pattern.compile("\\$\\{secret:v1:([0-9a-f]{8}):([A-Za-z0-9+/=]+)}");
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private final AtomicBoolean warned = new AtomicBoolean();

    private record Keys(Map<String, SecretKeySpec> all, String sealing) {
    }

    /** @param file {@code data/keys/settings.key}; need not be there */
    SecretBox(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Why a sealed text doesn't open; the message says so to a person, without the text. */
    static final class SealedShutException extends Exception {

        private static final long serialVersionUID = 1L;

        SealedShutException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Whether the whole text is one sealed value, by whatever key. */
    static boolean isSealed(String text) {
        return SEALED.matcher(text).matches();
    }

    /** Whether it was sealed with the key that seals now. */
    boolean isUpToDate(String sealed) {
        Matcher m = SEALED.matcher(sealed);
        Keys keys = keys();
        return m.matches() && m.group(1).equals(keys.sealing());
    }

    /**
     * @param pointer where it stands; the indices of lists don't count, so that a list may be reordered
     * @throws ProblemException {@code settings-key-unreadable}
     */
    String seal(String plugin, String pointer, JsonNode value) {
        Keys keys = keys();
        if (keys.sealing() == null) {
            create();
            keys = keys();
        }
        try {
            byte[] plain = JSON.writeValueAsBytes(value);
            SecretKeySpec key = keys.all().get(keys.sealing());
            byte[] nonce = nonce(key, place(plugin, pointer), plain);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, plugin, pointer);
            ByteBuffer sealed = ByteBuffer.allocate(NONCE_BYTES + cipher.getOutputSize(plain.length));
            sealed.put(nonce);
            cipher.doFinal(ByteBuffer.wrap(plain), sealed);
            return "${secret:v1:" + keys.sealing() + ":" + Base64.getEncoder().encodeToString(sealed.array()) + "}";
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM.", e);
        }
    }

    JsonNode open(String plugin, String pointer, String sealed) throws SealedShutException {
        Matcher m = SEALED.matcher(sealed);
        if (!m.matches()) {
            throw new SealedShutException("What stands here is not whole, or was not made by this hub.", null);
        }
        SecretKeySpec key = keys().all().get(m.group(1));
        if (key == null) {
            throw new SealedShutException("It was encrypted with another key (" + m.group(1) + ") than those in " + file + ".",
                    null);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(m.group(2));
            if (bytes.length <= NONCE_BYTES) {
                throw new GeneralSecurityException("too short");
            }
            byte[] nonce = new byte[NONCE_BYTES];
            System.arraycopy(bytes, 0, nonce, 0, NONCE_BYTES);
            return JSON.readTree(cipher(Cipher.DECRYPT_MODE, key, nonce, plugin, pointer)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw new SealedShutException("It was encrypted for another plugin or another key, or is damaged.", e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String plugin, String pointer)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place(plugin, pointer));
        return cipher;
    }

    private static byte[] place(String plugin, String pointer) {
        return (plugin + pointer.replaceAll("/\\d+(?=/|$)", "/-")).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Made of what is sealed, so that the same value at the same place is the same text: a file that can't be written still
     * has one revision, not one at each start. Two different values get different nonces.
     */
    private static byte[] nonce(SecretKeySpec key, byte[] place, byte[] plain) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        mac.init(new SecretKeySpec(mac.doFinal("nonce".getBytes(StandardCharsets.US_ASCII)), "HmacSHA256"));
        mac.update(place);
        mac.update((byte) 0);
        return Arrays.copyOf(mac.doFinal(plain), NONCE_BYTES);
    }

    private Keys keys() {
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        String sealing = null;
        try {
            warnIfOthersMayRead();
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
            if (sealing == null) {
                throw new IllegalArgumentException("no key in it");
            }
            return new Keys(keys, sealing);
        } catch (NoSuchFileException e) {
            return new Keys(Map.of(), null);
        } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private ProblemException unusable(Exception e) {
        return new ProblemException(new Problem("settings-key-unreadable", file.toString(),
                "The key for the secrets of the plugins can't be used: " + (e instanceof IllegalArgumentException ? e.getMessage()
                        : e.toString()) + ".",
                "Put the file back from a backup, readable for the hub's user only."), e);
    }

    private void warnIfOthersMayRead() throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        permissions.removeAll(PosixFilePermissions.fromString("rwx------"));
        if (!permissions.isEmpty() && warned.compareAndSet(false, true)) {
            LOG.warn("The key for the secrets of the plugins can be read or written by others: chmod 600 {}", file);
        }
    }

    private static String id(byte[] key) throws GeneralSecurityException {
        return String.format("%08x", ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt());
    }

    private synchronized void create() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        String content = """
                # Keys for the secrets in config/plugins/*.yaml. The last line encrypts, all lines decrypt.
                # Keep a copy where the backups of config/ and of the database are not.
                %s
                """.formatted(Base64.getEncoder().encodeToString(key));
        try {
            if (Files.exists(file)) {
                return;
            }
            Files.createDirectories(file.getParent());
            OwnerFile.write(file, content);
            LOG.info("key for the secrets of the plugins written to {}", file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }
}
