package org.yuzui.container;

/**
 * Whether a jar's signature is good.
 *
 * @param state     see {@link State}
 * @param algorithm {@code Ed25519} or {@code SM2}; null when unsigned
 * @param signer    the name of the trusted key ({@code config/trust/<name>.pem}); null unless trusted
 * @param detail    a sentence, such as why it isn't good
 */
public record SignatureVerdict(State state, String algorithm, String signer, String detail) {

    /** {@code UNTRUSTED}: a sound signature by a key that isn't in {@code config/trust}. */
    public enum State { TRUSTED, UNTRUSTED, BROKEN, UNSIGNED }

    public static final SignatureVerdict UNSIGNED = new SignatureVerdict(State.UNSIGNED, null, null, "The jar is not signed.");
}
