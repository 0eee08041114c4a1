package org.yuzui.container.internal.signature;

import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.yuzui.container.SignatureAlgorithm;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** A key that signs: PKCS #8 in PEM, not encrypted, as {@code openssl genpkey} writes it too. */
public final class PrivateKeyFile {

    private static final String LABEL = "PRIVATE KEY";
    private static final String CODE = "bad-private-key";

    private final AsymmetricKeyParameter key;

    private PrivateKeyFile(AsymmetricKeyParameter key) {
        this.key = key;
    }

    /** @throws ProblemException {@code bad-private-key} */
    public static PrivateKeyFile read(Path file) {
        String name = file.toString();
        Pem pem = Pem.read(file, CODE, name);
        if (!pem.label().equals(LABEL)) {
            throw new ProblemException(new Problem(CODE, name, "The file holds a " + pem.label() + ", not a " + LABEL + ".",
                    "Turn it into PKCS #8 without a password: openssl pkcs8 -topk8 -nocrypt -in … -out …"));
        }
        AsymmetricKeyParameter key;
        try {
            key = PrivateKeyFactory.createKey(pem.der());
        } catch (IOException | RuntimeException e) {
            throw new ProblemException(new Problem(CODE, name, "The private key is damaged or of an unknown kind.",
                    "Make a pair of keys with: yuzui plugin keygen NAME"), e);
        }
        boolean sm2 = key instanceof ECPrivateKeyParameters ec && Sm2.isOnCurve(ec);
        if (!sm2 && !(key instanceof Ed25519PrivateKeyParameters)) {
            throw new ProblemException(new Problem(CODE, name, "The key is neither an Ed25519 nor an SM2 key.",
                    "Make a pair of keys with: yuzui plugin keygen NAME"));
        }
        return new PrivateKeyFile(key);
    }

    /** Writes both halves of a new key; returns its id. */
    public static String make(SignatureAlgorithm algorithm, Path folder, String name) {
        AsymmetricKeyParameter key = switch (algorithm) {
            case ED25519 -> new Ed25519PrivateKeyParameters(new SecureRandom());
            case SM2 -> Sm2.make();
        };
        PublicKeyInfo other = new PrivateKeyFile(key).publicKey();
        Path secret = folder.resolve(name + ".key");
        Path open = folder.resolve(name + ".pem");
        if (Files.exists(open)) {
            throw cantWrite(open, new FileAlreadyExistsException(open.toString()));
        }
        write(secret, new Pem(LABEL, pkcs8(key)).text(), "rw-------");
        write(open, new Pem("PUBLIC KEY", other.der()).text(), "rw-r--r--");
        return other.id();
    }

    private static byte[] pkcs8(AsymmetricKeyParameter key) {
        if (key instanceof Ed25519PrivateKeyParameters ed) {
            return Ed25519.pkcs8(ed.getEncoded());
        }
        try {
            return PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("a key that was just made can be written down", e);
        }
    }

    /** Created with its permissions, so that no moment is left in which others could open it. */
    private static void write(Path file, String text, String permissions) {
        FileAttribute<?>[] attributes = Files.getFileAttributeView(file.toAbsolutePath().getParent(),
                PosixFileAttributeView.class) == null ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))};
        try (WritableByteChannel out = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE), attributes)) {
            Channels.newOutputStream(out).write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw cantWrite(file, e);
        }
    }

    private static ProblemException cantWrite(Path file, IOException e) {
        return e instanceof FileAlreadyExistsException
                ? new ProblemException(new Problem("file-exists", file.toString(), "There is such a file already.",
                        "Take another name; a key is never written over."), e)
                : new ProblemException(new Problem("unwritable-file", file.toString(), "The file can't be written: " + e + ".",
                        "Check that the folder exists and that this user may write there."), e);
    }

    PublicKeyInfo publicKey() {
        return key instanceof Ed25519PrivateKeyParameters ed
                ? PublicKeyInfo.ed25519(ed.generatePublicKey().getEncoded())
                : Sm2.publicKey((ECPrivateKeyParameters) key);
    }

    byte[] sign(byte[] message) {
        if (key instanceof ECPrivateKeyParameters ec) {
            return Sm2.sign(ec, message, new SecureRandom());
        }
        return Ed25519.sign(((Ed25519PrivateKeyParameters) key).getEncoded(), message);
    }
}
