package org.yuzui.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What a thousand updates of one plugin leave behind: class loaders, heap after a collection, classes, threads, files. */
final class RedeployScenario implements Scenario {

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        int count = setting.count(1000, 100);
        try (PackagedHub hub = PackagedHub.create(setting, "redeploys")) {
            hub.start();
            for (int i = 0; i < 20; i++) { // what the first ones load stays loaded
                hub.upload("again.jar", plugin(i).bytes());
            }
            State before = State.of(hub);
            long began = System.nanoTime();
            for (int i = 20; i < 20 + count; i++) {
                hub.upload("again.jar", plugin(i).bytes());
            }
            double each = (System.nanoTime() - began) / 1e6 / count;
            Waiting.until("the last one runs", Duration.ofSeconds(20), Duration.ofMillis(50), () -> hub.knowsPlugin("again"));
            State after = State.of(hub);
            results.add(Figure.of("redeploys", count + " updates of one plugin, each", each, "ms"));
            results.add(Figure.of("redeploys", "heap that they left", Usage.megabytes(after.heap - before.heap), "MB").atMost(8)
                    .note("before", Usage.megabytes(before.heap)).note("after", Usage.megabytes(after.heap)));
            results.add(Figure.of("redeploys", "class loaders that they left", after.loaders - before.loaders, "loaders").atMost(1)
                    .note("before", before.loaders).note("after", after.loaders));
            results.add(Figure.of("redeploys", "classes that they left", after.classes - before.classes, "classes").atMost(200)
                    .note("before", before.classes).note("after", after.classes));
            results.add(Figure.of("redeploys", "threads that they left", after.threads - before.threads, "threads").atMost(3)
                    .note("before", before.threads).note("after", after.threads));
            results.add(Figure.of("redeploys", "files that they left", after.files - before.files, "files").atMost(5)
                    .note("before", before.files).note("after", after.files));
        }
    }

    private static BenchPlugin plugin(int i) {
        return new BenchPlugin("again", "1.0." + i).file("routes/tick.camel.yaml", """
                - route:
                    id: tick
                    from:
                      uri: timer:tick
                      parameters: {period: 1000}
                      steps:
                        - setBody: {simple: 'tick of 1.0.%d'}
                """.formatted(i));
    }

    private record State(long loaders, long heap, long classes, long threads, long files) {

        static State of(PackagedHub hub) throws Exception {
            hub.collectGarbage();
            try (Stream<Path> files = Files.walk(hub.home().resolve("data/container"))) {
                return new State(hub.alive("org.apache.felix.framework.BundleWiringImpl$BundleClassLoader"),
                        (long) hub.metric("jvm_memory_used_bytes{area=\"heap\""), (long) hub.metric("jvm_classes_loaded_classes"),
                        (long) hub.metric("jvm_threads_live_threads"), files.count());
            }
        }
    }
}
