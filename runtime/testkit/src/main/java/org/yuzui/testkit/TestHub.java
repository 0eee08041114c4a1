package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.launcher.Hub;
import org.yuzui.launcher.HubConfig;
import org.yuzui.scheduling.Schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A real hub in this process with a home folder of its own, on ephemeral ports. For tests without JUnit; with it, {@link HubExtension}. */
public final class TestHub implements AutoCloseable {

    /** Two cities with a hospital each. */
    public static final String UNITS = """
            code,name,level,parent
            510000,四川省,province,
            510100,成都市,city,510000
            510104,锦江区,county,510100
            510104-H01,成都市锦江区示范医院,institution,510104
            510300,自贡市,city,510000
            510302,自流井区,county,510300
            510302-H01,自贡市自流井区示范医院,institution,510302
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private final Path home;
    private final HttpClient http = HttpClient.newHttpClient();
    private Hub hub;

    private TestHub(Path home) {
        this.home = home;
    }

    /** Makes the home with a hub.yaml and a unit tree; nothing runs before {@link #start}. */
    public static TestHub in(Path home) {
        TestHub hub = new TestHub(home.toAbsolutePath().normalize());
        for (String folder : new String[] {"plugins", "routes", "config/plugins", "config/calendar"}) {
            hub.within(() -> Files.createDirectories(hub.home.resolve(folder)));
        }
        hub.write("config/hub.yaml", "node: {id: test}\nweb: {port: 0}\n");
        hub.write("config/org/units.csv", UNITS);
        return hub;
    }

    /**
     * Starts the hub on whatever data the home has. What its plugins and itself do once a minute or more seldom is paused, and runs when
     * a test runs it ({@code hub().scheduler().run}): by itself it would come in the midst of a test that is at work when the clock strikes.
     */
    public void start() {
        hub = Hub.start(HubConfig.load(home));
        hub.scheduler().schedules().stream().map(Schedule::id).filter(this::isSeldom)
                .forEach(id -> hub.scheduler().pause(id, "a test", "It runs when it is asked for."));
    }

    private boolean isSeldom(String schedule) {
        Instant first = hub.scheduler().next(schedule, Clock.systemUTC().instant()).orElse(Instant.MAX);
        return first.equals(Instant.MAX)
                || hub.scheduler().next(schedule, first).filter(then -> then.isBefore(first.plus(SELDOM))).isEmpty();
    }

    public void stop() {
        if (hub != null) {
            hub.close();
            hub = null;
        }
    }

    public Hub hub() {
        return hub;
    }

    public Path home() {
        return home;
    }

    /** Writes a file of the home. */
    public void write(String path, String text) {
        within(() -> {
            Path file = home.resolve(path);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        });
    }

    /** Puts a jar into the drop folder as {@code <id>.jar}, whole or not at all. */
    public void drop(String id, byte[] jar) {
        within(() -> {
            Path part = home.resolve("plugins/." + id + ".part");
            Files.write(part, jar);
            return Files.move(part, home.resolve("plugins").resolve(id + ".jar"), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Takes every jar of a plugin out of the drop folder and waits until it runs no more. */
    public void takeAway(String id, Duration atMost) {
        within(() -> {
            try (Stream<Path> jars = Files.list(home.resolve("plugins"))) {
                for (Path jar : jars.filter(j -> j.getFileName().toString().matches(id + "(-\\d.*)?\\.jar")).toList()) {
                    Files.deleteIfExists(jar);
                }
            }
            return null;
        });
        await(id, s -> s.isEmpty() || s.get().state() == PluginState.RETIRED || s.get().state() == PluginState.STOPPED, atMost);
    }

    /**
     * Waits until a plugin runs.
     *
     * @throws ProblemException what keeps it from running
     */
    public void awaitRunning(String id, Duration atMost) {
        Optional<PluginStatus> status = await(id, s -> s.isPresent() && (s.get().state() == PluginState.RUNNING
                || s.get().state() == PluginState.DEGRADED || s.get().state() == PluginState.FAILED), atMost);
        status.filter(s -> s.state() == PluginState.FAILED).ifPresent(s -> {
            throw new ProblemException(s.problem());
        });
    }

    private Optional<PluginStatus> await(String id, Predicate<Optional<PluginStatus>> condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            CountDownLatch stirred = new CountDownLatch(1);
            try (Registration r = hub.plugins().listen(s -> stirred.countDown())) {
                Optional<PluginStatus> now = status(id);
                if (condition.test(now)) {
                    return now;
                }
                // What goes away is told of by nobody; a look now and then does no harm.
                stirred.await(50, TimeUnit.MILLISECONDS);
                if (System.nanoTime() > end) {
                    throw new ProblemException(Problem.of("not-in-time", "The plugin '" + id + "' did not get there within "
                            + atMost.toSeconds() + " s: " + now.map(s -> s.state() + (s.problem() == null ? ""
                            : " " + s.problem().sentence())).orElse("it is not there") + "."));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** A jar that can't be read is listed by its file name. */
    private Optional<PluginStatus> status(String id) {
        return hub.plugins().find(id).or(() -> hub.plugins().list().stream()
                .filter(s -> s.state() == PluginState.FAILED && (id + ".jar").equals(s.origin())).findFirst());
    }

    /** The JSON answer to {@code GET /api/v1<path>} as the bootstrap admin. */
    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /** The JSON answer to a {@code POST} of JSON. */
    public JsonNode post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder request(String path) {
        try {
            String token = Files.readString(home.resolve("data/bootstrap-token")).strip();
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.webPort() + "/api/v1" + path))
                    .header("Authorization", "Bearer " + token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() >= 400) {
                throw new IllegalStateException(request.uri() + " answered " + response.statusCode() + ": " + body);
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Stops the hub; the home stays. */
    @Override
    public void close() {
        stop();
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        Object run() throws IOException;
    }

    private void within(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
