package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.container.ContainerSettings;
import org.yuzui.container.KeptVersion;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginEvent;
import org.yuzui.container.PluginPlan;
import org.yuzui.container.PluginRequest;
import org.yuzui.container.PluginSettings;
import org.yuzui.container.Plugins;
import org.yuzui.container.internal.settings.FileSettingsDesk;
import org.yuzui.container.internal.settings.SettingsDesk;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at the folders whenever something stirs in them, and lets the {@link Deployer} follow. Whatever was reported, a
 * round looks at everything: a lost or doubled event does no harm.
 */
public final class DropFolderPlugins implements Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(DropFolderPlugins.class);

    private final ContainerSettings settings;
    private final Supplier<List<PluginPart>> parts;
    private final Future<?> booted;
    private final SettingsDesk desk;
    private final StatusBoard board;
    private final PluginThreads threads;
    private final ScheduledThreadPoolExecutor worker;
    private final Set<Path> touched = new HashSet<>();
    private boolean roundIsDue;
    private volatile EmbeddedFelix felix;
    private volatile JarStage stage;
    private volatile DropFolder folder;
    private volatile Deployer deployer;
    private volatile FolderWatch watch;

    public DropFolderPlugins(ContainerSettings settings, Supplier<List<PluginPart>> parts, Clock clock) {
        this.settings = settings;
        this.parts = parts;
        this.desk = new FileSettingsDesk(settings.settingsFolder(), settings.keyFile());
        this.board = new StatusBoard(clock);
        this.threads = new PluginThreads(settings.patience());
        this.worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "yuzui-plugins");
            thread.setDaemon(true);
            return thread;
        });
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        booted = worker.submit(this::boot);
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
    public PluginPlan plan(PluginRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginEvent carryOut(PluginRequest request, Mandate mandate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<KeptVersion> versions(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PluginEvent> history(String id, Long before, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<PluginEvent> event(long number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginSettings settings(String id) {
        throw new UnsupportedOperationException();
    }

    private void boot() {
        try {
            Files.createDirectories(settings.dropFolder());
            Files.createDirectories(settings.settingsFolder());
            Files.createDirectories(settings.cache());
            String packages = HostPackages.of(HostPackages.classPath(), settings.cache().resolve("exported-packages"));
            stage = new JarStage(settings.cache().resolve("staged"), settings.maxJarBytes(), settings.hubVersion());
            folder = new DropFolder(settings.dropFolder(), stage, settings.quiet());
            felix = EmbeddedFelix.start(settings.cache().resolve("felix"), packages);
            folder.look(Set.of()); // reads ahead; what has changed by the first round is read again
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public void start() {
        await(booted);
        deployer = new Deployer(felix, parts.get(), threads, board, desk);
        try {
            // Before the first look, so that nothing falls between the two.
            watch = FolderWatch.open(List.of(settings.dropFolder(), settings.settingsFolder()), this::stirred);
        } catch (IOException e) {
            throw unusable(e);
        }
        await(worker.submit(this::round));
    }

    private ProblemException unusable(IOException e) {
        return new ProblemException(new Problem("no-plugin-folders", settings.dropFolder().toString(),
                "The folders of the plugins can't be used: " + e + ".", "Check that this user may write there."), e);
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
        try {
            worker.schedule(this::round, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("What stirred while the hub stops is looked at when it starts again");
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
            folder.nanosToNextBroken().ifPresent(this::submit);
            desk.nanosToNextChange().ifPresent(this::submit);
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
        int steps = 1;
        if (deployer != null) {
            deployer.stop();
            steps += board.list().size() * (deployer.partCount() + 1);
            worker.submit(deployer::takeDownAll);
        }
        worker.shutdown();
        try {
            // Every step has its own limit; this one is for what nobody thought of.
            Duration longest = settings.patience().plus(PluginThreads.GRACE.multipliedBy(2)).multipliedBy(steps);
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

    private static void await(Future<?> step) {
        try {
            step.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the plugins were starting", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException("the plugins can't start", e.getCause());
        }
    }
}
