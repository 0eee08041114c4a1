package org.yuzui.container;

/** What a plugin can be signed with. */
public enum SignatureAlgorithm {

    /** RFC 8032. */
    ED25519("Ed25519"),
    /** GB/T 32918.2 on the curve sm2p256v1, with SM3 and the usual identity {@code 1234567812345678}. */
    SM2("SM2");

    private final String label;

    SignatureAlgorithm(String label) {
        this.label = label;
    }

    /** As signature files and messages write it. */
    public String label() {
        return label;
    }
}
