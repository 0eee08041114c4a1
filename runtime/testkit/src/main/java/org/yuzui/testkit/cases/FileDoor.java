package org.yuzui.testkit.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A folder that a plugin reads: what was given is taken when the file has gone from it. */
final class FileDoor implements Door {

    private final Path folder;
    private final Duration patience;

    FileDoor(Path folder, Duration patience) {
        this.folder = folder;
        this.patience = patience;
    }

    @Override
    public Kind kind() {
        return Kind.FILE;
    }

    @Override
    public String give(String name, byte[] given) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        // Written elsewhere, so that no route reads half of it.
        Path part = Files.createTempFile(folder.getParent(), "given", ".part");
        Files.write(part, given);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        long end = System.nanoTime() + patience.toNanos();
        while (Files.exists(file)) {
            if (System.nanoTime() > end) {
                throw new IOException("Nothing took " + name + " out of " + folder + ".");
            }
            Pause.of(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return null;
    }
}
