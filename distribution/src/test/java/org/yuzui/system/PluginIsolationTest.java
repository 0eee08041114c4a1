package org.yuzui.system;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import javax.tools.ToolProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a plugin brings is its own, and what it does wrong is its own too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginIsolationTest {

    /** What waits for the rogue would wait for ever; a hundred messages take a second of a machine that has nothing else to do. */
    private static final Duration HELD_UP = Duration.ofMinutes(2);

    private Site site;
    private Rest rest;

    @BeforeAll
    void start() throws Exception {
        site = Site.create("plugin-isolation");
        site.edit("config/hub.yaml", "drain: 15 s", "drain: 2 s"); // what blocks is waited for so long
        site.start();
        rest = site.rest();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    void aPluginBringsAComponentAndItsOwnVersionOfALibraryOfTheHub() throws Exception {
        Path plugin = folder("bringer", """
                - route:
                    id: shout
                    from:
                      uri: timer:shout?repeatCount=1&delay=0
                      steps:
                        - setBody: {constant: "who"}
                        - to: shout:anything
                        - to: file:out/bringer?fileName=said&tempPrefix=.part-
                """);
        write(plugin, "src/main/resources/META-INF/services/org/apache/camel/component/shout", "class=bringer.Shout\n");
        write(plugin, "src/main/java/bringer/Shout.java", """
                package bringer;

                import java.util.Map;
                import org.apache.camel.Consumer;
                import org.apache.camel.Endpoint;
                import org.apache.camel.Exchange;
                import org.apache.camel.Processor;
                import org.apache.camel.Producer;
                import org.apache.camel.support.DefaultComponent;
                import org.apache.camel.support.DefaultEndpoint;
                import org.apache.camel.support.DefaultProducer;

                public class Shout extends DefaultComponent {
                    @Override
                    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
                        return new DefaultEndpoint(uri, this) {
                            @Override
                            public Producer createProducer() {
                                return new DefaultProducer(this) {
                                    @Override
                                    public void process(Exchange exchange) {
                                        exchange.getMessage().setBody(org.apache.commons.csv.CSVFormat.version());
                                    }
                                };
                            }

                            @Override
                            public Consumer createConsumer(Processor processor) {
                                throw new UnsupportedOperationException();
                            }
                        };
                    }
                }
                """);
        Path source = write(plugin, "own/org/apache/commons/csv/CSVFormat.java", "package org.apache.commons.csv;\n"
                + "public final class CSVFormat { public static String version() { return \"the plugin's own\"; } }\n");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", source.toString())).isZero();
        ByteArrayOutputStream library = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(library)) {
            zip.putNextEntry(new ZipEntry("org/apache/commons/csv/CSVFormat.class"));
            zip.write(Files.readAllBytes(source.resolveSibling("CSVFormat.class")));
        }
        Files.createDirectories(plugin.resolve("lib"));
        Files.write(plugin.resolve("lib/commons-csv-99.jar"), library.toByteArray());

        install("bringer");

        Path said = site.home.resolve("out/bringer/said");
        Awaitility.await("the component has spoken").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(said));
        assertThat(Files.readString(said)).isEqualTo("the plugin's own");
    }

    @Test
    void onePluginThatBlocksThrowsAndLoopsHoldsUpNoOther() throws Exception {
        Path plugin = folder("rogue", """
                - beans:
                    - name: rogue
                      type: rogue.Rogue

                - route:
                    id: blocks
                    from:
                      uri: record:rogue.thing.v1?subscription=blocks
                      steps:
                        - to: bean:rogue?method=block

                - route:
                    id: fills
                    from:
                      uri: timer:fills?period=5&delay=0
                      steps:
                        - setBody: {simple: '{"id":"${exchangeId}"}'}
                        - to: record:rogue.thing.v1

                - route:
                    id: queues
                    from:
                      uri: seda:blocked?concurrentConsumers=30
                      steps:
                        - to: bean:rogue?method=block

                - route:
                    id: feeds
                    from:
                      uri: timer:feeds?period=5&delay=0
                      steps:
                        - to: seda:blocked?waitForTaskToComplete=Never&blockWhenFull=true

                - route:
                    id: throws
                    from:
                      uri: timer:throws?period=5&delay=0
                      steps:
                        - to: bean:rogue?method=fail

                - route:
                    id: loops
                    from:
                      uri: timer:loops?delay=0&repeatCount=1
                      steps:
                        - to: bean:rogue?method=loop
                """);
        write(plugin, "hub/contracts/rogue.thing.v1.schema.json", """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Thing", "type": "object",
                 "x-key": ["/id"], "required": ["id"], "additionalProperties": false, "properties": {"id": {"type": "string"}}}
                """);
        write(plugin, "src/main/java/rogue/Rogue.java", """
                package rogue;

                public class Rogue {
                    private long turns;

                    public void block(Object body) throws InterruptedException {
                        new java.util.concurrent.CountDownLatch(1).await();
                    }

                    public void fail(Object body) {
                        throw new IllegalStateException("as always");
                    }

                    public void loop(Object body) {
                        while (!Thread.currentThread().isInterrupted()) {
                            turns++;
                        }
                    }
                }
                """);
        assertThat(messages()).isLessThan(HELD_UP);

        install("rogue");
        Awaitility.await("its queue fills").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> rest.get("/api/v1/records?limit=50&contract=rogue.thing.v1").path("records").size() > 20);

        assertThat(messages()).as("beside the rogue").isLessThan(HELD_UP);
        assertThat(rest.status("/ready", null)).isEqualTo(200);
        assertThat(rest.awaitState("his", "RUNNING").path("problem").isNull()).isTrue();
        Site.Ended removed = site.yuzui("plugin", "remove", "rogue", "--json");
        assertThat(removed.code()).as(removed.out() + removed.err()).isZero();
        assertThat(messages()).isLessThan(HELD_UP);
    }

    /** 100 messages, each answered by AA; how long it took. */
    private Duration messages() throws Exception {
        long began = System.nanoTime();
        assertThat(site.yuzui("demo", "send-hl7", "--count", "100", "--json").ok().out()).contains("\"AA\":100");
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void install(String id) throws Exception {
        site.yuzui("plugin", "pack", id, "-o", id + ".jar").ok();
        site.yuzui("plugin", "install", id + ".jar").ok();
    }

    private Path folder(String id, String routes) throws IOException {
        Path folder = site.home.resolve(id);
        write(folder, "hub/plugin.yaml", "id: " + id + "\nversion: \"1.0.0\"\n");
        write(folder, "hub/routes/all.camel.yaml", routes);
        return folder;
    }

    private static Path write(Path folder, String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }
}
