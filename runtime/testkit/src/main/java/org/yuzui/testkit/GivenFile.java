package org.yuzui.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file for a folder that a route reads, put there as whoever sends files has to: under a name that begins with a dot until all of it is written. */
public final class GivenFile {

    private GivenFile() {
    }

    /**
     * @param folder is made when it isn't there
     * @return where it lies, until somebody takes it
     */
    public static Path into(Path folder, String name, byte[] bytes) throws IOException {
        Path part = Files.createDirectories(folder).resolve("." + name + ".part");
        Files.write(part, bytes);
        return Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
