package org.yuzui.container.internal.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 as the JDK has it. */
final class Ed25519 {

    private static final String NAME = "Ed25519";

    private Ed25519() {
    }

    /** @param publicKey SubjectPublicKeyInfo, DER */
    static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            PublicKey key = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(publicKey));
            Signature verifier = Signature.getInstance(NAME);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException | InvalidKeySpecException e) {
            return false; // a signature of another length, a point that is not on the curve
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
        }
    }

    /** @param seed the private key as RFC 8032 has it, 32 bytes */
    static byte[] sign(byte[] seed, byte[] message) {
        try {
            Signature signer = Signature.getInstance(NAME);
            signer.initSign(KeyFactory.getInstance(NAME).generatePrivate(
                    new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every seed can sign", e);
        }
    }

    /** The private key as PKCS #8 writes it (RFC 8410), without the public half, which old readers don't expect there. */
    static byte[] pkcs8(byte[] seed) {
        byte[] start = HexFormat.of().parseHex("302e020100300506032b657004220420");
        byte[] all = Arrays.copyOf(start, start.length + seed.length);
        System.arraycopy(seed, 0, all, start.length, seed.length);
        return all;
    }
}
