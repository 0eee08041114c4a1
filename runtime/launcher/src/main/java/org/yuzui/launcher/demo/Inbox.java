package org.yuzui.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A plugin's folder for files, as those see it who write into it.
 *
 * @param folder holds {@code .done}, {@code .refused} and whatever else the plugin sorts into
 */
public record Inbox(Path folder) {

    /** Tells what became of a file that has gone. */
    @FunctionalInterface
    public interface Verdict<T> {
        T of(String name) throws IOException;
    }

    /** Whole, or not at all. */
    public void write(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve("." + name + ".part");
        Files.write(part, bytes);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Waits until they have gone. @return of each that has gone, what became of it */
    public <T> Map<String, T> await(List<String> names, Duration atMost, Verdict<T> verdict) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        Map<String, T> gone = new LinkedHashMap<>();
        while (gone.size() < names.size() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            for (String name : names) {
                if (!gone.containsKey(name) && !Files.exists(folder.resolve(name))) {
                    gone.put(name, verdict.of(name));
                }
            }
        }
        return gone;
    }

    /** Whether a file was refused since then: of one name several reports may lie there, with a number behind it. */
    public boolean isRefused(String name, long since) throws IOException {
        return lies(".refused", name + "*.report.txt", since);
    }

    /** Whether a file of this pattern came to lie in a folder of the inbox since then. */
    public boolean lies(String inner, String pattern, long since) throws IOException {
        Path in = folder.resolve(inner);
        if (!Files.isDirectory(in)) {
            return false;
        }
        try (var files = Files.newDirectoryStream(in, pattern)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toMillis() >= since) {
                    return true;
                }
            }
        }
        return false;
    }
}
