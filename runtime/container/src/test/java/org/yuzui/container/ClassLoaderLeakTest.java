package org.yuzui.container;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.PluginState;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.yuzui.container.Patience.await;

class ClassLoaderLeakTest {

    private static final int TIMES = 50;

    @Test
    void nothingKeepsTheClassesOfAPluginThatIsGone(@TempDir Path home) {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (HubUnderTest hub = new HubUnderTest(home)) {
            hub.routes.onDeploy(p -> {
                ClassLoader loader = p.classLoader();
                ((Runnable) loader.loadClass("plugin.Bean").getConstructor().newInstance()).run();
                loaders.add(new WeakReference<>(loader));
                if (loaders.size() % 5 == 0) {
                    throw new IllegalStateException("every fifth version fails");
                }
            });
            hub.start();
            PluginJar plugin = PluginJar.of("his", "0.1.0").source("plugin.Bean", """
                    package plugin;
                    public class Bean implements Runnable {
                        public void run() {
                            for (int i = 0; i < 20; i++) {
                                Runnable inner = () -> new Bean().toString();
                                inner.run();
                            }
                        }
                    }
                    """);
            for (int i = 1; i <= TIMES; i++) {
                plugin.entry("HUB-INF/plugin.yaml", "id: his\nversion: 0." + i + ".0\n").copyTo(hub.jar("his.jar"));
                int round = i;
                await().pollInterval(Duration.ofMillis(5)).until(() -> loaders.size() >= round
                        && hub.status("his") != null && hub.status("his").state() != PluginState.STARTING);
            }
            hub.does(new PluginRequest.Remove("his"));
            hub.awaitGone("his");
            hub.routes.seen.clear();

            await().until(() -> {
                System.gc();
                return loaders.stream().allMatch(l -> l.get() == null);
            });
        }
    }
}
