package org.yuzui.ledger.internal;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.SealCipher;

import javax.crypto.Cipher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;

/**
 * Seals what is kept before it is written anywhere: packed, then encrypted by the key that seals and its cipher, bound to its id. Thread-safe.
 *
 * <p>Sealed it is: the key's id (4 bytes, the beginning of its SHA-256), the nonce (12), the cipher text with its tag. The key says which
 * cipher it is for, so what was sealed with another one opens as before.
 */
final class PayloadCipher {

    static final int NONCE_BYTES = 12;
    private static final int HEAD = Integer.BYTES + NONCE_BYTES;
    private static final ThreadLocal<Tools> TOOLS = ThreadLocal.withInitial(Tools::new);

    private final KeyRing keys;

    private PayloadCipher(KeyRing keys) {
        this.keys = keys;
    }

    /** @param cipher that new ones are sealed with */
    static PayloadCipher open(Path file, SealCipher cipher) {
        return new PayloadCipher(KeyRing.open(file, cipher));
    }

    KeyRing keys() {
        return keys;
    }

    byte[] seal(UUID id, byte[] payload) {
        Tools tools = TOOLS.get();
        KeyRing.Key key = keys.sealing();
        try {
            int packed = tools.pack(payload);
            byte[] nonce = tools.nonce();
            Cipher cipher = bound(tools.ciphers.sealing(key, nonce), id);
            ByteBuffer sealed = ByteBuffer.allocate(HEAD + packed + GcmCiphers.TAG_BITS / 8);
            sealed.putInt(key.id()).put(nonce);
            cipher.doFinal(ByteBuffer.wrap(tools.packed, 0, packed), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Nothing can be sealed with " + key.cipher().text() + ".", e);
        } finally {
            tools.forget();
        }
    }

    byte[] open(UUID id, byte[] sealed) {
        if (sealed.length < HEAD + GcmCiphers.TAG_BITS / 8) {
            throw damaged(id.toString(), null);
        }
        KeyRing.Key key = keys.opening(ByteBuffer.wrap(sealed).getInt());
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, Integer.BYTES, HEAD);
            byte[] packed = bound(TOOLS.get().ciphers.opening(key, nonce), id).doFinal(sealed, HEAD, sealed.length - HEAD);
            return Packing.unpack(packed);
        } catch (GeneralSecurityException | IOException e) {
            throw damaged(id.toString(), e);
        }
    }

    private static Cipher bound(Cipher cipher, UUID id) {
        cipher.updateAAD(ByteBuffer.allocate(2 * Long.BYTES).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array());
        return cipher;
    }

    static ProblemException damaged(String what, Exception cause) {
        return new ProblemException(new Problem("payload-damaged", what, "The message that was kept is not what was written.",
                "Restore it from a backup."), cause);
    }

    /** What a thread needs again and again, and what costs more to make than to use. */
    private static final class Tools {

        private static final int LARGE = 256 * 1024;
        private final Packing packing = new Packing();
        private final GcmCiphers ciphers = new GcmCiphers();
        private final SecureRandom random = new SecureRandom();
        /** A nonce must never come twice: eight random bytes for a thread's life, and a count. */
        private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
        private int count;
        private byte[] packed = new byte[8 * 1024];

        /** Into {@link #packed}; returns how many bytes of it. */
        int pack(byte[] payload) {
            int most = packing.most(payload.length);
            if (packed.length < most) {
                packed = new byte[most];
            }
            return packing.pack(payload, packed);
        }

        byte[] nonce() {
            if (count == 0) {
                nonce.putLong(0, random.nextLong());
            }
            nonce.putInt(Long.BYTES, count++);
            return nonce.array().clone();
        }

        /** A thread that once had a large one must not hold room for it. */
        void forget() {
            if (packed.length > LARGE) {
                packed = new byte[8 * 1024];
            }
        }
    }
}
