package org.yuzui.routing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.scheduling.OccurrenceState;
import org.yuzui.spi.Settings;

import javax.tools.ToolProvider;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.routing.Patience.await;

/** Of a plugin that went nothing in the rooms keeps its classes: no cache, no thread, no registry. */
class ForgottenPluginTest {

    /** A body that only Jackson can read, an own thread-local left behind, and a class that does the publishing itself. */
    private static final String BEAN = """
            package gone;
            public final class Bean {
                public static final class Body {
                    public int n;
                    public Body(int n) { this.n = n; }
                    public int getN() { return n; }
                }
                private static final ThreadLocal<Bean> LEFT = new ThreadLocal<>();
                private static final java.util.concurrent.atomic.AtomicInteger NUMBER = new java.util.concurrent.atomic.AtomicInteger();
                public Object make() { LEFT.set(this); return new Body(NUMBER.incrementAndGet()); }
                public void publish(org.apache.camel.CamelContext camel) {
                    LEFT.set(this);
                    org.apache.camel.ProducerTemplate template = camel.createProducerTemplate();
                    template.sendBody("record:gone.numbered.v1", java.util.List.of(make(), make()));
                }
            }
            """;
    private static final String ROUTES = """
            - beans:
                - name: bean
                  type: gone.Bean
            - route:
                id: make
                from:
                  uri: timer:make?delay=0&period=20
                  steps:
                    - to: bean:bean?method=make
                    - setHeader: {name: n, simple: "${body.n}"}
                    - wireTap: {uri: "seda:tapped"}
                    - to: record:gone.numbered.v1
            - route:
                id: tapped
                from:
                  uri: seda:tapped
                  steps:
                    - to: log:x?level=DEBUG
            - route:
                id: nightly
                from:
                  uri: schedule:nightly
                  steps:
                    - to: bean:bean?method=publish
            - route:
                id: read
                from:
                  uri: record:gone.numbered.v1?subscription=read
                  steps:
                    - to: bean:bean?method=make
            """;

    @TempDir
    static Path data;
    private static Rooms rooms;

    @BeforeAll
    static void open() throws IOException {
        rooms = new Rooms(data);
        Path source = Files.createDirectories(data.resolve("source/gone")).resolve("Bean.java");
        Files.writeString(source, BEAN);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", data.resolve("classes").toString(),
                "-cp", System.getProperty("java.class.path"), source.toString())).isZero();
    }

    @AfterAll
    static void close() {
        rooms.close();
    }

    /** With a class loader of its own, as a bundle has. */
    private record Loaded(GivenPlugin plugin, ClassLoader classLoader) implements PluginContent {
        @Override
        public PluginDescriptor descriptor() {
            return plugin.descriptor();
        }

        @Override
        public List<HubFile> files(String folder, String suffix) {
            return plugin.files(folder, suffix);
        }

        @Override
        public Settings settings() {
            return plugin.settings();
        }
    }

    private static WeakReference<ClassLoader> live() {
        ClassLoader loader = loader();
        Deployment deployment = rooms.deploy(new Loaded(GivenPlugin.of("gone", ROUTES)
                .file("contracts/gone.numbered.v1.schema.json", Rooms.NUMBERED)
                .file("schedules/nightly.schedule.yaml", "cron: '0 0 2 * * ?'\n"), loader));
        deployment.start();
        await().untilAsserted(() -> assertThat(rooms.routing.routes()).allSatisfy(r ->
                assertThat(r.done()).as("%s", r).isGreaterThan(r.id().equals("nightly") ? -1 : 3)));
        assertThat(rooms.scheduler.run("gone/nightly", null).state()).isEqualTo(OccurrenceState.DONE);
        deployment.quiesce();
        deployment.close();
        return new WeakReference<>(loader);
    }

    private static ClassLoader loader() {
        try {
            return new URLClassLoader(new URL[] {data.resolve("classes").toUri().toURL()},
                    ForgottenPluginTest.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noClassLoaderStays() throws InterruptedException {
        List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            // on a thread of its own, as the container brings plugins up: what Camel leaves in that thread goes with it
            Thread thread = new Thread(() -> loaders.add(live()));
            thread.start();
            thread.join();
        }

        await().untilAsserted(() -> {
            System.gc();
            assertThat(loaders).hasSize(3).allSatisfy(l -> assertThat(l.get()).isNull());
        });
    }
}
