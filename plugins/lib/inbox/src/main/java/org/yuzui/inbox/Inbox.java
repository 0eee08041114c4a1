package org.yuzui.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder that files come into, and the folders below it in which they end. */
public final class Inbox {

    public static final String DONE = ".done";
    public static final String REFUSED = ".refused";

    private final Path folder;

    public Inbox(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /**
     * Where a file of that name can be put: the name itself, or with a number behind it where one lies already.
     *
     * @param below a folder below the inbox
     * @return a name in that folder
     */
    public String free(String below, String name) {
        Path in = folder.resolve(below);
        String free = name;
        for (int n = 2; Files.exists(in.resolve(free)); n++) {
            free = name + "." + n;
        }
        return free;
    }

    /** Writes a file below the inbox, in place of the one before; nobody sees half of it. */
    public void write(String below, String name, byte[] bytes) throws IOException {
        Path in = Files.createDirectories(folder.resolve(below));
        Path part = in.resolve("." + name + ".part");
        Files.write(part, bytes);
        Files.move(part, in.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
