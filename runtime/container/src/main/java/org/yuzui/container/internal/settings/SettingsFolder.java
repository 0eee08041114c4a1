package org.yuzui.container.internal.settings;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * The settings of the plugins as their files say, without the moments in between: an editor that saves empties a file, or
 * takes it away, before the new text is there, and half a YAML file is often valid. A change counts once it has lain still
 * for a while; until then the text before it does.
 */
final class SettingsFolder {

    static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private record Change(SettingsFile file, long settledAt) {
    }

    private final Path folder;
    private final LongSupplier nanoTime;
    private final Map<String, SettingsFile> settled = new HashMap<>();
    private final Map<String, Change> changing = new HashMap<>();

    /** @param nanoTime {@link System#nanoTime()}, or what a test says */
    SettingsFolder(Path folder, LongSupplier nanoTime) {
        this.folder = folder;
        this.nanoTime = nanoTime;
    }

    Path path() {
        return folder;
    }

    /** What counts now for the plugin. */
    SettingsFile read(String id) throws IOException {
        SettingsFile now = SettingsFile.read(folder, id);
        SettingsFile before = settled.get(id);
        if (before == null || before.equals(now)) {
            changing.remove(id);
            settled.put(id, now);
            return now;
        }
        Change change = changing.get(id);
        if (change == null || !change.file().equals(now)) {
            changing.put(id, new Change(now, nanoTime.getAsLong() + SETTLE_NANOS));
            return before;
        }
        if (nanoTime.getAsLong() - change.settledAt() < 0) {
            return before;
        }
        changing.remove(id);
        settled.put(id, now);
        return now;
    }

    /**
     * Makes this the plugin's file, whole or not at all; what the hub wrote itself counts at once. The file keeps who may
     * read it, and stays a link if it is one.
     *
     * @throws ProblemException {@code settings-changed-meanwhile}, when the file isn't any more what counted until now
     */
    void write(String id, SettingsFile text) throws IOException {
        requireUnchanged(id);
        Path file = folder.resolve(id + ".yaml");
        Path real = Files.exists(file) ? file.toRealPath() : file;
        if (text.bytes() == null) {
            Files.deleteIfExists(file);
        } else {
            Path part = real.resolveSibling("." + id + ".yaml.part");
            try {
                try (FileChannel out = FileChannel.open(part, CREATE, TRUNCATE_EXISTING, WRITE)) {
                    ByteBuffer bytes = ByteBuffer.wrap(text.bytes());
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                    keepRights(real, part);
                    out.force(true);
                }
                requireUnchanged(id);
                Files.move(part, real, ATOMIC_MOVE);
            } finally {
                if (Files.isRegularFile(part)) {
                    Files.deleteIfExists(part);
                }
            }
        }
        changing.remove(id);
        settled.put(id, text);
    }

    void requireUnchanged(String id) throws IOException {
        SettingsFile counted = settled.get(id);
        if (counted != null && !counted.equals(SettingsFile.read(folder, id))) {
            throw new ProblemException(new Problem("settings-changed-meanwhile", counted.name(),
                    "Somebody has changed the file meanwhile.", "Look at what it says now, and try again."));
        }
    }

    private static void keepRights(Path from, Path to) throws IOException {
        if (Files.exists(from) && Files.getFileStore(from).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    /** For how long to wait, at most, until the next change may count; empty when nothing is changing. */
    OptionalLong nanosToNextChange() {
        long now = nanoTime.getAsLong();
        return changing.values().stream().mapToLong(c -> Math.max(0, c.settledAt() - now)).min();
    }

    /** Forgets all plugins but these. */
    void keepOnly(Collection<String> ids) {
        settled.keySet().retainAll(ids);
        changing.keySet().retainAll(ids);
    }
}
