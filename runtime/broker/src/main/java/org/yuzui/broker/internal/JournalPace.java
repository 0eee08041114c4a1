package org.yuzui.broker.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the journal gathers writes before it syncs them: about as long as one sync takes on this disk. Shorter and the
 * disk is busy with half-empty writes, longer and everyone waits for nothing. Measured once, then remembered beside the
 * journal.
 */
final class JournalPace {

    static final long SHORTEST = 100_000;
    static final long LONGEST = 3_300_000;

    private static final Logger log = LoggerFactory.getLogger(JournalPace.class);
    private static final String FILE = "disk.properties";
    private static final String KEY = "bufferTimeoutNanos";
    private static final int BLOCK = 4096;
    private static final int SYNCS = 200;
    private static final int WARM_UP = 10;
    private static final long MEASURE_NO_LONGER = 300_000_000;

    private JournalPace() {
    }

    /** The remembered pace of the disk under {@code folder}; the first time it is measured, which takes up to 0.3 s. */
    static long of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        long known = remembered(file);
        if (known > 0) {
            return known;
        }
        long sync = quickSync(folder);
        long pace = Math.max(SHORTEST, Math.min(LONGEST, sync));
        remember(file, pace);
        log.info("The disk syncs 4 KiB in {} µs: the journal's buffer timeout is {} µs from now on", sync / 1000, pace / 1000);
        return pace;
    }

    /**
     * Nanoseconds of one synced write of 4 KiB into a file that has its size already, as the journal's files have. The
     * quickest twentieth's slowest: others may be using the machine while it is measured, and what is found is kept for good. A hub that first
     * started beside 22 busy processes took 2.2 ms for 0.1 when the quickest quarter told.
     */
    static long quickSync(Path folder) throws IOException {
        Path probe = folder.resolve("disk.probe");
        long[] took = new long[SYNCS];
        int count = 0;
        try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            for (int i = 0; i < SYNCS; i++) {
                channel.write(block.clear());
            }
            channel.force(true);
            long begin = System.nanoTime();
            for (int i = 0; i < SYNCS && (i < WARM_UP || System.nanoTime() - begin < MEASURE_NO_LONGER); i++) {
                long start = System.nanoTime();
                channel.write(block.clear(), (long) i * BLOCK);
                channel.force(false);
                took[count++] = System.nanoTime() - start;
            }
        } finally {
            Files.deleteIfExists(probe);
        }
        Arrays.sort(took, 0, count);
        return took[count / 20];
    }

    private static long remembered(Path file) {
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        try (var in = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(in);
            long pace = Long.parseLong(properties.getProperty(KEY, "0").trim());
            return pace >= SHORTEST && pace <= LONGEST ? pace : 0;
        } catch (IOException | IllegalArgumentException e) {
            log.warn("{} can't be read ({}): the disk is measured again", file, e.getMessage());
            return 0;
        }
    }

    private static void remember(Path file, long pace) throws IOException {
        Path part = file.resolveSibling(FILE + ".part");
        Files.writeString(part, "# Measured at the first start; delete this file to have the disk measured again.\n"
                + KEY + "=" + pace + "\n");
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
