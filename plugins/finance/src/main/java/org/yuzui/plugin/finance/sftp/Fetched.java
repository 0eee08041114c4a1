package org.yuzui.plugin.finance.sftp;

import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is here of the server's files, each in a folder of its name and state: {@code <name>.part} while it comes,
 * {@code <name>} when it is whole, {@code <name>.read} with where it belongs on the server when it has been read.
 */
final class Fetched {

    private final Path folder;
    private boolean clean;

    Fetched(Settings settings) {
        this.folder = Path.of(settings.text("inbox", "in/finance")).resolve(".sftp");
    }

    Path whole(RemoteFile file) {
        return place(file).resolve(file.name());
    }

    boolean isWhole(RemoteFile file) {
        return Files.exists(whole(file));
    }

    Path part(RemoteFile file) throws IOException {
        Files.createDirectories(place(file));
        return place(file).resolve(file.name() + ".part");
    }

    /** @return whether what has come is of the file's length; then it is durable, and whole */
    boolean complete(RemoteFile file) throws IOException {
        Path part = part(file);
        if (Files.size(part) != file.size()) {
            return false;
        }
        durable(part, whole(file));
        return true;
    }

    boolean isRead(RemoteFile file) {
        return Files.exists(marker(file));
    }

    /** @param target the folder on the server where it belongs */
    void read(RemoteFile file, String target) throws IOException {
        Path part = part(file);
        Files.writeString(part, target);
        durable(part, marker(file));
        Files.deleteIfExists(whole(file));
    }

    /** Where a file that was read belongs on the server. */
    String target(RemoteFile file) throws IOException {
        return Files.readString(marker(file));
    }

    /** Why it is refused; empty when it isn't. The reader of the file has put it beside that. */
    byte[] report(RemoteFile file) throws IOException {
        Path refused = place(file).resolve(".refused");
        if (!Files.isDirectory(refused)) {
            return new byte[0];
        }
        try (DirectoryStream<Path> reports = Files.newDirectoryStream(refused, "*.report.txt")) {
            for (Path report : reports) {
                return Files.readAllBytes(report);
            }
        }
        return new byte[0];
    }

    void forget(RemoteFile file) throws IOException {
        delete(folder.resolve(file.name()));
    }

    /** What was fetched of files that the server has no more, or has otherwise now; and, the first time, what came in halves. */
    void forgetAllBut(List<RemoteFile> files) throws IOException {
        if (!Files.isDirectory(folder)) {
            clean = true;
            return;
        }
        Set<Path> kept = files.stream().map(this::place).collect(Collectors.toSet());
        for (Path name : in(folder)) {
            boolean any = false;
            for (Path state : Files.isDirectory(name) ? in(name) : List.<Path>of()) {
                if (kept.contains(state)) {
                    any = true;
                    // After a fall of the machine a half file may end in what was never sent.
                    if (!clean) {
                        Files.deleteIfExists(state.resolve(name.getFileName() + ".part"));
                    }
                } else {
                    delete(state);
                }
            }
            if (!any) {
                delete(name);
            }
        }
        clean = true;
    }

    private Path place(RemoteFile file) {
        return folder.resolve(file.name()).resolve(file.state());
    }

    private Path marker(RemoteFile file) {
        return place(file).resolve(file.name() + ".read");
    }

    private static void durable(Path from, Path to) throws IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Path> in(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            for (Path inside : in(path)) {
                delete(inside);
            }
        }
        Files.deleteIfExists(path);
    }
}
