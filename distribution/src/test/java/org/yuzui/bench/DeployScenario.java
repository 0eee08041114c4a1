package org.yuzui.bench;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * From a plugin's jar renamed into {@code plugins/} of a running hub to the first thing that its route does: a file, of
 * which the operating system tells at once.
 */
final class DeployScenario implements Scenario {

    /** A short period: a timer that fires a moment before its route counts as started tries again only then. */
    private static final String ROUTE = """
            - route:
                id: once
                from:
                  uri: timer:once
                  parameters: {delay: 0, period: 1, repeatCount: 1}
                  steps:
                    - setBody: {constant: here}
                    - to: 'file:%s?fileName=%s'
            """;

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        int count = setting.count(20, 10);
        try (PackagedHub hub = PackagedHub.create(setting, "deploy"); WatchService effects = FileSystems.getDefault().newWatchService()) {
            hub.start();
            Path seen = Files.createDirectories(hub.home().resolve("effects"));
            seen.register(effects, StandardWatchEventKinds.ENTRY_CREATE);
            Path plugins = hub.home().resolve("plugins");
            Times deploys = new Times();
            for (int i = 0; i < count; i++) {
                deploys.add(drop("fresh" + i, "1.0.0", plugins, seen, effects));
                remove("fresh" + i, hub);
            }
            results.add(figure("a small plugin, dropped to its route's first effect", deploys, 65));
            drop("changing", "1.0.0", plugins, seen, effects);
            Times updates = new Times();
            for (int i = 1; i <= count; i++) {
                updates.add(drop("changing", "1.0." + i, plugins, seen, effects));
            }
            results.add(figure("its next version, to the new route's first effect", updates, 70));
            remove("changing", hub);
        }
    }

    private static Figure figure(String name, Times times, int atMost) {
        return Figure.of("deploy", name, times.median(), "ms").atMost(atMost).note("first", times.first())
                .note("least", times.least()).note("most", times.most()).note("times", times.count());
    }

    /** Milliseconds. */
    private static double drop(String id, String version, Path plugins, Path seen, WatchService effects) throws Exception {
        String effect = id + "-" + version;
        BenchPlugin plugin = new BenchPlugin(id, version).file("routes/once.camel.yaml", ROUTE.formatted(seen, effect));
        Path prepared = plugin.prepare(plugins);
        long began = plugin.drop(prepared);
        await(effect, effects);
        return (System.nanoTime() - began) / 1e6;
    }

    private static void await(String effect, WatchService effects) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            WatchKey key = effects.poll(1, TimeUnit.SECONDS);
            if (key == null) {
                continue;
            }
            boolean there = key.pollEvents().stream().map(WatchEvent::context).anyMatch(name -> name.toString().equals(effect));
            key.reset();
            if (there) {
                return;
            }
        }
        throw new IllegalStateException("The route of " + effect + " did nothing within 20 s.");
    }

    private static void remove(String id, PackagedHub hub) throws Exception {
        Files.delete(hub.home().resolve("plugins").resolve(id + ".jar"));
        Waiting.until("plugin " + id + " is gone", Duration.ofSeconds(20), Duration.ofMillis(20), () -> !hub.knowsPlugin(id));
    }
}
