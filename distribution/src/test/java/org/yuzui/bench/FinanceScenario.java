package org.yuzui.bench;

import org.yuzui.launcher.demo.gbt24589.LargeLedger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ledger by GB/T 24589 of one file, taken in by the packaged hub with a heap that is much smaller than the file: read to its end
 * and checked, read again and published, moved when all of it is durable.
 */
final class FinanceScenario implements Scenario {

    private static final int HEAP_MB = 256;
    private static final int MEGABYTES = 1000;
    private static final int MEGABYTES_QUICK = 100;
    private static final String NAME = "jinjiang_2025_ledger.xml";
    private static final Duration PATIENCE = Duration.ofHours(1);
    /** {@code Pause Full (…) 180M->90M(256M)} */
    private static final Pattern COLLECTION = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(");

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        int megabytes = setting.count(MEGABYTES, MEGABYTES_QUICK);
        try (PackagedHub hub = PackagedHub.create(setting, "finance")) {
            Path log = hub.home().resolve("gc.log");
            hub.options("-Xmx" + HEAP_MB + "m -Xlog:gc:file=" + log + ":uptime:filecount=0");
            Path ledger = setting.work().resolve("ledger.xml");
            LargeLedger.Content content = LargeLedger.write(ledger, 2025, megabytes * 1_000_000L);
            hub.start();
            Path inbox = hub.home().resolve("in/finance");
            Files.createDirectories(inbox);
            Files.move(ledger, inbox.resolve(NAME));
            Cost cost = Cost.of(hub);
            long began = System.nanoTime();
            long[] most = {0};
            Waiting.until("the ledger is durable", PATIENCE, Duration.ofMillis(200), () -> {
                if (Files.exists(inbox.resolve(".refused").resolve(NAME))) {
                    throw new IllegalStateException(Files.readString(inbox.resolve(".refused").resolve(NAME + ".report.txt")));
                }
                most[0] = Math.max(most[0], Usage.of(hub.jvm()).resident());
                return Files.exists(inbox.resolve(".done").resolve(NAME));
            });
            double seconds = (System.nanoTime() - began) / 1e9;
            double drain = hub.awaitDrained(PATIENCE);
            Figure figure = Figure.of("finance", "a ledger of " + content.bytes() / 1_000_000 + " MB with " + HEAP_MB + " MB of heap, until durable",
                    content.bytes() / 1e6 / seconds, "MB/s")
                    .note("rows/s", content.rows() / seconds)
                    .note("vouchers/s", content.vouchers() / seconds)
                    .note("vouchers", content.vouchers())
                    .note("seconds", seconds)
                    .note("through to the store and the last hop, vouchers/s", content.vouchers() / (seconds + drain));
            results.add(cost.on(figure, content.rows(), "row"));
            results.add(Figure.of("finance", "heap in use after a collection, at most", afterCollection(log), "MB").atMost(HEAP_MB)
                    .note("resident at most", Usage.megabytes(most[0])));
        }
    }

    private static double afterCollection(Path log) throws IOException {
        Matcher m = COLLECTION.matcher(Files.readString(log));
        double most = 0;
        while (m.find()) {
            most = Math.max(most, Double.parseDouble(m.group(2)));
        }
        return most;
    }
}
