package org.yuzui.store.internal;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The server's programs, unpacked once from the class path into a folder that is named after their checksum, so that a
 * second start finds them and a newer hub unpacks its own.
 */
final class PostgresBinaries {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

    /** System property: a folder that many hubs share, as tests do; each unpacks beside its data otherwise. */
    private static final String SHARED = "yuzui.store.binaries";

    private final Path root;

    private PostgresBinaries(Path root) {
        this.root = root;
    }

    /** Unpacks them beside the data unless they are there. */
    static PostgresBinaries prepare(Path data) throws IOException {
        String shared = System.getProperty(SHARED);
        Path folder = shared == null ? data.resolveSibling(data.getFileName() + "-bin") : Path.of(shared).toAbsolutePath();
        String archive = archive();
        URL url = PostgresBinaries.class.getClassLoader().getResource(archive);
        if (url == null) {
            throw new ProblemException(new Problem("store-no-binaries", archive,
                    "There is no embedded PostgreSQL for this machine (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ").",
                    "Run Yuzui on Linux amd64 or arm64, or set store.url in config/hub.yaml to an existing PostgreSQL."));
        }
        Path target = folder.resolve(fingerprint(url));
        if (!Files.isDirectory(target)) {
            Files.createDirectories(folder);
            unpackOnce(url, folder, target, shared == null);
        }
        return new PostgresBinaries(target);
    }

    /** The path of {@code initdb}, {@code pg_ctl} or {@code postgres}. */
    String program(String name) {
        return root.resolve("bin").resolve(name).toString();
    }

    private static void unpackOnce(URL url, Path folder, Path target, boolean alone) throws IOException {
        // Hubs in one process would collide on the file's lock, hubs in several would not see the monitor.
        synchronized (PostgresBinaries.class) {
            try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                 FileLock lock = channel.lock()) {
                LOG.trace("{}", lock);
                if (!Files.isDirectory(target)) {
                    unpack(url, folder, target, alone);
                }
            }
        }
    }

    private static void unpack(URL url, Path folder, Path target, boolean alone) throws IOException {
        LOG.info("unpacking PostgreSQL into {}", target);
        Path part = folder.resolve(target.getFileName() + ".part");
        try (Stream<Path> folders = Files.list(folder)) {
            // A part is what an interrupted start left; other folders are those of hubs before this one.
            for (Path old : folders.filter(Files::isDirectory).filter(f -> alone || f.equals(part)).toList()) {
                Folders.delete(old);
            }
        }
        Files.createDirectories(part);
        try (InputStream in = url.openStream();
             TarArchiveInputStream tar = new TarArchiveInputStream(
                     new BufferedInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, part);
            }
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
            throw new IOException("The archive's entry " + entry.getName() + " points outside of it.");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, false)) {
                throw new IOException("Could not make " + path + " executable.");
            }
        }
    }

    private static String fingerprint(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        connection.setUseCaches(false);
        try (InputStream ignored = connection.getInputStream()) {
            return Long.toHexString(connection.getContentLengthLong()) + "-" + Long.toHexString(connection.getLastModified());
        }
    }

    private static String archive() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = List.of("aarch64", "arm64").contains(arch);
        return System.getProperty("os.name").startsWith("Linux")
                ? "postgres-linux-" + (arm ? "arm_64" : arch.replace("amd64", "x86_64")) + ".txz"
                : "postgres-" + System.getProperty("os.name").toLowerCase(Locale.ROOT) + "-" + arch + ".txz";
    }
}
