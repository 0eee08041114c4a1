package org.yuzui.testkit.certification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginRequest;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.ProblemException;
import org.yuzui.testkit.HubExtension;
import org.yuzui.testkit.PluginJar;

import javax.tools.ToolProvider;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.testkit.Patience.await;

/**
 * A plugin with classes, routes, a subscription, a schedule, a rule and settings is replaced over and over, also by versions that
 * fail, and gone back from: nothing of what is gone stays.
 */
class NothingLeftBehindTest {

    /** A thousand with {@code -Dredeployments=1000}. */
    private static final int TIMES = Integer.getInteger("redeployments", 100);
    private static final int WARM_UP = 20;
    private static final String ID = "meters";
    /** By so many may a pool of the hub have grown meanwhile, of threads or connections; a leak grows by one each time. */
    private static final int POOL = 4;
    /** The running version has its own, and nobody else has any. */
    private static final List<String> OF_ONE_VERSION = List.of("org.apache.felix.framework.BundleWiringImpl$BundleClassLoader",
            "org.apache.felix.framework.BundleRevisionImpl", "org.apache.camel.impl.DefaultCamelContext");
    private static final List<String> POOLED = List.of(
            "org.postgresql.jdbc.PgConnection",
            "org.apache.activemq.artemis.core.server.impl.ServerSessionImpl",
            "org.apache.activemq.artemis.core.server.impl.ServerConsumerImpl",
            "org.apache.activemq.artemis.core.client.impl.ClientSessionImpl",
            "org.apache.activemq.artemis.core.client.impl.ClientConsumerImpl",
            "java.util.zip.ZipFile$Source");
    private static final String PROBE = "org.yuzui.testkit.loaders";
    private static final Mandate MANDATE = new Mandate("test", "api", Set.of());

