package org.yuzui.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the process that listens on a TCP port, as Linux tells it; best effort: other users' processes hide. */
public final class PortHolder {

    private static final String LISTENS = "0A";

    private PortHolder() {
    }

    /** Readable: {@code the process java (pid 4711)}, {@code this hub itself}; empty when it can't be told. */
    public static Optional<String> of(int port) {
        try {
            Set<String> sockets = new HashSet<>();
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                sockets(Path.of(table), port, sockets);
            }
            return sockets.isEmpty() ? Optional.empty() : process(sockets);
        } catch (IOException | UncheckedIOException | SecurityException e) {
            return Optional.empty();
        }
    }

    private static void sockets(Path table, int port, Set<String> sockets) throws IOException {
        if (!Files.isReadable(table)) {
            return;
        }
        String end = ":%04X".formatted(port);
        for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length > 9 && fields[1].endsWith(end) && fields[3].equals(LISTENS)) {
                sockets.add("socket:[" + fields[9] + "]");
            }
        }
    }

    private static Optional<String> process(Set<String> sockets) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(p -> p.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(p -> holds(p, sockets)).findFirst().map(PortHolder::describe);
        }
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.anyMatch(fd -> {
                try {
                    return sockets.contains(Files.readSymbolicLink(fd).toString());
                } catch (IOException e) {
                    return false; // closed meanwhile
                }
            });
        } catch (IOException | UncheckedIOException e) {
            return false; // another user's, or gone
        }
    }

    private static String describe(Path process) {
        String pid = process.getFileName().toString();
        if (pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            return "this hub itself";
        }
        try {
            return "the process " + Files.readString(process.resolve("comm")).strip() + " (pid " + pid + ")";
        } catch (IOException e) {
            return "the process with pid " + pid;
        }
    }
}
