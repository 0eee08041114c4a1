package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.container.ContainerSettings;
import org.yuzui.container.Plugins;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at the folders whenever something stirs in them, and lets the {@link Deployer} follow. Whatever was reported, a
 * round looks at everything: a lost or doubled event does no harm.
 */
public final class DropFolderPlugins implements Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(DropFolderPlugins.class);

    private final ContainerSettings settings;
    private final List<PluginPart> parts;
    private final StatusBoard board;
    private final PluginThreads threads;
    private final ScheduledThreadPoolExecutor worker;
    private final Set<Path> touched = new HashSet<>();
    private boolean roundIsDue;
    private EmbeddedFelix felix;
    private JarStage stage;
    private DropFolder folder;
    private Deployer deployer;
    private FolderWatch watch;

    public DropFolderPlugins(ContainerSettings settings, List<PluginPart> parts, Clock clock) {
        this.settings = settings;
        this.parts = List.copyOf(parts);
        this.board = new StatusBoard(clock);
        this.threads = new PluginThreads(settings.patience());
        this.worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "yuzui-plugins");
            thread.setDaemon(true);
            return thread;
        });
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public List<PluginStatus> list() {
        return board.list();
    }

    @Override
    public Optional<PluginStatus> find(String id) {
        return board.find(id);
    }

    @Override
    public Registration listen(Consumer<PluginStatus> listener) {
        return board.listen(listener);
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(settings.dropFolder());
            Files.createDirectories(settings.settingsFolder());
            Files.createDirectories(settings.cache());
            String packages = HostPackages.of(HostPackages.classPath(), settings.cache().resolve("exported-packages"),
                    settings.hubVersion());
            felix = EmbeddedFelix.start(settings.cache().resolve("felix"), packages);
            stage = new JarStage(settings.cache().resolve("staged"), settings.maxJarBytes(), settings.hubVersion());
            folder = new DropFolder(settings.dropFolder(), stage, settings.quiet());
            deployer = new Deployer(felix, parts, threads, board, settings.settingsFolder());
            // Before the first look, so that nothing falls between the two.
            watch = FolderWatch.open(List.of(settings.dropFolder(), settings.settingsFolder()), this::stirred);
        } catch (IOException e) {
            throw new ProblemException(new Problem("no-plugin-folders", settings.dropFolder().toString(),
                    "The folders of the plugins can't be used: " + e + ".", "Check that this user may write there."), e);
        }
        await(worker.submit(this::round));
    }

    private void stirred(Set<Path> files) {
        synchronized (touched) {
            touched.addAll(files);
            if (roundIsDue) {
                return;
            }
            roundIsDue = true;
        }
        submit(0);
    }

    private void submit(long delayNanos) {
        if (!worker.isShutdown()) {
            worker.schedule(this::round, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void round() {
        Set<Path> files;
        synchronized (touched) {
            files = Set.copyOf(touched);
            touched.clear();
            roundIsDue = false;
        }
        try {
            Map<String, DropFolder.Seen> jars = folder.look(files);
            Set<Path> needed = deployer.align(jars);
            stage.keepOnly(needed::contains);
            jars.values().stream()
                    .filter(DropFolder.Unfinished.class::isInstance)
                    .mapToLong(u -> ((DropFolder.Unfinished) u).quietAt() - System.nanoTime())
                    .min()
                    .ifPresent(left -> submit(Math.max(0, left)));
        } catch (IOException e) {
            LOG.error("The drop folder {} can't be read, everything goes on as it is: {}", settings.dropFolder(), e.toString());
        } catch (RuntimeException | Error e) { // the next round must come whatever happened in this one
            LOG.error("A round through the plugins failed", e);
        }
    }

    @Override
    public void close() {
        if (worker.isShutdown()) {
            return;
        }
        if (watch != null) {
            watch.close();
        }
        if (deployer != null) {
            deployer.stop();
            worker.submit(deployer::takeDownAll);
        }
        worker.shutdown();
        try {
            // Every step has its own limit; this one is for what nobody thought of.
            Duration longest = settings.patience().multipliedBy(2L + (long) board.list().size() * (parts.size() + 1));
            if (!worker.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("The plugins did not go down within {} s and are left behind", longest.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (felix != null) {
            felix.close();
        }
    }

    private static void await(Future<?> round) {
        try {
            round.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a round reports its failures itself", e);
        }
    }
}
