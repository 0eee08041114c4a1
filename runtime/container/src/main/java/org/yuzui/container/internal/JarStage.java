package org.yuzui.container.internal;

import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Looks a jar over before anything of it is believed, and keeps a copy that nobody else writes to. */
final class JarStage {

    private static final String DESCRIPTOR = "HUB-INF/plugin.yaml";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int MOST_ENTRIES = 100_000;
    private static final int LARGEST_TEXT = 1 << 20;
    private static final int UNPACKED_FACTOR = 4;

    private final Path folder;
    private final long maxBytes;
    private final String hubVersion;

    /** @param folder is emptied: what another run has left here serves nobody */
    JarStage(Path folder, long maxBytes, String hubVersion) throws IOException {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.hubVersion = hubVersion;
        Files.createDirectories(folder);
        keepOnly(p -> false);
    }

    /**
     * Reads and copies the jar.
     *
     * @throws UnreadableJarException when it may just not be complete yet, or is being written over while it is read
     * @throws ProblemException       when it is complete and not sound
     */
    StagedJar stage(Path jar) {
        return stage(jar, jar.getFileName().toString());
    }

    /** @param name how messages call it */
    StagedJar stage(Path jar, String name) {
        Path copy = folder.resolve("incoming.part");
        try {
            try (ZipFile complete = new ZipFile(jar.toFile())) {
                requireSize(Files.size(jar), name);
            }
            String sha256 = copy(jar, copy, name);
            Path staged = folder.resolve(sha256.substring(0, 32) + ".jar");
            try (ZipFile zip = new ZipFile(copy.toFile())) {
                checkEntries(zip, name);
                Manifest manifest = manifest(zip, name);
                PluginDescriptor descriptor = descriptor(zip, name);
                Path original = staged;
                if (manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
                    original = folder.resolve(sha256.substring(0, 32) + ".zip");
                    Path bundle = folder.resolve("bundle.part");
                    BundleHeaders.wrap(zip, bundle, descriptor);
                    moveUnlessThere(bundle, staged);
                }
                moveUnlessThere(copy, original);
                return new StagedJar(name, staged, original, sha256, descriptor);
            }
        } catch (IOException e) {
            throw new UnreadableJarException(name, e);
        }
    }

    /** The same content may be running from there. */
    private static void moveUnlessThere(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Where somebody may put a jar together before it is staged. */
    Path incoming() {
        return folder.resolve("kept.part");
    }

    /** Deletes the copies that nobody uses any more. */
    void keepOnly(Predicate<Path> used) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(used.negate()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new ProblemException(new Problem("unwritable-cache", folder.toString(),
                    "The folder can't be cleaned: " + e.getMessage() + ".", "Check that this user may write there."), e);
        }
    }

    private String copy(Path jar, Path copy, String name) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest);
             OutputStream out = Files.newOutputStream(copy)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                requireSize(total, name);
                out.write(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void requireSize(long bytes, String name) {
        if (bytes > maxBytes) {
            throw new PluginException(new Problem("jar-too-large", name,
                    "The jar has more than " + maxBytes + " bytes.", "Leave out what the hub offers already."));
        }
    }

    private void checkEntries(ZipFile zip, String name) {
        Set<String> seen = new HashSet<>();
        long unpacked = 0;
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
            ZipEntry entry = all.nextElement();
            String path = entry.getName();
            if (isOutside(path)) {
                throw new PluginException(new Problem("bad-entry", name + "!" + path,
                        "The entry's path leads out of the jar.", "Pack the jar anew with a tool that you trust."));
            }
            if (!seen.add(path)) {
                throw new PluginException(new Problem("duplicate-entry", name + "!" + path,
                        "The jar has two entries of this name, and tools disagree on which one counts.", "Remove one."));
            }
            unpacked += Math.max(0, entry.getSize());
        }
        if (seen.size() > MOST_ENTRIES || unpacked > UNPACKED_FACTOR * maxBytes) {
            throw new PluginException(new Problem("jar-too-large", name,
                    "The jar unpacks to " + seen.size() + " entries with " + unpacked + " bytes, which is too much.",
                    "Leave out what the hub offers already."));
        }
    }

    private static boolean isOutside(String path) {
        return path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0 || path.matches("^[A-Za-z]:.*")
                || Stream.of(path.split("/")).anyMatch(".."::equals);
    }

    private static Manifest manifest(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(MANIFEST);
        if (entry == null) {
            return new Manifest();
        }
        Manifest manifest = new Manifest();
        try (InputStream in = zip.getInputStream(entry)) {
            manifest.read(in);
        } catch (ZipException e) {
            throw e;
        } catch (IOException e) {
            throw new PluginException(new Problem("bad-manifest", name + "!" + MANIFEST,
                    "The manifest can't be read: " + e.getMessage() + ".", "Let bnd-maven-plugin write it."), e);
        }
        Attributes headers = manifest.getMainAttributes();
        refuseHeader(headers, Constants.FRAGMENT_HOST, "A plugin stands alone; it is no fragment of another bundle.", name);
        refuseHeader(headers, Constants.BUNDLE_ACTIVATOR,
                "A plugin has no activator: what it does, it does in its routes and beans.", name);
        return manifest;
    }

    private static void refuseHeader(Attributes headers, String header, String why, String name) {
        if (headers.getValue(header) != null) {
            throw new PluginException(new Problem("bad-manifest", name + "!" + MANIFEST + " " + header, why,
                    "Remove the header."));
        }
    }

    private PluginDescriptor descriptor(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(DESCRIPTOR);
        if (entry == null) {
            throw new PluginException(new Problem("no-descriptor", name, "The jar has no " + DESCRIPTOR + ".",
                    "Put the plugin's hub/ folder into the jar as HUB-INF/."));
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes(LARGEST_TEXT);
        }
        return descriptor(bytes, name + "!" + DESCRIPTOR, hubVersion);
    }

    /** The descriptor, held against the hub's own version. */
    static PluginDescriptor descriptor(byte[] bytes, String place, String hubVersion) {
        PluginDescriptor descriptor = PluginDescriptor.read(bytes, place);
        try {
            PluginVersion.of(descriptor.version());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(YamlDocument.parse(bytes, place).problem("bad-version", "/version",
                    "A number of the version has more than nine digits.", null), e);
        }
        checkHub(descriptor, bytes, place, hubVersion);
        return descriptor;
    }

    private static void checkHub(PluginDescriptor descriptor, byte[] bytes, String place, String hubVersion) {
        if (descriptor.hub() == null) {
            return;
        }
        VersionRange range;
        try {
            range = new VersionRange(descriptor.hub());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(YamlDocument.parse(bytes, place).problem("bad-hub-range", "/hub",
                    "'" + descriptor.hub() + "' is no range of versions.", "Write for example \"[0.1,1)\", in quotes."), e);
        }
        if (!range.includes(new Version(PluginVersion.of(hubVersion).numbers()))) {
            throw new ProblemException(YamlDocument.parse(bytes, place).problem("wrong-hub-version", "/hub",
                    "The plugin fits hubs of " + descriptor.hub() + "; this one is " + hubVersion + ".",
                    "Take a version of the plugin that fits, or update the hub."));
        }
    }
}
