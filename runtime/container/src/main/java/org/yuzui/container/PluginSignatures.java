package org.yuzui.container;

import org.yuzui.container.internal.signature.JarSignature;
import org.yuzui.container.internal.signature.PrivateKeyFile;
import org.yuzui.container.internal.signature.TrustedKeys;

import java.nio.file.Path;
import java.time.Clock;

/**
 * Signs plugins and looks their signatures over; needs no hub. The guide's chapter on signatures has the exact format.
 *
 * <p>Everything here throws a {@link org.yuzui.kernel.ProblemException} that names the file when a file can't be read or
 * written, or a key is none.
 */
public final class PluginSignatures {

    /** What a jar's name is followed by in the name of its detached signature: {@code his-0.1.0.jar.sig}. */
    public static final String SUFFIX = ".sig";

    private PluginSignatures() {
    }

    /**
     * Makes a pair of keys: {@code <name>.key} for who signs, mode 0600, and {@code <name>.pem} for {@code config/trust} of
     * who checks. Nothing is written over.
     *
     * @return the key's id
     */
    public static String makeKeys(SignatureAlgorithm algorithm, Path folder, String name) {
        return PrivateKeyFile.make(algorithm, folder, name);
    }

    /** The text of a detached signature over the jar's bytes. */
    public static String sign(Path jar, Path key, Clock clock) {
        return JarSignature.sign(jar, PrivateKeyFile.read(key), clock);
    }

    /** Writes a signature over the jar's entries into the jar, in place of one that may be there; the jar is replaced whole. */
    public static void embed(Path jar, Path key, Clock clock) {
        JarSignature.embed(jar, PrivateKeyFile.read(key), clock);
    }

    /** The text of {@code <jar>.sig}, cut off where it is too long for any signature; null when there is no such file. */
    public static String detached(Path jar) {
        return JarSignature.detached(jar);
    }

    /**
     * Looks over what the jar is signed with: the detached signature, the one inside, or both; then both must be good.
     * Never throws because of what the jar or its signature say: that is the verdict.
     *
     * @param detached text of the detached signature; null when there is none
     * @param trust    the folder of trusted keys, {@code <signer>.pem}; none is trusted when it doesn't exist
     * @throws org.yuzui.kernel.ProblemException {@code bad-trusted-key} when a file there is no key; {@code unreadable-jar}
     */
    public static SignatureVerdict verify(Path jar, String detached, Path trust, Clock clock) {
        return JarSignature.verify(jar, detached, () -> TrustedKeys.load(trust), clock);
    }

    /** @throws org.yuzui.kernel.ProblemException {@code bad-trusted-key} for the first file in the folder that is no key */
    public static void requireReadable(Path trust) {
        TrustedKeys.load(trust);
    }
}
