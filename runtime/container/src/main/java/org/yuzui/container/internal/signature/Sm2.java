package org.yuzui.container.internal.signature;

import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * SM2 signatures by GB/T 32918.2: SM3 over the identity's digest and the message, the identity {@code 1234567812345678}
 * (GB/T 35276), r and s as a DER sequence, as OpenSSL writes them too.
 */
final class Sm2 {

    private static final ECNamedDomainParameters CURVE = curve();

    private Sm2() {
    }

    private static ECNamedDomainParameters curve() {
        X9ECParameters x9 = GMNamedCurves.getByName("sm2p256v1");
        return new ECNamedDomainParameters(GMObjectIdentifiers.sm2p256v1, x9.getCurve(), x9.getG(), x9.getN(), x9.getH());
    }

    /** @param point uncompressed: 4, X, Y */
    static boolean verifies(byte[] point, byte[] message, byte[] signature) {
        try {
            SM2Signer verifier = new SM2Signer();
            verifier.init(false, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), CURVE));
            verifier.update(message, 0, message.length);
            return verifier.verifySignature(signature);
        } catch (IllegalArgumentException e) {
            return false; // a point that is not on the curve
        }
    }

    static byte[] sign(ECPrivateKeyParameters key, byte[] message, SecureRandom random) {
        SM2Signer signer = new SM2Signer();
        signer.init(true, new ParametersWithRandom(key, random));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("a sound key can sign", e);
        }
    }

    static ECPrivateKeyParameters make() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(CURVE, new SecureRandom()));
        return (ECPrivateKeyParameters) generator.generateKeyPair().getPrivate();
    }

    static boolean isOnCurve(ECPrivateKeyParameters key) {
        return key.getParameters().getCurve().equals(CURVE.getCurve()) && key.getParameters().getG().equals(CURVE.getG());
    }

    /** The key's other half. */
    static PublicKeyInfo publicKey(ECPrivateKeyParameters key) {
        byte[] point = CURVE.getG().multiply(key.getD()).normalize().getEncoded(false);
        return PublicKeyInfo.sm2(Arrays.copyOfRange(point, 1, point.length));
    }
}
