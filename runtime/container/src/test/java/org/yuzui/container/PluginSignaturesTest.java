package org.yuzui.container;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuzui.container.SignatureVerdict.State;
import org.yuzui.kernel.ProblemException;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** Who vouches for a jar, and what becomes of that when somebody has touched it. */
class PluginSignaturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/signatures");
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-12-01T00:00:00.5Z"), ZoneOffset.UTC);

    @TempDir
    Path home;
    private Path trust;
    private Path jar;

    @BeforeEach
    void aJar() throws IOException {
        trust = Files.createDirectory(home.resolve("trust"));
        jar = sound().entry("com/example/A.class", "not really").copyTo(home.resolve("his.jar"));
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void isTrustedByTheNameOfItsKeyInTrust(SignatureAlgorithm algorithm) throws IOException {
        Path key = trusted(algorithm, "chengdu");
        String detached = PluginSignatures.sign(jar, key, NOW);

        assertThat(verify(detached)).isEqualTo(new SignatureVerdict(State.TRUSTED, algorithm.label(), "chengdu",
                "The signature beside the jar is good: by chengdu (key " + keyId(detached) + ") at 2026-12-01T00:00:00Z."));

        PluginSignatures.embed(jar, key, NOW);
        assertThat(verify(null)).isEqualTo(new SignatureVerdict(State.TRUSTED, algorithm.label(), "chengdu",
                "The signature inside the jar is good: by chengdu (key " + keyId(detached) + ") at 2026-12-01T00:00:00Z."));
        assertThat(verify(PluginSignatures.sign(jar, key, NOW)).state()).as("both").isEqualTo(State.TRUSTED);
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void aKeyThatNobodyPutIntoTrustIsNotTrusted(SignatureAlgorithm algorithm) {
        trusted(algorithm, "chengdu");
        PluginSignatures.makeKeys(algorithm, home, "stranger");
        String detached = PluginSignatures.sign(jar, home.resolve("stranger.key"), NOW);
        assertThat(verify(detached)).isEqualTo(new SignatureVerdict(State.UNTRUSTED, algorithm.label(), null,
                "The signature beside the jar is sound, but not by a trusted key. The key " + keyId(detached)
                        + " is not among the trusted ones."));
    }

    @Test
    void withoutASignatureItIsUnsignedAndTheKeysAreNotEvenRead() throws IOException {
        Files.writeString(trust.resolve("rubbish.pem"), "rubbish");
        assertThat(verify(null)).isEqualTo(SignatureVerdict.UNSIGNED);
    }

    @Test
    void packingAnewDoesNotMatter() throws IOException {
        PluginSignatures.embed(jar, trusted(SignatureAlgorithm.ED25519, "chengdu"), NOW);
        repack(jar, names -> {
            List<String> reversed = new ArrayList<>(names);
            Collections.reverse(reversed);
            reversed.add("HUB-INF/");
            return reversed;
        }, "", "");
        assertThat(verify(null).state()).isEqualTo(State.TRUSTED);
    }

    @Test
    void signingAgainTakesThePlaceOfTheFirstSignature() {
        PluginSignatures.embed(jar, trusted(SignatureAlgorithm.ED25519, "first"), NOW);
        PluginSignatures.embed(jar, trusted(SignatureAlgorithm.SM2, "second"), NOW);
        assertThat(verify(null).signer()).isEqualTo("second");
    }

    record Touched(String how, UnaryOperator<List<String>> names, String path, String content) {
        @Override
        public String toString() {
            return how;
        }
    }

    static Stream<Touched> touched() {
        return Stream.of(
                new Touched("changed", n -> n, "com/example/A.class", "another one"),
                new Touched("changed manifest", n -> n, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nA: b\r\n\r\n"),
                new Touched("added", n -> with(n, "com/example/B.class"), "com/example/B.class", ""),
                new Touched("added empty", n -> with(n, "META-INF/YUZUI.SIG2"), "", ""),
                new Touched("folder with a content", n -> with(n, "com/example/B.class/"), "com/example/B.class/", "x"),
                new Touched("control character", n -> with(n, "a\nb"), "a\nb", "x"),
                new Touched("removed", n -> n.stream().filter(p -> !p.equals("com/example/A.class")).toList(), "", ""),
                new Touched("renamed", n -> with(n.stream().filter(p -> !p.equals("com/example/A.class")).toList(),
                        "com/example/a.class"), "com/example/a.class", "not really"));
    }

    @ParameterizedTest
    @MethodSource("touched")
    void whateverElseChangesBreaksTheSignatureInside(Touched touched) throws IOException {
        PluginSignatures.embed(jar, trusted(SignatureAlgorithm.ED25519, "chengdu"), NOW);
        repack(jar, touched.names(), touched.path(), touched.content());
        assertThat(verify(null)).returns(State.BROKEN, SignatureVerdict::state).returns(null, SignatureVerdict::signer);
    }

    @Test
    void twoEntriesOfOneNameAreNeverSignedNorTrusted() throws IOException {
        Path key = trusted(SignatureAlgorithm.ED25519, "chengdu");
        sound().entry("HUB-INF/twin1", "a").entry("HUB-INF/twin2", "b").copyTo(jar);
        PluginSignatures.embed(jar, key, NOW);
        String latin = Files.readString(jar, StandardCharsets.ISO_8859_1);
        Files.writeString(jar, latin.replace("HUB-INF/twin2", "HUB-INF/twin1"), StandardCharsets.ISO_8859_1);

        assertThat(verify(null).state()).isEqualTo(State.BROKEN);
        assertThatThrownBy(() -> PluginSignatures.embed(jar, key, NOW)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("two entries HUB-INF/twin1");
    }

    @Test
    void aSignatureBesideTheJarIsForThatJarAlone() throws IOException {
        Path key = trusted(SignatureAlgorithm.SM2, "chengdu");
        String detached = PluginSignatures.sign(jar, key, NOW);
        PluginJar.of("his", "0.2.0").copyTo(jar);
        assertThat(verify(detached)).returns(State.BROKEN, SignatureVerdict::state)
                .returns("The signature beside the jar is for another content: the jar was changed after it was signed, or "
                        + "the signature is of another jar.", SignatureVerdict::detail);
    }

    @Test
    void aBrokenSignatureSpoilsAGoodOneAndAStrangersDoesNot() throws IOException {
        Path key = trusted(SignatureAlgorithm.ED25519, "chengdu");
        PluginSignatures.makeKeys(SignatureAlgorithm.ED25519, home, "stranger");
        String old = PluginSignatures.sign(jar, key, NOW);
        PluginSignatures.embed(jar, key, NOW);
        assertThat(verify(old).state()).isEqualTo(State.BROKEN);
        assertThat(verify(PluginSignatures.sign(jar, home.resolve("stranger.key"), NOW)).signer()).isEqualTo("chengdu");
        PluginSignatures.embed(jar, home.resolve("stranger.key"), NOW);
        assertThat(verify(PluginSignatures.sign(jar, key, NOW)).signer()).isEqualTo("chengdu");
    }

    @Test
    void aSignatureInsideCannotBeUsedBesideTheJar() throws IOException {
        PluginSignatures.embed(jar, trusted(SignatureAlgorithm.ED25519, "chengdu"), NOW);
        String inside;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            inside = new String(zip.getInputStream(zip.getEntry("META-INF/YUZUI.SIG")).readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(verify(inside).state()).isEqualTo(State.BROKEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"signedAt\" : \"2026-12  | \"signedAt\" : \"2026-11          | was not made with the key",
            "yuzui-signature/1         | yuzui-signature/2                 | Its format is not yuzui-signature/1.",
            "\"algorithm\" : \"Ed25519 | \"algorithm\" : \"SM2             | don't fit to its public key",
            "\"of\" : \"jar\"          | \"of\" : \"entries\"              | belongs elsewhere",
            "\"of\" : \"jar\"          | \"of\" : \"jar\", \"of\" : \"jar\" | It is no JSON",
            "\"of\" : \"jar\"          | \"of\" : \"jar\", \"x\" : \"\"    | keys that yuzui-signature/1 doesn't know",
            "\"of\" : \"jar\",         | ''                                | It has no 'of'",
            "\"of\" : \"jar\"          | \"of\" : 7                        | It has no 'of'",
            "\"signature\" : \"        | \"signature\" : \"?               | Its 'signature' is no Base64.",
            "\"publicKey\" : \"MC      | \"publicKey\" : \"MD              | neither an Ed25519 key nor an SM2 key",
            "{                         | [                                 | It is no JSON",
            "}                         | } {}                              | It is no JSON",
            "}                         | ''                                | It is no JSON, or was cut off."})
    void aSignatureThatWasTouchedIsBroken(String from, String to, String why) {
        String detached = PluginSignatures.sign(jar, trusted(SignatureAlgorithm.ED25519, "chengdu"), NOW);
        assertThat(detached).contains(from);
        assertThat(verify(detached.replace(from, to))).returns(State.BROKEN, SignatureVerdict::state)
                .returns(null, SignatureVerdict::signer).extracting(SignatureVerdict::detail).asString().contains(why);
    }

    @Test
    void anyCutOfASignatureIsBroken() {
        String detached = PluginSignatures.sign(jar, trusted(SignatureAlgorithm.SM2, "chengdu"), NOW).stripTrailing();
        for (int length = 0; length < detached.length(); length++) {
            assertThat(verify(detached.substring(0, length)).state()).as("%d characters", length).isEqualTo(State.BROKEN);
        }
    }

    @Test
    void anotherKeyInItsPlaceDoesNotMakeItTrusted() {
        Path key = trusted(SignatureAlgorithm.ED25519, "chengdu");
        PluginSignatures.makeKeys(SignatureAlgorithm.ED25519, home, "stranger");
        String good = PluginSignatures.sign(jar, key, NOW);
        String forged = PluginSignatures.sign(jar, home.resolve("stranger.key"), NOW)
                .replaceAll("\"keyId\".*\\R.*", Matcher.quoteReplacement(lines(good)));
        assertThat(verify(forged).state()).isEqualTo(State.BROKEN);
    }

    private static String lines(String signature) {
        return signature.lines().filter(l -> l.contains("keyId") || l.contains("publicKey")).map(String::strip)
                .reduce((a, b) -> a + "\n" + b).orElseThrow();
    }

    @Test
    void aHugeSignatureFileIsNotReadToItsEnd() throws IOException {
        Files.writeString(home.resolve("his.jar.sig"), "[".repeat(1_000_000));
        String read = PluginSignatures.detached(jar);
        assertThat(read.length()).isLessThan(20_000);
        assertThat(verify(read)).returns(State.BROKEN, SignatureVerdict::state).returns("The signature beside the jar can't be "
                + "used. It has more than 16384 characters, far too many for a signature.", SignatureVerdict::detail);
        assertThat(PluginSignatures.detached(home.resolve("other.jar"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
            "ed25519, 2026-12-01T00:00:00Z, TRUSTED,   good: by bureau",
            "sm2,     2026-12-01T00:00:00Z, TRUSTED,   good: by bureau",
            "ed25519, 2027-12-01T00:00:00Z, UNTRUSTED, The certificate of bureau ended at 2027-11-27T20:30:36Z.",
            "sm2,     2027-12-01T00:00:00Z, UNTRUSTED, The certificate of bureau ended at 2027-11-27T20:30:36Z.",
            "sm2,     2026-11-01T00:00:00Z, UNTRUSTED, The certificate of bureau begins at 2026-11-27T20:30:36Z."})
    void aCertificateHoldsAsLongAsItSays(String kind, Instant now, State state, String said) throws IOException {
        Files.copy(FIXTURES.resolve("openssl-" + kind + "-certificate.pem"), trust.resolve("bureau.pem"));
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        String detached = PluginSignatures.sign(jar, FIXTURES.resolve("openssl-" + kind + ".key"), clock);
        SignatureVerdict verdict = PluginSignatures.verify(jar, detached, trust, clock);
        assertThat(verdict.state()).isEqualTo(state);
        assertThat(verdict.detail()).contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "rubbish                                                    | The file holds no PEM block.",
            "-----BEGIN PUBLIC KEY-----\\nMCo=\\n-----END PUBLIC KEY-----  | It is neither an Ed25519 key nor an SM2 key",
            "-----BEGIN PUBLIC KEY-----\\nM\\n-----END PUBLIC KEY-----     | The PEM block is cut off or damaged.",
            "-----BEGIN CERTIFICATE-----\\nMCo=\\n-----END CERTIFICATE-----| The certificate is damaged.",
            "-----BEGIN CERTIFICATE-----\\nBggqgRzPVQGCLQ==\\n-----END CERTIFICATE----- | The certificate is damaged.",
            "-----BEGIN PRIVATE KEY-----\\nMCo=\\n-----END PRIVATE KEY-----| It is a PRIVATE KEY.",
            "-----BEGIN A-----\\n-----END A-----\\n-----BEGIN A-----\\n-----END A----- | more than one PEM block"})
    void aFileInTrustThatIsNoKeyIsNamed(String text, String why) throws IOException {
        String detached = PluginSignatures.sign(jar, trusted(SignatureAlgorithm.ED25519, "chengdu"), NOW);
        Files.writeString(trust.resolve("mianyang.pem"), text.replace("\\n", "\n"));
        assertThatThrownBy(() -> verify(detached)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("trust/mianyang.pem: ").hasMessageContaining(why);
        assertThatThrownBy(() -> PluginSignatures.requireReadable(trust)).hasMessageContaining("mianyang.pem");
    }

    @Test
    void otherKeysAreNoSigners() throws IOException {
        Files.copy(FIXTURES.resolve("rsa.pem"), trust.resolve("rsa.pem"));
        assertThatThrownBy(() -> PluginSignatures.requireReadable(trust)).hasMessageContaining("neither an Ed25519 key nor");
        assertThatThrownBy(() -> PluginSignatures.sign(jar, FIXTURES.resolve("rsa.pem"), NOW))
                .hasMessageContaining("The file holds a PUBLIC KEY, not a PRIVATE KEY.");
        assertThatThrownBy(() -> PluginSignatures.sign(jar, home.resolve("none.key"), NOW)).hasMessageContaining("none.key");
    }

    @Test
    void theSecretKeyIsForItsOwnerAloneAndNothingIsWrittenOver() throws IOException {
        String id = PluginSignatures.makeKeys(SignatureAlgorithm.SM2, home, "chengdu");
        assertThat(id).matches("[0-9a-f]{16}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("chengdu.key")))).isEqualTo("rw-------");
        byte[] before = Files.readAllBytes(home.resolve("chengdu.key"));
        assertThatThrownBy(() -> PluginSignatures.makeKeys(SignatureAlgorithm.ED25519, home, "chengdu"))
                .hasMessageContaining("There is such a file already.");
        Files.delete(home.resolve("chengdu.pem"));
        assertThatThrownBy(() -> PluginSignatures.makeKeys(SignatureAlgorithm.ED25519, home, "chengdu"))
                .hasMessageContaining("chengdu.key");
        assertThat(Files.readAllBytes(home.resolve("chengdu.key"))).isEqualTo(before);
        assertThatThrownBy(() -> PluginSignatures.makeKeys(SignatureAlgorithm.SM2, home.resolve("nowhere"), "x"))
                .isInstanceOf(ProblemException.class);
    }

    /** A hub that meets no SM2 key doesn't pay for it: proven where Bouncy Castle isn't even there. */
    @Test
    void ed25519IsVerifiedWithoutBouncyCastle() throws Exception {
        String detached = PluginSignatures.sign(jar, trusted(SignatureAlgorithm.ED25519, "chengdu"), NOW);
        PluginSignatures.embed(jar, home.resolve("chengdu.key"), NOW);
        String again = PluginSignatures.sign(jar, home.resolve("chengdu.key"), NOW);
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("bcprov")) {
                classPath.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader = new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Method verify = loader.loadClass(PluginSignatures.class.getName())
                    .getMethod("verify", Path.class, String.class, Path.class, Clock.class);
            assertThat(verify.invoke(null, jar, again, trust, NOW)).hasToString(verify(again).toString())
                    .asString().contains("TRUSTED");
            assertThat(verify.invoke(null, jar, detached, trust, NOW)).asString().contains("BROKEN");
            assertThatThrownBy(() -> loader.loadClass("org.bouncycastle.crypto.signers.SM2Signer"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void whatIsNoJarIsAProblemOfTheJar() throws IOException {
        Files.writeString(jar, "text");
        assertThatThrownBy(() -> verify("{}")).isInstanceOf(ProblemException.class).hasMessageContaining("his.jar");
        Files.delete(jar);
        assertThatThrownBy(() -> verify(null)).hasMessageContaining("there is no such file");
    }

    @Test
    void embeddingLeavesAllElseAsItIsAndNoPartBehind() throws IOException {
        List<String> before = names(jar);
        PluginSignatures.embed(jar, trusted(SignatureAlgorithm.ED25519, "chengdu"), NOW);
        assertThat(names(jar)).containsExactlyElementsOf(with(before, "META-INF/YUZUI.SIG"));
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(p -> p.getFileName().toString())).doesNotContain("his.jar.part");
        }
        assertThat(SignatureAlgorithm.values()).extracting(Enum::name, SignatureAlgorithm::label)
                .containsExactly(tuple("ED25519", "Ed25519"), tuple("SM2", "SM2"));
    }

    private SignatureVerdict verify(String detached) {
        return PluginSignatures.verify(jar, detached, trust, NOW);
    }

    /** The secret half of a new key whose public one lies among the trusted. */
    private Path trusted(SignatureAlgorithm algorithm, String name) {
        PluginSignatures.makeKeys(algorithm, home, name);
        try {
            Files.move(home.resolve(name + ".pem"), trust.resolve(name + ".pem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home.resolve(name + ".key");
    }

    private static PluginJar sound() {
        return PluginJar.of("his", "0.1.0");
    }

    private static String keyId(String signature) {
        return signature.replaceAll("(?s).*\"keyId\" : \"([0-9a-f]{16})\".*", "$1");
    }

    private static List<String> with(List<String> names, String more) {
        return Stream.concat(names.stream(), Stream.of(more)).toList();
    }

    private static List<String> names(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    /** Packs the jar anew, uncompressed, with the given entries in the given order; one gets another content. */
    private static void repack(Path jar, UnaryOperator<List<String>> names, String path, String content) throws IOException {
        Path other = jar.resolveSibling("repacked");
        try (ZipFile zip = new ZipFile(jar.toFile()); ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(other))) {
            out.setLevel(0);
            for (String name : names.apply(names(jar))) {
                out.putNextEntry(new ZipEntry(name));
                if (name.equals(path)) {
                    out.write(content.getBytes(StandardCharsets.UTF_8));
                } else if (zip.getEntry(name) != null) {
                    out.write(zip.getInputStream(zip.getEntry(name)).readAllBytes());
                }
                out.closeEntry();
            }
        }
        Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
