package org.yuzui.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.yuzui.launcher.demo.Hospitals;
import org.yuzui.launcher.demo.SendReport;
import org.yuzui.launcher.demo.Sender;
import org.yuzui.launcher.demo.Traffic;

/**
 * What senders notice while the plugin that they send to is exchanged for another version: the longest time in which none of
 * them got an answer, and how long answers took.
 */
final class UpdateScenario implements Scenario {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 22);
    private static final int CONNECTIONS = 8;
    private static final int RATE = 800;

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        int updates = setting.count(20, 6);
        try (PackagedHub hub = PackagedHub.create(setting, "update")) {
            hub.start();
            Path jar;
            try (Stream<Path> jars = Files.list(hub.home().resolve("plugins"))) {
                jar = jars.filter(p -> p.getFileName().toString().contains("his")).findFirst().orElseThrow();
            }
            byte[] original = Files.readAllBytes(jar);
            Load load = new Load(hub);
            load.calmSeconds(setting.seconds(5, 3)); // warm up
            double calm = load.calmSeconds(setting.seconds(5, 3));
            Times pauses = new Times();
            Times took = new Times();
            for (int i = 1; i <= updates; i++) {
                byte[] next = withVersion(original, "0.1." + i);
                long began = System.nanoTime();
                double[] longest = new double[1];
                CompletableFuture<Void> update = CompletableFuture.runAsync(() -> {
                    try {
                        hub.upload("his.jar", next);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                longest[0] = load.longestPauseUntil(update);
                update.get();
                took.add((System.nanoTime() - began) / 1e6);
                pauses.add(longest[0]);
                load.calmSeconds(0.3);
            }
            SendReport report = load.stop();
            results.add(Figure.of("update", "longest pause of " + CONNECTIONS + " senders during an update", pauses.median(), "ms")
                    .atMost(300).note("most", pauses.most()).note("times", pauses.count()).note("longest without an update", calm)
                    .note("update took (ms)", took.median()));
            results.add(Figure.of("update", "p99 of an answer over the whole run", report.latencies().within(0.99), "ms")
                    .note("p50", report.latencies().within(0.5)).note("longest", report.latencies().within(1)).note("messages", report.latencies().count()));
        }
    }

    /** The same plugin under another version. */
    private static byte[] withVersion(byte[] jar, String version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar)); ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().equals("HUB-INF/plugin.yaml")) {
                    content = new String(content, StandardCharsets.UTF_8)
                            .replaceFirst("(?m)^version: .*$", "version: \"" + version + "\"").getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Senders at a steady rate, and when the last answer came. */
    private static final class Load {

        private final Sender sender;
        private final CompletableFuture<SendReport> sending;

        Load(PackagedHub hub) throws IOException {
            Traffic traffic = new Traffic(new Traffic.Plan(Hospitals.of(hub.home(), List.of()), LAST.minusDays(3), LAST, 100_000, 5));
            sender = new Sender(new Sender.Line("127.0.0.1", hub.mllpPort(), RATE, Duration.ofSeconds(20), Duration.ofMinutes(1)));
            sending = CompletableFuture.supplyAsync(() -> {
                try {
                    return sender.send(traffic, CONNECTIONS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        double calmSeconds(double seconds) {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            return longestPause(() -> System.nanoTime() >= end);
        }

        /** Milliseconds; until the work is done and an answer came after it. */
        double longestPauseUntil(CompletableFuture<?> work) {
            AtomicLong after = new AtomicLong(-1);
            return longestPause(() -> {
                if (work.isDone() && after.get() < 0) {
                    after.set(sender.answered());
                }
                return after.get() >= 0 && sender.answered() > after.get();
            });
        }

        private double longestPause(java.util.function.BooleanSupplier over) {
            long longest = 0;
            long lastAnswers = sender.answered();
            long lastAt = System.nanoTime();
            while (!over.getAsBoolean()) {
                if (sending.isDone()) {
                    throw new IllegalStateException("The senders ended too early: " + sending.join().toMap());
                }
                long now = System.nanoTime();
                long answers = sender.answered();
                if (answers != lastAnswers) {
                    longest = Math.max(longest, now - lastAt);
                    lastAnswers = answers;
                    lastAt = now;
                }
                LockSupport.parkNanos(200_000);
            }
            return Math.max(longest, System.nanoTime() - lastAt) / 1e6;
        }

        SendReport stop() throws Exception {
            sender.stop();
            return sending.get();
        }
    }
}
