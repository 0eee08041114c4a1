package org.yuzui.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What tells that nobody has written to a file. */
record FileState(long size, long modified) {

    /** @throws NoSuchFileException when there is none any more */
    static FileState of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new FileState(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }
}
