package org.yuzui.system;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import org.yuzui.bench.Folders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The unpacked distribution: one for all tests, whichever process they run in. The first process unpacks it and lets a hub run on it
 * once, so that the other hubs find the archive of classes that a machine has after its first day.
 */
final class Program {

    private static final Path WORK = Path.of(System.getProperty("yuzui.workdir"));
    private static final Path CLASSES = WORK.resolve("classes");
    private static Path folder;

    private Program() {
    }

    /** Where {@code bin}, {@code lib} and what a site begins with lie; nobody writes there. */
    static synchronized Path folder() throws Exception {
        if (folder == null) {
            Path archive = Path.of(System.getProperty("yuzui.archive"));
            Path unpacked = WORK.resolve("program");
            Path note = WORK.resolve("program.of");
            String wanted = Files.size(archive) + " " + Files.getLastModifiedTime(archive);
            Files.createDirectories(WORK);
            try (FileChannel channel = FileChannel.open(WORK.resolve("program.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                 FileLock alone = channel.lock()) {
                assertThat(alone.isValid()).isTrue();
                if (!Files.exists(note) || !Files.readString(note).equals(wanted)) {
                    Files.deleteIfExists(note);
                    unpack(archive, unpacked);
                    keepClassesOfAFirstHub(unpacked);
                    Files.writeString(note, wanted);
                }
            }
            folder = unpacked;
        }
        return folder;
    }

    /** Puts the archive of classes where {@code bin/yuzui} looks for it: the same hundred megabytes for all hubs, which only read it. */
    static void lendClasses(Path home) throws IOException {
        Path cache = Files.createDirectories(home.resolve("data/cache"));
        for (Path file : archives(CLASSES)) {
            Files.createLink(cache.resolve(file.getFileName()), file);
        }
    }

    private static void unpack(Path archive, Path into) throws IOException, InterruptedException {
        Folders.delete(into);
        Files.createDirectories(into);
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", into.toString(), "--strip-components=1")
                .inheritIO().start();
        assertThat(tar.waitFor()).as("tar of %s", archive).isZero();
    }

    private static void keepClassesOfAFirstHub(Path unpacked) throws Exception {
        Folders.delete(CLASSES);
        Files.createDirectories(CLASSES);
        try (Site first = Site.first(unpacked)) {
            HubProcess hub = first.start();
            assertThat(hub.terminate()).isIn(0, 143);
            List<Path> left = archives(first.home.resolve("data/cache"));
            assertThat(left).as("what the first hub leaves for the next: %s", hub.output()).hasSize(1);
            Files.copy(left.get(0), CLASSES.resolve(left.get(0).getFileName()));
        }
    }

    private static List<Path> archives(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".jsa")).toList();
        }
    }
}
