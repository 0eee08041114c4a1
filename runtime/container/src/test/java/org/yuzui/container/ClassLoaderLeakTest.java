package org.yuzui.container;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.container.Patience.await;

/** After many versions, good ones and others, nothing of those that are gone is left: no class, no thread, no file. */
class ClassLoaderLeakTest {

    private static final int TIMES = 100;

    @Test
    void nothingIsLeftOfAPluginThatIsGone(@TempDir Path home) throws IOException {
        List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
        try (HubUnderTest hub = new HubUnderTest(home)) {
            hub.routes.onDeploy(p -> {
                ClassLoader loader = p.classLoader();
                loaders.add(new WeakReference<>(loader));
                ((Runnable) loader.loadClass("plugin.Bean").getConstructor().newInstance()).run();
                failEvery(5, p.descriptor().version());
            });
            hub.routes.onStart(p -> failEvery(7, p.descriptor().version()));
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
            int failed = 0;
            for (int i = 1; i <= TIMES; i++) {
                plugin.entry("HUB-INF/plugin.yaml", "id: his\nversion: 0." + i + ".0\n");
                try {
                    hub.installs(plugin, "his.jar");
                    if (i % 10 == 1 && i > 1) {
                        hub.does(new PluginRequest.Rollback("his", null));
                        hub.does(new PluginRequest.Stop("his"));
                        hub.does(new PluginRequest.Start("his"));
                    }
                } catch (ProblemException e) {
                    assertThat(e.problem().code()).isEqualTo("deploy-failed");
                    failed++;
                }
                assertThat(hub.status("his").state()).isEqualTo(PluginState.RUNNING);
            }
            assertThat(failed).isEqualTo(TIMES / 5 + TIMES / 7 - TIMES / 35);
            await().untilAsserted(() -> assertThat(files(home.resolve("data/cache/staged"))).hasSize(1));
            assertThat(hub.folder()).containsExactly("his.jar");
            hub.does(new PluginRequest.Remove("his"));
            hub.routes.seen.clear();
            hub.contracts.seen.clear();

            await().untilAsserted(() -> assertThat(files(home.resolve("data/cache/staged"))).isEmpty());
            assertThat(hub.folder()).isEmpty();
            assertThat(loaders).hasSizeGreaterThan(TIMES);
            await().until(() -> {
                System.gc();
                return loaders.stream().allMatch(l -> l.get() == null);
            });
            await().until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().startsWith("yuzui-plugin-")));
        }
    }

    private static void failEvery(int nth, String version) {
        if (Integer.parseInt(version.split("\\.")[1]) % nth == 0) {
            throw new IllegalStateException("every " + nth + "th version fails");
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
