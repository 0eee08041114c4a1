package org.yuzui.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.FolderWatch;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.routing.RouteStatus;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the site itself brings besides routes: contracts, schedules and forms under {@code config/}, each file taken in like a
 * plugin of the id {@code site} that has this file alone. So a broken file is refused with its place and changes nothing,
 * neither the version of it that is there nor any other file.
 */
final class SiteParts implements AutoCloseable {

    static final String OWNER = "site";

    private static final Logger LOG = LoggerFactory.getLogger(SiteParts.class);
    private static final PluginDescriptor SITE = new PluginDescriptor(OWNER, "1.0.0", new Title("本站", "This site"), null,
            List.of(), List.of(), List.of());

    /** In the order in which they need each other. */
    private enum Kind {
        CONTRACT("config/contracts", ".schema.json", "contracts"),
        SCHEDULE("config/schedules", ".schedule.yaml", "schedules"),
        FORM("config/forms", ".form.yaml", "reports");

        private final String folder;
        private final String suffix;
        private final String part;

        Kind(String folder, String suffix, String part) {
            this.folder = folder;
            this.suffix = suffix;
            this.part = part;
        }
    }

    private final Path home;
    private final List<PluginPart> parts;
    private final Runnable changed;
    private final FolderWatch watch;
    private final Map<String, Taken> taken = new LinkedHashMap<>();

    /**
     * @param home    of the hub
     * @param parts   that take in contracts, rules of contracts, schedules and forms, in this order
     * @param changed told after something has come or gone
     */
    SiteParts(Path home, List<PluginPart> parts, Runnable changed) {
        this.home = home;
        this.parts = List.copyOf(parts);
        this.changed = changed;
        this.watch = new FolderWatch(Arrays.stream(Kind.values()).map(k -> home.resolve(k.folder)).toList(),
                "yuzui-site-parts", this::look);
    }

    /** Takes in what is there, then watches. */
    void start() {
        scan();
        watch.start();
    }

    /** The files that are refused, shown where the site's refused routes are. */
    synchronized List<RouteStatus> refused() {
        return taken.entrySet().stream().filter(e -> e.getValue().problem != null)
                .map(e -> new RouteStatus(e.getValue().file.id(), OWNER, e.getKey(), null, "Refused", 0, 0, e.getValue().problem))
                .toList();
    }

    private void look() {
        if (scan()) {
            changed.run();
        }
    }

    private synchronized boolean scan() {
        Map<String, File> found = new LinkedHashMap<>();
        Arrays.stream(Kind.values()).forEach(kind -> read(kind).forEach(f -> found.put(f.path(), f)));
        List<String> gone = taken.keySet().stream().filter(path -> !found.containsKey(path)).toList();
        gone.forEach(path -> {
            close(taken.remove(path).running);
            LOG.info("{} is gone, and what it brought", path);
        });
        List<File> fresh = found.values().stream()
                .filter(f -> !f.file().equals(taken.computeIfAbsent(f.path(), p -> new Taken()).file)).toList();
        fresh.forEach(f -> take(f, taken.get(f.path())));
        if (!fresh.isEmpty() || !gone.isEmpty()) {
            // One that named what was missing, or the name that another had.
            taken.values().stream().filter(t -> t.problem != null && fresh.stream().noneMatch(f -> f.file() == t.file))
                    .toList().forEach(t -> take(found.get(t.file.path()), t));
            return true;
        }
        return false;
    }

    private List<File> read(Kind kind) {
        List<File> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(home.resolve(kind.folder))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(kind.suffix) || name.startsWith(".")) {
                    continue;
                }
                String path = kind.folder + "/" + name;
                try {
                    all.add(new File(kind, new PluginContent.HubFile(name.substring(0, name.length() - kind.suffix.length()),
                            path, Files.readAllBytes(file))));
                } catch (NoSuchFileException e) {
                    LOG.debug("{} went away while it was read", file);
                } catch (IOException e) { // not gone: what is there of it stays
                    LOG.warn("{} can't be read: {}", path, e.toString());
                    Optional.ofNullable(taken.get(path)).ifPresent(t -> all.add(new File(kind, t.file)));
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not there", kind.folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private void take(File file, Taken site) {
        site.file = file.file();
        List<Deployment> next = new ArrayList<>();
        List<Deployment> before = site.running;
        boolean quiet = false;
        try {
            for (PluginPart part : parts) {
                next.add(part.deploy(file));
            }
            quiesce(before);
            quiet = true;
            next.forEach(Deployment::start);
        } catch (RuntimeException e) {
            close(next);
            if (quiet) {
                before.forEach(Deployment::start);
            }
            site.problem = e instanceof ProblemException known ? known.problem()
                    : new Problem("not-taken", file.path(), "It can't be taken in now: " + e.getMessage(),
                            "Write it again, or look into the hub's log.");
            LOG.warn("{} is not taken{}: {}", file.path(), before.isEmpty() ? "" : ", its last good version counts on",
                    site.problem.sentence());
            return;
        }
        close(before);
        site.running = next;
        site.problem = null;
        LOG.info("{} is taken in", file.path());
    }

    private static void quiesce(List<Deployment> deployments) {
        for (int i = deployments.size() - 1; i >= 0; i--) {
            deployments.get(i).quiesce();
        }
    }

    private static void close(List<Deployment> deployments) {
        for (int i = deployments.size() - 1; i >= 0; i--) {
            deployments.get(i).close();
        }
    }

    @Override
    public void close() {
        watch.close();
        synchronized (this) {
            taken.values().forEach(t -> {
                quiesce(t.running);
                close(t.running);
            });
            taken.clear();
        }
    }

    private static final class Taken {
        private PluginContent.HubFile file;
        private List<Deployment> running = List.of();
        private Problem problem;
    }

    /** One file as the only content of a plugin. */
    private record File(Kind kind, PluginContent.HubFile file) implements PluginContent {

        private String path() {
            return file.path();
        }

        @Override
        public PluginDescriptor descriptor() {
            return SITE;
        }

        @Override
        public List<HubFile> files(String folder, String suffix) {
            return folder.equals(kind.part) && suffix.equals(kind.suffix) ? List.of(file) : List.of();
        }

        @Override
        public ClassLoader classLoader() {
            return SiteParts.class.getClassLoader();
        }

        @Override
        public Settings settings() {
            return Settings.empty();
        }
    }
}
