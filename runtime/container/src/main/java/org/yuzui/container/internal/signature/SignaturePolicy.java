package org.yuzui.container.internal.signature;

import org.yuzui.container.SignatureVerdict;
import org.yuzui.container.UnsignedPlugins;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What a hub makes of a jar's signature, with the keys that are in its folder at that moment. */
public final class SignaturePolicy {

    private static final String KEY = "plugins.unsigned of config/hub.yaml";

    /**
     * The outcome for one jar.
     *
     * @param verdict what the signature is worth
     * @param refusal why the jar can't be taken; null when it can
     * @param warning what is to be said when it is taken; null when nothing
     */
    public record Outcome(SignatureVerdict verdict, Problem refusal, Problem warning) {
    }

    private final Path trust;
    private final UnsignedPlugins unsigned;
    private final Clock clock;

    public SignaturePolicy(Path trust, UnsignedPlugins unsigned, Clock clock) {
        this.trust = trust;
        this.unsigned = unsigned;
        this.clock = clock;
    }

    /**
     * @param jar      as it was brought, byte for byte
     * @param file     how messages call it
     * @param detached the detached signature's text; null when there is none
     */
    public Outcome look(Path jar, String file, String detached) {
        SignatureVerdict verdict;
        try {
            verdict = JarSignature.verify(jar, detached, () -> TrustedKeys.load(trust), clock);
        } catch (ProblemException e) {
            return new Outcome(new SignatureVerdict(SignatureVerdict.State.UNTRUSTED, null, null,
                    "The signature could not be held against the trusted keys."), e.problem(), null);
        }
        Optional<Problem> complaint = switch (verdict.state()) {
            case TRUSTED -> Optional.empty();
            case BROKEN -> Optional.of(new Problem("broken-signature", file, verdict.detail(),
                    "Get the jar and its signature anew from who made it; a signature that no longer belongs there, take away."));
            case UNSIGNED -> Optional.of(new Problem("unsigned-plugin", file, verdict.detail(),
                    "Sign it with: yuzui plugin sign; " + KEY + " says what is done without."));
            case UNTRUSTED -> Optional.of(new Problem("untrusted-plugin", file, verdict.detail(),
                    "Put the signer's key into config/trust if you trust it; " + KEY + " says what is done without."));
        };
        boolean refused = verdict.state() == SignatureVerdict.State.BROKEN || unsigned == UnsignedPlugins.REFUSE;
        return new Outcome(verdict, refused ? complaint.orElse(null) : null,
                !refused && unsigned == UnsignedPlugins.WARN ? complaint.orElse(null) : null);
    }
}
