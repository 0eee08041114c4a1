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
import org.yuzui.container.PluginSignatures;
import org.yuzui.container.Plugins;
import org.yuzui.container.internal.journal.Journal;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.store.Store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * One thread does all that changes plugins: what somebody calls for, and a round whenever something stirs in the folders.
 * Whatever was reported, a round looks at everything: a lost or doubled event does no harm.
 */
public final class JournaledPlugins implements Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(JournaledPlugins.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ContainerSettings settings;
    private final Supplier<Store> store;
    private final Supplier<List<PluginPart>> parts;
    private final Clock clock;
    private final Future<?> booted;
    private final StatusBoard board;
    private final PluginThreads threads;
    private final ScheduledThreadPoolExecutor worker;
    private final Set<Path> touched = new HashSet<>();
    private final CopyOnWriteArrayList<LongConsumer> historians = new CopyOnWriteArrayList<>();
    private boolean roundIsDue;
    private volatile EmbeddedFelix felix;
    private volatile JarStage stage;
    private volatile DropFolder folder;
    private volatile Journal journal;
    private volatile Room room;
    private volatile FolderWatch watch;

    public JournaledPlugins(ContainerSettings settings, Supplier<Store> store, Supplier<List<PluginPart>> parts, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.parts = parts;
        this.clock = clock;
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
    public Registration listenToHistory(LongConsumer listener) {
        LongConsumer own = listener::accept; // the same listener added twice is two registrations
        historians.add(own);
        return () -> historians.remove(own);
    }

    @Override
    public PluginPlan plan(PluginRequest request) {
        return call(() -> ready().plan(request));
    }

    @Override
    public PluginEvent carryOut(PluginRequest request, Mandate mandate) {
        return call(() -> ready().carryOut(request, mandate));
    }

    @Override
    public PluginSettings settings(String id) {
        return call(() -> ready().settings(id));
    }

    @Override
    public List<KeptVersion> versions(String id) {
        return journal().versions(id);
    }

    @Override
    public List<PluginEvent> history(String id, Long before, int limit) {
        return journal().history(id, before, limit);
    }

    @Override
    public Optional<PluginEvent> event(long number) {
        return journal().event(number);
    }

    private Journal journal() {
        if (journal == null) {
            throw notStarted();
        }
        return journal;
    }

    private Room ready() {
        if (room == null) {
            throw notStarted();
        }
        return room;
    }

    private static ProblemException notStarted() {
        return new ProblemException(Problem.of("hub-starting", "The plugins are being started."));
    }

    /** Has the one thread do it. */
    private <T> T call(Callable<T> work) {
        Future<T> result;
        try {
            result = worker.submit(work);
        } catch (RejectedExecutionException e) {
            throw Deployer.stopping();
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.of("interrupted", "Nobody waited for the end; the history tells it."), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException("a change of plugins failed", e.getCause());
        }
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
        journal = new Journal(store.get(), settings.node(), settings.keep(),
                number -> historians.forEach(h -> h.accept(number)));
        Room opened = new Room(settings, felix, stage, folder, parts.get(), board, threads, journal, clock);
        try {
            // Before the first look, so that nothing falls between the two.
            watch = FolderWatch.open(watched(), this::stirred);
        } catch (IOException e) {
            throw unusable(e);
        }
        await(worker.submit(() -> {
            opened.reconcile();
            room = opened;
            round();
        }));
    }

    /** A folder of trusted keys is no must: where it can't be made it is not watched either. */
    private List<Path> watched() {
        List<Path> folders = new ArrayList<>(List.of(settings.dropFolder(), settings.settingsFolder()));
        try {
            folders.add(Files.createDirectories(settings.trustFolder()));
            PluginSignatures.requireReadable(settings.trustFolder());
        } catch (IOException e) {
            LOG.debug("There is no folder of trusted keys: {}", e.toString());
        } catch (ProblemException e) {
            LOG.error("No signed plugin is taken until this is mended: {}", e.problem().sentence());
        }
        return folders;
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
        if (room == null) {
            return; // the first round sees it too
        }
        Set<Path> files;
        synchronized (touched) {
            files = Set.copyOf(touched);
            touched.clear();
            roundIsDue = false;
        }
        try {
            if (room.round(files)) {
                submit(RETRY_NANOS);
            }
            folder.nanosToNextBroken().ifPresent(this::submit);
            room.nanosToNextSettings().ifPresent(this::submit);
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
        Room open = room;
        if (open != null) {
            open.stop();
            steps += board.list().size() * (open.partCount() + 1);
            worker.submit(open::takeDownAll);
        }
        threads.hurry();
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
