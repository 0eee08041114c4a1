package org.yuzui.container.internal.signature;

import org.yuzui.container.SignatureVerdict;
import org.yuzui.container.UnsignedPlugins;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Stream;

/** What a hub makes of a jar's signature, with the keys that are in its folder at that moment. */
public final class SignaturePolicy {

    private static final Set<String> CODES =
            Set.of("broken-signature", "unsigned-plugin", "untrusted-plugin", "bad-trusted-key");
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

    public boolean warns() {
        return unsigned == UnsignedPlugins.WARN;
    }

    /** Whether another signature, or another key, could change it. */
    public static boolean isAbout(Problem problem) {
        return CODES.contains(problem.code());
    }

    /** The trusted keys as they lie there: another text when a file came, went or changed. */
    public String keysAsSeen() {
        try (Stream<Path> files = Files.list(trust)) {
            StringBuilder seen = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                seen.append(file.getFileName()).append(' ').append(Files.size(file)).append(' ')
                        .append(Files.getLastModifiedTime(file).toInstant()).append('\n');
            }
            return seen.toString();
        } catch (IOException e) {
            return "";
        }
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
        Problem complaint = complaint(verdict, file);
        boolean refused = verdict.state() == SignatureVerdict.State.BROKEN || unsigned == UnsignedPlugins.REFUSE;
        return new Outcome(verdict, refused ? complaint : null,
                !refused && warns() ? complaint : null);
    }

    /** What can be said against a verdict; null when nothing. */
    public static Problem complaint(SignatureVerdict verdict, String file) {
        return switch (verdict.state()) {
            case TRUSTED -> null;
            case BROKEN -> new Problem("broken-signature", file, verdict.detail(),
                    "Get the jar and its signature anew from who made it; a signature that no longer belongs there, take away.");
            case UNSIGNED -> new Problem("unsigned-plugin", file, verdict.detail(),
                    "Sign it with: yuzui plugin sign; " + KEY + " says what is done without.");
            case UNTRUSTED -> new Problem("untrusted-plugin", file, verdict.detail(),
                    "Put the signer's key into config/trust if you trust it; " + KEY + " says what is done without.");
        };
    }
}
