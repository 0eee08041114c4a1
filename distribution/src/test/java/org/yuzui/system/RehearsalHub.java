package org.yuzui.system;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;
import org.yuzui.launcher.Hub;
import org.yuzui.launcher.HubConfig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged hub in a process of its own, by a clock that is moved forward: a year passes in a minute. Nothing else of it is different;
 * schedules, which fire by the machine's clock, are asked for.
 */
final class RehearsalHub {

    private final Process process;
    private final Writer in;
    private final Path output;

    private RehearsalHub(Process process, Path output) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.US_ASCII);
        this.output = output;
    }

    /** Starts it on a site, at an instant; returns when it is ready. */
    static RehearsalHub start(Site site, Instant at) throws Exception {
        String classes = Path.of(RehearsalHub.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        Path output = Files.createTempFile(site.home, "rehearsal", ".out");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Site.SHARED);
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx768m", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8",
                "-cp", classes + ":" + Site.library() + "/*", RehearsalHub.class.getName(), site.home.toString(), at.toString()));
        Process process = new ProcessBuilder(command).directory(site.home.toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        site.endWith(process);
        RehearsalHub hub = new RehearsalHub(process, output);
        hub.await("ready");
        return hub;
    }

    /** Moves the clock forward, in the hub's zone. */
    void at(Instant instant) throws IOException {
        in.write(instant + "\n");
        in.flush();
        await("it is " + instant);
    }

    private void await(String line) {
        Awaitility.await(line).atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            assertThat(process.isAlive() || text().contains(line)).as(this::text).isTrue();
            return text().lines().anyMatch(line::equals);
        });
    }

    private String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a signal would. */
    void close() throws Exception {
        try {
            in.close();
            assertThat(process.waitFor(Site.PATIENCE.toMinutes(), TimeUnit.MINUTES)).as(this::text).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Goes on from where it was moved to. */
    private static final class MovedClock extends Clock {
        private final ZoneId zone;
        private final Clock machine;
        private final AtomicReference<Duration> ahead;

        MovedClock(ZoneId zone, Clock machine, AtomicReference<Duration> ahead) {
            this.zone = zone;
            this.machine = machine;
            this.ahead = ahead;
        }

        void to(Instant instant) {
            ahead.set(Duration.between(machine.instant(), instant));
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new MovedClock(other, machine, ahead);
        }

        @Override
        public Instant instant() {
            return machine.instant().plus(ahead.get());
        }
    }

    /** The process: a home and the first instant; a line with an instant moves the clock, and the end of the input ends it. */
    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        HubConfig config = HubConfig.load(Path.of(arguments[0]));
        MovedClock clock = new MovedClock(config.zone(), Clock.systemUTC(), new AtomicReference<>(Duration.ZERO));
        clock.to(Instant.parse(arguments[1]));
        Hub hub = Hub.start(config, clock);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                clock.to(Instant.parse(line));
                System.out.println("it is " + line);
            }
        } finally {
            hub.close();
        }
        System.exit(0);
    }
}
