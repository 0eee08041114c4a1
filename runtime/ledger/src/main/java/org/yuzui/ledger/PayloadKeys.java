package org.yuzui.ledger;

import org.yuzui.ledger.internal.KeyRing;

import java.nio.file.Path;
import java.util.List;

/** The file with the keys for what is kept: one a line; the last one seals, all of them open. */
public final class PayloadKeys {

    /** @param id as messages name it */
    public record Key(String id, SealCipher cipher) {

        /** {@code 1c580e70 (aes-gcm)}, for people. */
        @Override
        public String toString() {
            return id + " (" + cipher.text() + ")";
        }
    }

    private PayloadKeys() {
    }

    /**
     * Adds a key, which seals from then on; a hub that runs takes it up within seconds. Makes the file when there is none.
     *
     * @param cipher of the new key; those before keep theirs
     * @return all keys, the new one last
     * @throws org.yuzui.kernel.ProblemException {@code payload-key-unreadable}; the file is as it was
     */
    public static List<Key> rotate(Path file, SealCipher cipher) {
        return KeyRing.rotate(file, cipher);
    }
}
