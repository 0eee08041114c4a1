package org.yuzui.ledger.internal;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.yuzui.ledger.SealCipher;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.EnumMap;
import java.util.Map;

/** What a thread seals and opens with, made when it is first asked for: it costs more to make than to use. For one thread. */
final class GcmCiphers {

    static final int TAG_BITS = 128;

    /** Not registered with Java, so that nothing else of the hub meets it; its classes are loaded at the first SM4. */
    private static final class Sm4 {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }

    private final Map<SealCipher, Cipher> made = new EnumMap<>(SealCipher.class);

    Cipher sealing(KeyRing.Key key, byte[] nonce) throws GeneralSecurityException {
        return ready(Cipher.ENCRYPT_MODE, key, nonce);
    }

    Cipher opening(KeyRing.Key key, byte[] nonce) throws GeneralSecurityException {
        return ready(Cipher.DECRYPT_MODE, key, nonce);
    }

    private Cipher ready(int mode, KeyRing.Key key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = made.get(key.cipher());
        if (cipher == null) {
            cipher = key.cipher() == SealCipher.SM4_GCM ? Cipher.getInstance("SM4/GCM/NoPadding", Sm4.PROVIDER)
                    : Cipher.getInstance("AES/GCM/NoPadding");
            made.put(key.cipher(), cipher);
        }
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
