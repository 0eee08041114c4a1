package org.yuzui.container.internal.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who listens on a port, as far as this user may see it on Linux. */
final class PortHolder {

    private static final String LISTENING = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {
    }

    /** Such as {@code the process 812 (java)}, {@code this hub itself}, or {@code another program}. */
    static String of(int port) {
        try {
            Set<String> sockets = new HashSet<>();
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                if (Files.isReadable(Path.of(table))) {
                    sockets.addAll(listening(Path.of(table), port));
                }
            }
            return sockets.isEmpty() ? "another program" : holder(sockets);
        } catch (IOException | UncheckedIOException e) {
            return "another program";
        }
    }

    private static Set<String> listening(Path table, int port) throws IOException {
        Set<String> sockets = new HashSet<>();
        String end = ":%04X".formatted(port);
        for (String line : Files.readAllLines(table)) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length > INODE && columns[ADDRESS].endsWith(end) && columns[STATE].equals(LISTENING)) {
                sockets.add("socket:[" + columns[INODE] + "]");
            }
        }
        return sockets;
    }

    private static String holder(Set<String> sockets) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    long id = Long.parseLong(process.getFileName().toString());
                    return id == ProcessHandle.current().pid() ? "this hub itself"
                            : "the process " + id + " (" + Files.readString(process.resolve("comm")).strip() + ")";
                }
            }
        }
        return "a program of another user";
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : open) {
                if (Files.isSymbolicLink(file) && sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return false; // another user's, or gone meanwhile
        }
        return false;
    }
}
