package org.yuzui.bench;

import java.nio.file.Path;

/** A hub with 1, 50, 100 and 200 small plugins: how long it takes to start, and the heap that each plugin holds. */
final class ManyPluginsScenario implements Scenario {

    private static final int[] COUNTS = {1, 50, 100, 200};

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        double alone = 0;
        double heapAlone = 0;
        for (int count : COUNTS) {
            if (setting.quick() && count != 1 && count != 200) {
                continue;
            }
            try (PackagedHub hub = PackagedHub.create(setting, "plugins-" + count)) {
                Path plugins = hub.home().resolve("plugins");
                for (int i = 0; i < count; i++) {
                    BenchPlugin plugin = new BenchPlugin("small-" + i, "1.0.0").file("routes/small.camel.yaml", """
                            - route:
                                id: small-%d
                                from:
                                  uri: timer:small
                                  parameters: {period: 60000}
                                  steps:
                                    - setBody: {constant: here}
                                    - to: log:small?level=DEBUG
                            """.formatted(i));
                    plugin.drop(plugin.prepare(plugins));
                }
                double first = hub.start();
                hub.stop();
                double second = hub.start();
                hub.collectGarbage();
                double heap = Usage.megabytes((long) hub.metric("jvm_memory_used_bytes{area=\"heap\""));
                double threads = hub.metric("jvm_threads_live_threads");
                if (count == 1) {
                    alone = second;
                    heapAlone = heap;
                }
                Figure start = Figure.of("plugins", "start with " + count, second, "s").note("first start", first).note("threads", threads);
                results.add(count == 200 ? start.note("for the plugins alone", second - alone).atMost(20) : start);
                if (count > 1) {
                    results.add(Figure.of("plugins", "heap a plugin, of " + count, (heap - heapAlone) / (count - 1), "MB").atMost(3));
                }
            }
        }
    }
}
