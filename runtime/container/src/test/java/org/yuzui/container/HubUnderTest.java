package org.yuzui.container;

import org.awaitility.core.ConditionFactory;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.store.SharedStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.yuzui.container.Patience.await;

/** The room with its folders, a node of its own in the database, two recording parts, and words to wait for what it does. */
final class HubUnderTest implements AutoCloseable {

    private static final AtomicInteger NODES = new AtomicInteger();

    final Path drop;
    final Path config;
    final List<String> diary = new CopyOnWriteArrayList<>();
    final RecordingPart contracts = new RecordingPart("contracts", diary);
    final RecordingPart routes = new RecordingPart("routes", diary);
    final MovableStore store = new MovableStore(SharedStore.get());
    private final Path home;
    private ContainerSettings settings;
    private Plugins plugins;

    HubUnderTest(Path home) {
        this.home = home;
        this.drop = home.resolve("plugins");
        this.config = home.resolve("config/plugins");
        this.settings = ContainerSettings.of("node-" + NODES.incrementAndGet(), drop, config, home.resolve("data/cache"), "0.1.0")
                .withQuiet(Duration.ofMinutes(1)); // a jar that is being copied is not broken because the machine is busy
        try {
            Files.createDirectories(drop);
            Files.createDirectories(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HubUnderTest with(UnaryOperator<ContainerSettings> change) {
        settings = change.apply(settings);
        return this;
    }

    /** A jar that is not whole counts as broken soon. */
    HubUnderTest hasty() {
        return with(s -> s.withQuiet(Duration.ofMillis(150)));
    }

    HubUnderTest start() {
        List<PluginPart> parts = List.of(contracts, routes);
        plugins = PluginHost.open(settings, () -> store, () -> parts, Clock.systemUTC());
        plugins.start();
        return this;
    }

    /** Leaves it as a kill would, and starts another one on the same folders and rows. */
    HubUnderTest startAfterKill() {
        contracts.forget();
        routes.forget();
        diary.clear();
        return with(s -> s.withCache(home.resolve("data/cache-" + NODES.incrementAndGet()))).start();
    }

    /** Carries it out as somebody called tester does. */
    PluginEvent does(PluginRequest request) {
        return plugins.carryOut(request, Mandate.of("tester", "api"));
    }

    /** Installs a jar that never lies in the drop folder before. */
    PluginEvent installs(PluginJar jar, String fileName) throws IOException {
        Path file = Files.write(home.resolve("upload.jar"), jar.bytes());
        PluginEvent event = does(new PluginRequest.Install(file, fileName, null));
        Files.delete(file);
        return event;
    }

    /** The history, the oldest first: {@code UPDATE 0.1.0>0.2.0 DONE}. */
    List<String> history(String id) {
        List<String> lines = new ArrayList<>(plugins.history(id, null, 100).stream()
                .map(e -> e.action() + " " + e.fromVersion() + ">" + e.toVersion() + " " + e.outcome()).toList());
        Collections.reverse(lines);
        return lines;
    }

    List<String> folder() throws IOException {
        try (Stream<Path> files = Files.list(drop)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    Plugins plugins() {
        return plugins;
    }

    Path jar(String name) {
        return drop.resolve(name);
    }

    HubUnderTest settings(String id, String yaml) throws IOException {
        Path part = Files.writeString(config.resolve("." + id + ".part"), yaml);
        Files.move(part, config.resolve(id + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    PluginStatus status(String id) {
        return plugins.find(id).orElse(null);
    }

    /** Waits until the plugin runs in that version, with nothing held against it. */
    PluginStatus awaitRunning(String id, String version) {
        return often().until(() -> status(id), s -> s != null && s.state() == PluginState.RUNNING
                && s.version().equals(version) && s.problem() == null);
    }

    /** Waits until something is held against it, whether it runs or not. */
    Problem awaitProblem(String id, String code) {
        return often().until(() -> status(id), s -> s != null && s.problem() != null && s.problem().code().equals(code)
                && (s.state() == PluginState.RUNNING || s.state() == PluginState.FAILED)).problem();
    }

    /** Waits until anything is held against it. */
    Problem awaitAnyProblem(String id) {
        return often().until(() -> status(id), s -> s != null && s.problem() != null).problem();
    }

    private static ConditionFactory often() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    void awaitGone(String id) {
        often().until(() -> status(id) == null);
    }

    @Override
    public void close() {
        if (plugins != null) {
            plugins.close();
        }
    }
}