    /** Notes its loader, and does what leaves traces of classes in the JDK and in libraries of the hub. */
    private static final String READER = """
            package org.yuzui.plugin.meters;

            public class Reader {

                private static final ThreadLocal<Reader> LAST = new ThreadLocal<>();

                @SuppressWarnings("unchecked")
                public Reader() {
                    ((java.util.Queue<Object>) System.getProperties().get("%s"))
                            .add(new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
                }

                public String read(String body) throws Exception {
                    java.beans.Introspector.getBeanInfo(Reading.class);
                    java.util.concurrent.CompletableFuture.delayedExecutor(1, java.util.concurrent.TimeUnit.MICROSECONDS)
                            .execute(() -> { });
                    com.fasterxml.jackson.databind.ObjectMapper json = new com.fasterxml.jackson.databind.ObjectMapper();
                    return json.writeValueAsString(json.readValue(body, Reading.class));
                }

                public void count(String body) {
                    LAST.set(this);
                }

                public void setName(String name) {
                }

                public static class Reading {
                    public String unit;
                    public String meter;
                    public double kwh;
                    public String verdict = "";

                    public String getMeter() {
                        return meter;
                    }
                }
            }
            """.formatted(PROBE);
    private static final String BROKEN = """
            package org.yuzui.plugin.meters;

            public class Broken extends Reader {

                public Broken() {
                    throw new Fault();
                }

                static class Fault extends RuntimeException {
                }
            }
            """;
    private static final String CONTRACT = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "title": "A reading",
             "required": ["unit", "meter"], "properties": {"unit": {"type": "string"}, "meter": {"type": "string"},
                                                           "kwh": {"type": "number"}, "verdict": {"type": "string"}},
             "x-key": ["/unit", "/meter"], "x-unit": "/unit"}
            """;
    private static final String RULE = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
                         id="m" name="use" namespace="urn:yuzui:use">
              <inputData id="i" name="kwh"><variable id="iv" name="kwh" typeRef="number"/></inputData>
              <decision id="d" name="much"><variable id="dv" name="much" typeRef="string"/>
                <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
                <literalExpression id="e"><text>if kwh > 100 then "much" else "little"</text></literalExpression>
              </decision>
            </definitions>
            """;
    private static final String SETTINGS = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false,
             "properties": {"delay": {"type": "integer", "default": 20, "minimum": 10}}}
            """;
    private static final String SCHEDULE = """
            title: {zh: 每秒, en: Every second}
            cron: "* * * * * ?"
            calendar: all
            misfire: skip
            """;

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of();
    @TempDir
    static Path classes;

    private final Queue<WeakReference<ClassLoader>> loaders = new ConcurrentLinkedQueue<>();

    @Test
    void redeployments() throws Exception {
        System.getProperties().put(PROBE, loaders);
        compile("Reader", READER);
        compile("Broken", BROKEN);
        install(plugin(0));
        for (int i = 1; i <= WARM_UP; i++) {
            change(i);
        }
        State before = State.now();
        for (int i = WARM_UP + 1; i <= WARM_UP + TIMES; i++) {
            change(i);
        }
        change(WARM_UP); // the bean of the last one is made anew, whatever came before

        // What ends by itself a moment later is no leak.
        await().pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            State after = State.now(); // collects first
            assertThat(loaders.stream().map(Reference::get).filter(Objects::nonNull).distinct())
                    .as("class loaders of %d deployments", loaders.size()).hasSizeLessThanOrEqualTo(1);
            noneMore(after.things(), before.things());
            noneMore(after.threads().byName(), before.threads().byName());
            noneMore(after.openFiles(), before.openFiles());
            assertThat(after.mbeans()).as("MBeans").isLessThanOrEqualTo(before.mbeans());
            assertThat(after.files()).hasSameSizeAs(before.files());
            // Others use that folder, too; what a deployment leaves there is left by each, under the same name but for a number.
            assertThat(after.temporary()).allSatisfy((name, n) -> assertThat(n).as("temporary files " + name)
                    .isLessThan(before.temporary().getOrDefault(name, 0) + TIMES / 2));
        });
        assertThat(loaders).hasSizeGreaterThan(TIMES / 2);
    }

    private static <N extends Number> void noneMore(Map<String, N> after, Map<String, N> before) {
        assertThat(after).allSatisfy((name, n) -> assertThat(n.longValue()).as(name).isLessThanOrEqualTo(
                (before.containsKey(name) ? before.get(name).longValue() : 0) + (OF_ONE_VERSION.contains(name) ? 0 : POOL)));
    }

    /**
     * @param things    how many objects there are of what must be closed
     * @param openFiles by kind
     * @param files     in the folders of the plugins
     */
    private record State(Map<String, Long> things, ThreadCount threads, int mbeans, Map<String, Integer> openFiles,
                         List<String> files, Map<String, Integer> temporary) {

        static State now() throws IOException {
            System.gc();
            HeapCount heap = HeapCount.least(Stream.concat(OF_ONE_VERSION.stream(), POOLED.stream()).toArray(String[]::new));
            return new State(heap.counts(), ThreadCount.now(), ManagementFactory.getPlatformMBeanServer().getMBeanCount(),
                    opened(), kept(), temporaryFiles());
        }

        private static Map<String, Integer> opened() throws IOException {
            Map<String, Integer> opened = new TreeMap<>();
            Path own = Path.of("/proc/self/fd");
            if (Files.isDirectory(own)) {
                try (Stream<Path> all = Files.list(own)) {
                    for (Path file : all.filter(Files::isSymbolicLink).toList()) {
                        String target = Files.readSymbolicLink(file).toString();
                        if (!target.startsWith("/proc/") && !target.contains("artemis")) { // the journal's files come and go
                            opened.merge(target.replaceAll("[0-9a-f]{32}|\\d+", "#"), 1, Integer::sum);
                        }
                    }
                } catch (NoSuchFileException e) {
                    return opened(); // one was closed meanwhile
                }
            }
            return opened;
        }

        private static List<String> kept() throws IOException {
            List<String> kept = new ArrayList<>();
            for (String folder : List.of("plugins", "config", "data/container", "data/uploads")) {
                Path path = HUB.home().resolve(folder);
                if (Files.isDirectory(path)) {
                    try (Stream<Path> all = Files.walk(path)) {
                        all.map(Path::toString).forEach(kept::add);
                    }
                }
            }
            return kept;
        }

        private static Map<String, Integer> temporaryFiles() throws IOException {
            Map<String, Integer> kinds = new TreeMap<>();
            try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                all.forEach(f -> kinds.merge(f.getFileName().toString().replaceAll("[0-9a-f]{32}|\\d+", "#"), 1, Integer::sum));
            }
            return kinds;
        }
    }

    private void change(int i) throws IOException {
        switch (i % 10) {
            case 3 -> assertThatThrownBy(() -> install(plugin(i).file("routes/more.camel.yaml", broken())))
                    .isInstanceOf(ProblemException.class);
            case 4 -> assertThatThrownBy(() -> install(plugin(i).file("routes/more.camel.yaml", nowhere())))
                    .isInstanceOf(ProblemException.class);
            case 5 -> HUB.hub().plugins().carryOut(new PluginRequest.Rollback(ID, null), MANDATE);
            case 6 -> HUB.hub().plugins().carryOut(new PluginRequest.Configure(ID,
                    JsonNodeFactory.instance.objectNode().put("delay", 10 + i)), MANDATE);
            case 7 -> {
                HUB.hub().plugins().carryOut(new PluginRequest.Stop(ID), MANDATE);
                HUB.hub().plugins().carryOut(new PluginRequest.Start(ID), MANDATE);
            }
            default -> install(plugin(i));
        }
        assertThat(HUB.hub().plugins().find(ID).orElseThrow().state()).isEqualTo(PluginState.RUNNING);
        if (i % 10 == 9) {
            read(i);
        }
    }

    private static void read(int i) throws IOException {
        Path in = Files.createDirectories(HUB.home().resolve("in"));
        Files.writeString(in.resolve("." + i), "{\"unit\": \"510104\", \"meter\": \"m" + i + "\", \"kwh\": " + i + "}");
        Files.move(in.resolve("." + i), in.resolve(i + ".json"));
        await().untilAsserted(() -> assertThat(HUB.hub().records().store().versions("meter.reading.v1", "510104|m" + i))
                .hasSize(1));
    }

    private void install(PluginJar jar) throws IOException {
        Path file = Files.write(HUB.home().resolve("next.jar"), jar.bytes());
        HUB.hub().plugins().carryOut(new PluginRequest.Install(file, "meters.jar", null), MANDATE);
    }

    private static PluginJar plugin(int i) throws IOException {
        return PluginJar.of(ID, "1.0." + i).file("settings.schema.json", SETTINGS).file("rules/use.dmn", RULE)
                .file("contracts/meter.reading.v1.schema.json", CONTRACT).file("schedules/tick.schedule.yaml", SCHEDULE)
                .file("routes/read.camel.yaml", routes()).type("org.yuzui.plugin.meters.Reader", bytes("Reader"))
                .type("org.yuzui.plugin.meters.Reader$Reading", bytes("Reader$Reading"))
                .imports("com.fasterxml.jackson.databind").type("org.yuzui.plugin.meters.Broken", bytes("Broken"))
                .type("org.yuzui.plugin.meters.Broken$Fault", bytes("Broken$Fault"));
    }

    private static String routes() {
        return """
                - beans:
                    - name: reader
                      type: org.yuzui.plugin.meters.Reader
                      properties: {name: first}
                - route:
                    id: read
                    from:
                      uri: file:%s
                      parameters: {initialDelay: 0, delay: "{{delay}}", move: done, moveFailed: failed}
                      steps:
                        - to: bean:reader?method=read
                        - to: rule:use?decision=much&into=verdict
                        - to: record:meter.reading.v1
                - route:
                    id: count
                    from:
                      uri: record:meter.reading.v1?subscription=count
                      steps:
                        - to: bean:reader?method=count
                - route:
                    id: tick
                    from:
                      uri: schedule:tick
                      steps:
                        - to: bean:reader?method=count
                """.formatted(HUB.home().resolve("in"));
    }

    private static String broken() {
        return """
                - beans:
                    - name: broken
                      type: org.yuzui.plugin.meters.Broken
                - route: {id: more, from: {uri: "direct:more", steps: [{to: "bean:broken"}]}}
                """;
    }

    private static String nowhere() {
        return """
                - route:
                    id: more
                    from:
                      uri: file:%s
                      parameters: {autoCreate: false, startingDirectoryMustExist: true}
                      steps: [{log: never}]
                """.formatted(HUB.home().resolve("nowhere"));
    }

    private static void compile(String name, String source) throws IOException {
        Path file = classes.resolve("org/yuzui/plugin/meters/" + name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"), file.toString())).isZero();
    }

    private static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(classes.resolve("org/yuzui/plugin/meters/" + name + ".class"));
    }
}
