package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells which files of some folders may have changed, as the operating system reports it. The parents are watched as well:
 * a watch goes with a folder that is moved away, and the one that comes in its place needs a watch of its own.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final WatchService service;
    private final Set<Path> folders;
    private final Consumer<Set<Path>> listener;
    private final Map<WatchKey, Path> keys = new HashMap<>();

    private FolderWatch(WatchService service, List<Path> folders, Consumer<Set<Path>> listener) {
        this.service = service;
        this.folders = Set.copyOf(folders);
        this.listener = listener;
    }

    /**
     * Watches from now on.
     *
     * @param folders  absolute
     * @param listener is called on the watch's own thread with the files; with none when it is unknown which they are
     */
    static FolderWatch open(List<Path> folders, Consumer<Set<Path>> listener) throws IOException {
        FolderWatch watch = new FolderWatch(FileSystems.getDefault().newWatchService(), folders, listener);
        for (Path folder : folders) {
            watch.register(folder.getParent());
            watch.register(folder);
        }
        Thread thread = new Thread(watch::run, "yuzui-folder-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void register(Path folder) throws IOException {
        keys.put(folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE), folder);
    }

    private void run() {
        try {
            while (true) {
                tell(service.take());
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("The watch is closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(WatchKey key) {
        Path folder = keys.get(key);
        if (folder == null) {
            return; // cancelled when its folder was moved away, and it had one more thing to say
        }
        Set<Path> changed = new HashSet<>();
        boolean unknown = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            if (!(event.context() instanceof Path name)) {
                unknown = true; // more happened than the operating system could keep for us
            } else if (folders.contains(folder)) {
                changed.add(folder.resolve(name));
            } else if (folders.contains(folder.resolve(name)) && event.kind() != StandardWatchEventKinds.ENTRY_MODIFY) {
                watchAgain(folder.resolve(name));
                unknown = true;
            }
        }
        if (!key.reset()) {
            keys.remove(key);
        }
        if (unknown || !changed.isEmpty()) {
            listener.accept(unknown ? Set.of() : changed);
        }
    }

    private void watchAgain(Path folder) {
        keys.entrySet().removeIf(e -> {
            boolean gone = e.getValue().equals(folder);
            if (gone) {
                e.getKey().cancel();
            }
            return gone;
        });
        try {
            register(folder);
            LOG.info("The folder {} is there again", folder);
        } catch (IOException e) {
            LOG.error("The folder {} is gone; what came from it goes on until the folder is back", folder);
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("The watch did not close cleanly", e);
        }
    }
}
