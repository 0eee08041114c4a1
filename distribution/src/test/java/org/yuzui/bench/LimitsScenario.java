package org.yuzui.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What the disk and plain Artemis can do here, now: whatever a hub reaches on this machine is read beside it. */
final class LimitsScenario implements Scenario {

    static final String NAME = "limits";
    private static final String DISK = "disk, 4 KiB written and synced";
    private static final int[] SESSIONS = {1, 8, 32};
    private static final int[] BATCHES = {100, 200};
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 1000;

    /** The limit of so many senders, each with one record a commit. */
    static String sessions(int sessions) {
        return "Artemis, " + sessions + (sessions == 1 ? " session" : " sessions") + ", 1 a commit";
    }

    /** The limit of one sender with so many records a commit. */
    static String batch(int records) {
        return "Artemis, 1 session, " + records + " a commit";
    }

    /** The limit of one reader that sends a record for each that it takes. */
    static String passOn(int records) {
        return "Artemis, take and send on, " + records + " a commit";
    }

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        Path folder = setting.work().resolve("limits");
        Folders.delete(folder);
        Files.createDirectories(folder);
        try {
            Disk disk = disk(folder, setting.seconds(1.5, 0.7));
            results.addLimit(Figure.of(NAME, DISK, disk.rate(), "/s").note("quicker quarter within µs", disk.quickMicros()));
            // The hub chooses its journal's pace in the same way, from the same measurement.
            int pace = (int) Math.max(100_000, Math.min(3_300_000, disk.quickMicros() * 1000));
            try (RawArtemis artemis = RawArtemis.start(folder.resolve("artemis"), pace)) {
                double seconds = setting.seconds(3, 1.5);
                artemis.send(8, 1, seconds); // to warm up
                for (int sessions : SESSIONS) {
                    add(results, sessions(sessions), artemis.send(sessions, 1, seconds), pace);
                }
                for (int batch : BATCHES) {
                    add(results, batch(batch), artemis.send(1, batch, seconds), pace);
                }
                add(results, passOn(200), artemis.passOn(200, seconds), pace);
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static void add(Results results, String name, double rate, int pace) {
        results.addLimit(Figure.of(NAME, name, rate, "records/s").beside(results.limit(DISK)).note("buffer timeout µs", pace / 1000));
    }

    private record Disk(double rate, double quickMicros) {
    }

    private static Disk disk(Path folder, double seconds) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve("disk"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            for (int i = 0; i < BLOCKS; i++) {
                channel.write(block.clear());
            }
            channel.force(true);
            long[] took = new long[(int) (seconds * 100_000)];
            int syncs = 0;
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < seconds * 1e9 && syncs < took.length) {
                long start = System.nanoTime();
                channel.write(block.clear(), (long) (syncs % BLOCKS) * BLOCK);
                channel.force(false);
                took[syncs++] = System.nanoTime() - start;
            }
            double rate = syncs * 1e9 / (System.nanoTime() - begin);
            Arrays.sort(took, 0, syncs);
            return new Disk(rate, took[syncs / 4] / 1000.0);
        }
    }
}
