package org.yuzui.inbox;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.yuzui.spi.Headers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/** Makes a file of what comes in bytes, for as long as its exchange lasts. Only the hub's own user may read it. */
final class ComeAgain {

    static final String FOLDER = ".again";
    /** What lies here for so long was left behind by a hub that ended at once. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    /** Bytes that every file system takes, with some to spare. */
    private static final int LONGEST_NAME = 200;

    private ComeAgain() {
    }

    static Path spool(Exchange exchange, InputStream bytes, Inbox inbox, String target) throws IOException {
        Path folder = Files.createDirectories(inbox.folder().resolve(FOLDER));
        restrict(folder);
        Path own = Files.createTempDirectory(folder, "");
        restrict(own);
        sweep(folder, Files.getLastModifiedTime(own).toInstant().minus(LEFT_BEHIND));
        Path file = own.resolve(name(exchange.getMessage().getHeader(Headers.SOURCE_ID, "", String.class)));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                String to = done.getMessage().getHeader(target, String.class);
                try {
                    if (to != null && !done.getMessage().getHeader(Headers.TRIED, false, Boolean.class)) {
                        move(file, inbox.folder().resolve(to));
                    }
                } finally {
                    onDone(done);
                }
            }

            @Override
            public void onDone(Exchange done) {
                remove(own);
            }
        });
        Files.copy(bytes, file);
        return file;
    }

    /** What the ledger has as the source's own id, which somebody outside may have chosen, as a name in one folder. */
    private static String name(String sourceId) {
        String name = sourceId.replaceAll("[/\\\\\\p{Cntrl}]", "_").replaceFirst("^\\.+", "_");
        return name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME ? "message" : name;
    }

    private static void move(Path file, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.move(file, to);
        } catch (IOException e) { // its records are durable: that is what counts
            throw new UncheckedIOException("The file " + file.getFileName() + " can't be moved to " + to + ": " + e.getMessage(), e);
        }
    }

    private static void sweep(Path folder, Instant before) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path one : all) {
                if (Files.getLastModifiedTime(one).toInstant().isBefore(before)) {
                    remove(one);
                }
            }
        } catch (NoSuchFileException e) {
            // somebody else has swept
        }
    }

    private static void remove(Path own) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(own)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(own);
        } catch (IOException e) {
            // a day later it is swept
        }
    }

    private static void restrict(Path folder) throws IOException {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (UnsupportedOperationException e) {
            // no such permissions on this file system
        }
    }
}
