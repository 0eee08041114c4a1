package org.yuzui.plugin.hr;

import org.yuzui.inbox.Inbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folders under the inbox. What lies in them names persons: only the hub's own user may look into them, and everything is
 * deleted when its time is over, by when it came there.
 */
final class Folders {

    static final String DONE = Inbox.DONE;
    static final String REFUSED = Inbox.REFUSED;
    static final String HELD = ".held";
    static final String CONFIRMED = ".confirmed";

    private static final Pattern BY = Pattern.compile(".*_by-([\\p{L}\\p{N}.@-]{1,60}?)\\.[A-Za-z]+(?:\\.\\d+)?");

    private final Path inbox;

    Folders(Path inbox) {
        this.inbox = inbox.toAbsolutePath().normalize();
    }

    void prepare() throws IOException {
        for (String folder : new String[] {DONE, REFUSED, HELD, CONFIRMED}) {
            Path path = inbox.resolve(folder);
            Files.createDirectories(path);
            restrict(path, "rwx------");
        }
    }

    Path of(String folder) {
        return inbox.resolve(folder);
    }

    /** Who confirmed a file that lies in {@link #CONFIRMED}: {@code X_by-li.csv} was confirmed by li; null where its name doesn't say. */
    static String confirmedBy(String name) {
        Matcher by = BY.matcher(name);
        return by.matches() ? by.group(1) : null;
    }

    /** The file in {@link #CONFIRMED} of this name, with or without who confirmed it behind it; null when there is none. */
    Path confirmed(String name) throws IOException {
        int dot = name.lastIndexOf('.');
        try (DirectoryStream<Path> files = Files.newDirectoryStream(of(CONFIRMED), name.substring(0, dot) + "*" + name.substring(dot))) {
            for (Path file : files) {
                String found = file.getFileName().toString();
                if (found.equals(name) || confirmedBy(found) != null) {
                    return file;
                }
            }
        } catch (NoSuchFileException e) {
            // nobody has confirmed anything
        }
        return null;
    }

    /** Where a file of that name can be put; with a number before its ending when one lies there. */
    Path free(String folder, String name) {
        return of(folder).resolve(new Inbox(inbox).free(folder, name));
    }

    /** Only its owner may read it from now on, and its time begins. */
    void seal(Path file, Instant now) throws IOException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(now));
            restrict(file, "rw-------");
        } catch (java.nio.file.FileSystemException e) {
            // It belongs to whoever sent it; the folder keeps the others out all the same.
            if (!Files.exists(file)) {
                throw e;
            }
        }
    }

    void write(Path file, byte[] bytes) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        restrict(part, "rw-------");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes what has been there for so long. @return the names of what is gone */
    List<String> sweep(String folder, int days, Instant now) throws IOException {
        List<String> gone = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(of(folder), Files::isRegularFile)) {
            for (Path file : files) {
                if (Duration.between(Files.getLastModifiedTime(file).toInstant(), now).compareTo(Duration.ofDays(days)) >= 0) {
                    Files.deleteIfExists(file);
                    gone.add(file.getFileName().toString());
                }
            }
        } catch (NoSuchFileException e) {
            // somebody took the folder or the file away: nothing is left to delete
        }
        return gone;
    }

    private static void restrict(Path path, String permissions) throws IOException {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (UnsupportedOperationException e) {
            // no such permissions on this file system; the guide says whose the hub's folder should be
        }
    }
}
