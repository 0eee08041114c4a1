package org.yuzui.ledger;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** With which cipher something that is kept is sealed, each in Galois/counter mode with a tag of 128 bits. */
public enum SealCipher {

    /** AES with a key of 256 bits: the machine's processor does it. */
    AES_GCM("aes-gcm", "AES", 32),

    /** SM4 (GB/T 32907), whose key has 128 bits, in software: for a site whose rules ask for the country's own ciphers. */
    SM4_GCM("sm4-gcm", "SM4", 16);

    private final String text;
    private final String algorithm;
    private final int keyBytes;

    SealCipher(String text, String algorithm, int keyBytes) {
        this.text = text;
        this.algorithm = algorithm;
        this.keyBytes = keyBytes;
    }

    /** As a setting and a line of the key file name it. */
    public String text() {
        return text;
    }

    /** As Java names the algorithm of its keys. */
    public String algorithm() {
        return algorithm;
    }

    public int keyBytes() {
        return keyBytes;
    }

    public static Optional<SealCipher> named(String text) {
        return Arrays.stream(values()).filter(c -> c.text.equals(text)).findFirst();
    }

    /** All names, for a sentence. */
    public static String names() {
        return Arrays.stream(values()).map(SealCipher::text).collect(Collectors.joining(" or "));
    }
}
