package org.yuzui.container.internal.signature;

import org.yuzui.container.PluginSignatures;
import org.yuzui.container.SignatureVerdict;
import org.yuzui.container.SignatureVerdict.State;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Signs a jar, and says what its signatures are worth. */
public final class JarSignature {

    private JarSignature() {
    }

    public static String sign(Path jar, PrivateKeyFile key, Clock clock) {
        return SignatureText.make(SignatureText.JAR, sha256(jar), key, clock.instant()).json();
    }

    public static void embed(Path jar, PrivateKeyFile key, Clock clock) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            SignedCopy.write(zip, jar, SignatureText.make(SignatureText.ENTRIES, EntryList.sha256(zip), key, clock.instant()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(new Problem("unsound-jar", jar.toString(), e.getMessage() + " It can't be signed.",
                    "Pack the jar anew."), e);
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
    }

    public static String detached(Path jar) {
        Path file = jar.resolveSibling(jar.getFileName() + PluginSignatures.SUFFIX);
        try (InputStream in = Files.newInputStream(file)) {
            // One more than fits, so that whoever parses it can tell.
            return new String(in.readNBytes(SignatureText.LONGEST + 1), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new ProblemException(new Problem("unreadable-file", file.toString(), "The file can't be read: " + e + ".",
                    "Check that this user may read it."), e);
        }
    }

    /** @param trusted is asked only when something is signed */
    public static SignatureVerdict verify(Path jar, String detached, Supplier<TrustedKeys> trusted, Clock clock) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry inside = zip.getEntry(EntryList.SIGNATURE);
            if (detached == null && inside == null) {
                return SignatureVerdict.UNSIGNED;
            }
            TrustedKeys keys = trusted.get();
            Instant now = clock.instant();
            SignatureVerdict first = detached == null ? null
                    : look(detached, SignatureText.JAR, "The signature beside the jar", () -> sha256(jar), keys, now);
            SignatureVerdict second = inside == null ? null
                    : look(embedded(zip, inside), SignatureText.ENTRIES, "The signature inside the jar", () -> entries(zip),
                            keys, now);
            return worse(first, second);
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
    }

    /** A broken one spoils the other; an unknown signer beside a trusted one does no harm. */
    private static SignatureVerdict worse(SignatureVerdict a, SignatureVerdict b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        if (a.state() == State.BROKEN || b.state() == State.BROKEN) {
            return a.state() == State.BROKEN ? a : b;
        }
        return a.state() == State.TRUSTED ? a : b;
    }

    private static SignatureVerdict look(String text, String of, String which, Supplier<String> sha256, TrustedKeys keys,
                                         Instant now) {
        SignatureText signature;
        boolean fits;
        try {
            signature = SignatureText.parse(text);
            fits = signature.sha256().equals(sha256.get());
        } catch (IllegalArgumentException e) {
            return new SignatureVerdict(State.BROKEN, null, null, which + " can't be used. " + e.getMessage());
        }
        String algorithm = signature.key().algorithm().label();
        if (!signature.of().equals(of)) {
            return new SignatureVerdict(State.BROKEN, algorithm, null, which + " is one of '" + signature.of()
                    + "' and belongs elsewhere.");
        }
        if (!fits) {
            return new SignatureVerdict(State.BROKEN, algorithm, null,
                    which + " is for another content: the jar was changed after it was signed, or the signature is of another jar.");
        }
        if (!signature.isSound()) {
            return new SignatureVerdict(State.BROKEN, algorithm, null,
                    which + " was not made with the key " + signature.key().id() + " that it names.");
        }
        String signer = keys.signer(signature.key(), now);
        return signer == null
                ? new SignatureVerdict(State.UNTRUSTED, algorithm, null, which + " is sound, but not by a trusted key. "
                        + keys.whyNot(signature.key(), now))
                : new SignatureVerdict(State.TRUSTED, algorithm, signer, which + " is good: by " + signer + " (key "
                        + signature.key().id() + ") at " + signature.signedAt() + ".");
    }

    private static String embedded(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readNBytes(SignatureText.LONGEST + 1), StandardCharsets.UTF_8);
        }
    }

    private static String entries(ZipFile zip) {
        try {
            return EntryList.sha256(zip);
        } catch (ZipException e) {
            throw new IllegalArgumentException("The jar has an entry that is damaged: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The jar can't be read to its end: " + e + ".", e);
        }
    }

    private static String sha256(Path jar) {
        MessageDigest digest = EntryList.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static ProblemException unreadable(Path jar, IOException e) {
        return new ProblemException(new Problem("unreadable-jar", jar.toString(), "The jar can't be read: "
                + (e instanceof NoSuchFileException ? "there is no such file" : e.getMessage()) + ".",
                "Check that it exists and is a whole jar."), e);
    }
}
