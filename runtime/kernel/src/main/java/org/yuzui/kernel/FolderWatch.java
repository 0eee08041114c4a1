package org.yuzui.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tells that something in folders may have changed, once for a burst of changes, in a thread of its own. */
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    /** Editors write in several steps. */
    private static final long SETTLE_MILLIS = 120;

    private final WatchService watcher;
    private final Thread thread;
    private final Runnable changed;

    /**
     * Sees what changes from now on, and tells it from {@link #start} on.
     *
     * @param folders of one file system; made when they aren't there, and passed over when they can't be made
     * @param name    of the thread
     * @param changed looks itself what has changed; what it throws is logged
     */
    public FolderWatch(List<Path> folders, String name, Runnable changed) {
        try {
            watcher = folders.get(0).getFileSystem().newWatchService();
            for (Path folder : folders) {
                if (!isThere(folder)) {
                    continue;
                }
                folder.register(watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folders " + folders + " can't be watched.", e);
        }
        this.changed = changed;
        this.thread = new Thread(this::watch, name);
        this.thread.setDaemon(true);
    }

    /** A configuration may be read-only. */
    private static boolean isThere(Path folder) {
        try {
            Files.createDirectories(folder);
            return true;
        } catch (IOException e) {
            LOG.info("{} is not there and can't be made ({}); nothing is watched there", folder, e.toString());
            return false;
        }
    }

    public void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                WatchKey key = watcher.take();
                do {
                    key.pollEvents();
                    key.reset();
                    key = watcher.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
                } while (key != null);
                try {
                    changed.run();
                } catch (RuntimeException e) {
                    LOG.error("{} could not look at what has changed", thread.getName(), e);
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("{} watches no more", thread.getName());
        }
    }

    /** What is being looked at may still come to its end. */
    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            LOG.debug("The watcher does not close", e);
        }
        thread.interrupt();
    }
}
