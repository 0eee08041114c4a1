package org.yuzui.container.internal;

import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The jars in the drop folder as they were last seen. A look reads only those that changed. A jar that is no complete zip
 * counts as {@link Unfinished} until it has been quiet for a while, then as {@link Broken}.
 */
final class DropFolder {

    /** What became of one file. */
    sealed interface Seen {
    }

    record Sound(StagedJar jar) implements Seen {
    }

    record Broken(Problem problem) implements Seen {
    }

    /** @param quietAt {@link System#nanoTime()} from which on it counts as broken, if nothing happens before */
    record Unfinished(long quietAt, Problem problem) implements Seen {
    }

    private record Print(long size, long modifiedNanos, Object fileKey) {
    }

    private record Entry(Print print, Seen seen) {
    }

    private final Path folder;
    private final JarStage stage;
    private final Duration quiet;
    private TreeMap<String, Entry> entries = new TreeMap<>();

    DropFolder(Path folder, JarStage stage, Duration quiet) {
        this.folder = folder;
        this.stage = stage;
        this.quiet = quiet;
    }

    /**
     * All jars by their names, as they are now.
     *
     * @param touched files that must be read again although size and time are the same
     * @throws IOException when the folder itself can't be read: then nothing is known, not even that jars are gone
     */
    TreeMap<String, Seen> look(Set<Path> touched) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(DropFolder::isJar).sorted(Comparator.comparing(p -> p.getFileName().toString())).toList();
        }
        TreeMap<String, Entry> now = new TreeMap<>();
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            Print print = print(jar);
            if (print == null) {
                continue;
            }
            Entry before = entries.get(name);
            boolean same = before != null && before.print().equals(print) && !touched.contains(jar);
            now.put(name, new Entry(print, same ? settled(before.seen()) : read(jar)));
        }
        entries = now;
        TreeMap<String, Seen> seen = new TreeMap<>();
        now.forEach((name, entry) -> seen.put(name, entry.seen()));
        return seen;
    }

    /** A sound jar of that content, as it was last seen. */
    Optional<StagedJar> find(String sha256) {
        return sound().stream().filter(j -> j.sha256().equals(sha256)).findFirst();
    }

    /** The sound jars as they were last seen, by name. */
    List<StagedJar> sound() {
        return entries.values().stream()
                .flatMap(e -> e.seen() instanceof Sound sound ? Stream.of(sound.jar()) : Stream.empty()).toList();
    }

    /** Whether the file is still as it was last seen. */
    boolean isAsSeen(String name) throws IOException {
        Entry seen = entries.get(name);
        return seen != null && seen.print().equals(print(folder.resolve(name)));
    }

    /** The hub itself put this jar there; that is no news. */
    void wrote(StagedJar jar) throws IOException {
        Print print = print(folder.resolve(jar.name()));
        if (print != null) {
            entries.put(jar.name(), new Entry(print, new Sound(jar)));
        }
    }

    /** The hub itself took it away. */
    void tookAway(String name) {
        entries.remove(name);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Path path() {
        return folder;
    }

    /** For how long to wait until the next unfinished jar counts as broken; empty when all are finished. */
    OptionalLong nanosToNextBroken() {
        long now = System.nanoTime();
        return entries.values().stream()
                .flatMapToLong(e -> e.seen() instanceof Unfinished u ? LongStream.of(Math.max(0, u.quietAt() - now))
                        : LongStream.empty())
                .min();
    }

    private Seen read(Path jar) {
        try {
            return new Sound(stage.stage(jar));
        } catch (UnreadableJarException e) {
            return new Unfinished(System.nanoTime() + quiet.toNanos(), e.problem());
        } catch (RuntimeException | StackOverflowError e) { // a file can be broken in ways that nobody thought of
            return new Broken(Fault.problem(e, jar.getFileName().toString()));
        }
    }

    private static Seen settled(Seen seen) {
        return seen instanceof Unfinished u && System.nanoTime() - u.quietAt() >= 0 ? new Broken(u.problem()) : seen;
    }

    /** Null when the file went away, or is no regular file. */
    private static Print print(Path jar) throws IOException {
        try {
            BasicFileAttributes a = Files.readAttributes(jar, BasicFileAttributes.class);
            return a.isRegularFile()
                    ? new Print(a.size(), a.lastModifiedTime().to(TimeUnit.NANOSECONDS), a.fileKey())
                    : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    static boolean isJar(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".jar") || name.endsWith(".zip"));
    }
}
