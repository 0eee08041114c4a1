package org.yuzui.ledger.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The large ones among the messages that are kept, each a sealed file under its SHA-256. Neither writing nor reading holds one in memory. A
 * file is on the disk before the commit that speaks of it; one that nothing speaks of is swept. Thread-safe.
 */
final class MessageFiles {

    private static final Logger LOG = LoggerFactory.getLogger(MessageFiles.class);
    /** A commit that speaks of a file follows it in seconds. */
    private static final Duration YOUNG = Duration.ofHours(1);
    private static final String PART = ".part";
    private static final int ASKED_AT_ONCE = 1_000;

    private final Path folder;
    private final KeyRing keys;
    private final Clock clock;
    /** One at a time for each of so many kinds of names, so that none is swept while it is taken up again. */
    private final Object[] turns = new Object[64];

    /** @param clock of the file system */
    MessageFiles(Path folder, KeyRing keys, Clock clock) {
        this.folder = folder;
        this.keys = keys;
        this.clock = clock;
        for (int i = 0; i < turns.length; i++) {
            turns[i] = new Object();
        }
    }

    /**
     * Writes it, unless it is there and opens; returns when the disk has it.
     *
     * @throws ProblemException {@code payload-not-kept}: the disk does not take it
     */
    void keep(Message message) {
        byte[] sha = message.sha256();
        Path file = file(sha);
        synchronized (turn(sha)) {
            try {
                if (isTakenUp(file, sha)) {
                    return;
                }
                Files.createDirectories(file.getParent());
                Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + PART);
                try {
                    write(message, part);
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(part);
                }
                sync(file.getParent());
                sync(folder);
            } catch (IOException | UncheckedIOException e) {
                throw new ProblemException(new Problem("payload-not-kept", file.toString(),
                        "A message of " + message.size() + " bytes can't be kept: " + e.getMessage() + ".",
                        "Make room on the disk, or let the hub write there; its source was told nothing good and sends it again."), e);
            }
        }
    }

    /** Not one that nobody could open, because its key is lost or it is damaged: it is written anew. */
    private boolean isTakenUp(Path file, byte[] sha) throws IOException {
        if (Files.notExists(file)) {
            return false;
        }
        try {
            open(sha).close();
        } catch (ProblemException e) {
            return false;
        }
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant())); // the sweep goes by it
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void write(Message message, Path part) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        OutputStream sealed = new SealedChunks.Writer(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                keys.sealing(), message.sha256());
        try (OutputStream out = new DeflaterOutputStream(sealed, deflater, SealedChunks.CHUNK)) {
            message.writeTo(out);
        } finally {
            deflater.end();
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Reads it from its beginning.
     *
     * @throws ProblemException {@code payload-file-missing}, {@code payload-key-unknown}, {@code payload-damaged}; the last one also as the
     *                          cause of an {@link IOException} while it is read
     */
    InputStream open(byte[] sha) {
        Path file = file(sha);
        try {
            return new InflaterInputStream(new SealedChunks.Reader(Files.newInputStream(file), keys, sha, file));
        } catch (NoSuchFileException e) {
            throw new ProblemException(new Problem("payload-file-missing", file.toString(), "The file of a message that was kept is not there.",
                    "Restore it from a backup, or ask the node that kept it: files lie where they were written."), e);
        } catch (IOException e) {
            throw PayloadCipher.damaged(file.toString(), e);
        }
    }

    /**
     * Removes what nothing speaks of.
     *
     * @param spokenOf of some SHA-256 in hexadecimal those that something speaks of
     * @return how many
     */
    int sweep(Function<Collection<String>, Set<String>> spokenOf) {
        Instant now = clock.instant();
        if (Files.notExists(folder)) {
            return 0;
        }
        int[] swept = {0};
        List<Path> asked = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, 2)) {
            files.filter(Files::isRegularFile).filter(f -> isOlder(f, now)).forEach(file -> {
                asked.add(file);
                if (asked.size() == ASKED_AT_ONCE) {
                    swept[0] += sweep(asked, spokenOf, now);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the files of kept messages under {} can't be looked through: {}", folder, e.getMessage());
        }
        swept[0] += sweep(asked, spokenOf, now);
        if (swept[0] > 0) {
            LOG.info("{} files of messages are gone, of which nothing is kept any more", swept[0]);
        }
        return swept[0];
    }

    private int sweep(List<Path> asked, Function<Collection<String>, Set<String>> spokenOf, Instant now) {
        if (asked.isEmpty()) {
            return 0;
        }
        Set<String> kept = spokenOf.apply(asked.stream().map(f -> f.getFileName().toString()).filter(n -> !n.endsWith(PART)).toList());
        int swept = 0;
        for (Path file : asked) {
            String name = file.getFileName().toString();
            if (!kept.contains(name) && remove(file, name, now)) {
                swept++;
            }
        }
        asked.clear();
        return swept;
    }

    private boolean remove(Path file, String name, Instant now) {
        synchronized (name.endsWith(PART) ? turns[0] : turn(HexFormat.of().parseHex(name))) {
            try {
                return isOlder(file, now) && Files.deleteIfExists(file); // somebody may have taken it up again
            } catch (IOException e) {
                LOG.warn("{} can't be removed: {}", file, e.getMessage());
                return false;
            }
        }
    }

    private static boolean isOlder(Path file, Instant now) {
        try {
            return file.getFileName().toString().matches("[0-9a-f]{64}(\\.[0-9a-f-]+\\.part)?")
                    && Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(YOUNG));
        } catch (IOException e) {
            return false;
        }
    }

    private Path file(byte[] sha) {
        String name = HexFormat.of().formatHex(sha);
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    private Object turn(byte[] sha) {
        return turns[sha[0] & 63];
    }
}
