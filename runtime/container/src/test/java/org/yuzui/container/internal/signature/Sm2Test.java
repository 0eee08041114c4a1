package org.yuzui.container.internal.signature;

import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.util.test.FixedSecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of GB/T 32918.5 and GB/T 32905, and a signature that OpenSSL made. */
class Sm2Test {

    private static final Path FIXTURES = Path.of("src/test/resources/signatures");
    private static final byte[] MESSAGE = "message digest".getBytes(StandardCharsets.US_ASCII);
    private static final String D = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    private static final String X = "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020";
    private static final String Y = "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
    private static final String K = "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21";
    private static final String R = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3";
    private static final String S = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "''        | 1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b",
            "abc       | 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd | "
                    + "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"})
    void digestsAreThoseOfTheStandard(String text, String sm3) {
        SM3Digest digest = new SM3Digest();
        digest.update(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        assertThat(HexFormat.of().formatHex(out)).isEqualTo(sm3);
    }

    @Test
    void theSignatureOfTheStandardIsMadeAndVerified() throws IOException {
        ECPrivateKeyParameters key = new ECPrivateKeyParameters(new BigInteger(D, 16), Sm2.make().getParameters());
        PublicKeyInfo other = Sm2.publicKey(key);

        byte[] signature = Sm2.sign(key, MESSAGE, new FixedSecureRandom(HexFormat.of().parseHex(K)));

        assertThat(HexFormat.of().withUpperCase().formatHex(other.der())).endsWith("04" + X + Y);
        assertThat(signature).isEqualTo(der(new BigInteger(R, 16), new BigInteger(S, 16)));
        assertThat(other.verifies(MESSAGE, signature)).isTrue();
        assertThat(other.verifies("message digesT".getBytes(StandardCharsets.US_ASCII), signature)).isFalse();
    }

    @Test
    void aSignatureOfOpensslIsVerified() throws IOException {
        PublicKeyInfo key = PublicKeyInfo.of(Pem.read(FIXTURES.resolve("openssl-sm2.pem"), "", "").der());
        byte[] signature = Files.readAllBytes(FIXTURES.resolve("openssl-sm2.signature"));
        assertThat(key.verifies(MESSAGE, signature)).isTrue();
        signature[signature.length - 1] ^= 1;
        assertThat(key.verifies(MESSAGE, signature)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"''", "00", "3000", "3006020100020100", "30060201010201ff",
            "304402200000000000000000000000000000000000000000000000000000000000000000"})
    void whatIsNoSignatureIsNone(String hex) {
        PublicKeyInfo key = Sm2.publicKey(Sm2.make());
        assertThat(key.verifies(MESSAGE, HexFormat.of().parseHex(hex))).isFalse();
        assertThat(PublicKeyInfo.sm2(new byte[64]).verifies(MESSAGE, HexFormat.of().parseHex(hex)))
                .as("a point that is not on the curve").isFalse();
    }

    /** RFC 8032, 7.1, test 2. */
    @Test
    void ed25519IsThatOfTheRfc() {
        byte[] seed = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        byte[] point = HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        String signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        assertThat(HexFormat.of().formatHex(Ed25519.sign(seed, new byte[] {0x72}))).isEqualTo(signature);
        assertThat(PublicKeyInfo.ed25519(point).verifies(new byte[] {0x72}, HexFormat.of().parseHex(signature))).isTrue();
        assertThat(PublicKeyInfo.ed25519(point).verifies(new byte[] {0x73}, HexFormat.of().parseHex(signature))).isFalse();
        assertThat(PublicKeyInfo.ed25519(point).verifies(new byte[] {0x72}, new byte[3])).isFalse();
        assertThat(Base64.getEncoder().encodeToString(Ed25519.pkcs8(seed))).startsWith("MC4CAQAwBQYDK2VwBCIEI");
    }

    private static byte[] der(BigInteger r, BigInteger s) throws IOException {
        ASN1EncodableVector both = new ASN1EncodableVector();
        both.add(new ASN1Integer(r));
        both.add(new ASN1Integer(s));
        return new DERSequence(both).getEncoded();
    }
}
