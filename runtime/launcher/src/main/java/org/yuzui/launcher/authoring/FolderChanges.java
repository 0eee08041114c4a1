package org.yuzui.launcher.authoring;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Watches a plugin's folder with all that is below it. For one thread. */
public final class FolderChanges implements AutoCloseable {

    /** Editors save in several steps, and a person saves several files. */
    private static final long QUIET_MILLIS = 120;

    private final Path root;
    private final WatchService watch;
    private final Map<WatchKey, Path> folders = new HashMap<>();

    private FolderChanges(Path root, WatchService watch) {
        this.root = root;
        this.watch = watch;
    }

    public static FolderChanges of(PluginFolder folder) throws IOException {
        FolderChanges changes = new FolderChanges(folder.root(), FileSystems.getDefault().newWatchService());
        changes.register(folder.root(), new TreeSet<>());
        return changes;
    }

    /**
     * Waits until something of the plugin changed and then nothing more did for a moment.
     *
     * @return the files, relative to the folder
     */
    public Set<Path> await() throws IOException, InterruptedException {
        Set<Path> changed = new TreeSet<>();
        WatchKey key = watch.take();
        while (true) {
            note(key, changed);
            key = watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            if (key == null) {
                changed.removeIf(p -> !PluginFolder.matters(p));
                if (!changed.isEmpty()) {
                    return changed;
                }
                key = watch.take();
            }
        }
    }

    private void note(WatchKey key, Set<Path> changed) throws IOException {
        Path folder = folders.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (folder == null) {
                continue;
            }
            if (event.context() instanceof Path name) {
                Path path = folder.resolve(name);
                changed.add(root.relativize(path));
                if (Files.isDirectory(path)) {
                    register(path, changed); // what was put into it before the watch began counts too
                }
            } else {
                changed.add(Path.of(PluginFolder.DESCRIPTOR)); // too much at once to say what: then look at all
            }
        }
        if (!key.reset()) {
            folders.remove(key);
        }
    }

    private void register(Path top, Set<Path> found) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) throws IOException {
                Path relative = root.relativize(folder);
                boolean mine = relative.toString().isEmpty() || PluginFolder.matters(relative)
                        || relative.toString().equals("src");
                if (!mine) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                folders.put(folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE), folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                found.add(root.relativize(file));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // gone again already
            }
        });
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
