package org.yuzui.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginException;
import org.yuzui.records.Origin;
import org.yuzui.records.Draft;
import org.yuzui.scheduling.OccurrenceState;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.routing.Patience.await;

/** What one plugin does badly, another's records don't feel. */
class IsolationTest {

    private static final String NIGHTLY = "cron: '0 0 2 * * ?'\n";

    @TempDir
    static Path data;
    private static Rooms rooms;
    private Deployment good;
    private Deployment bad = Deployment.NONE;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** The good plugin's reader. */
    public static final class Reader {
        static final Set<Integer> SEEN = ConcurrentHashMap.newKeySet();

        public void read(JsonNode body) {
            SEEN.add(body.get("n").asInt());
        }
    }

    /** Does what it is told to, everywhere. */
    public static final class Villain {
        static volatile CountDownLatch release = new CountDownLatch(1);
        static final AtomicInteger CAUGHT = new AtomicInteger();

        public void block() throws InterruptedException {
            CAUGHT.incrementAndGet();
            release.await();
        }

        public void overflow() {
            CAUGHT.incrementAndGet();
            throw new StackOverflowError();
        }

        public void missingClass() {
            CAUGHT.incrementAndGet();
            throw new NoClassDefFoundError("org/example/Gone");
        }

        public void assertion() {
            CAUGHT.incrementAndGet();
            throw new AssertionError("never true");
        }

        public void spin(Exchange exchange) {
            exchange.getMessage().setHeader("more", true);
            CAUGHT.incrementAndGet();
        }
    }

    /** An error in what a plugin makes at its deployment. */
    public static final class Stillborn {
        public Stillborn() {
            throw new NoClassDefFoundError("org/example/Gone");
        }
    }

    @BeforeAll
    static void open() {
        rooms = new Rooms(data);
    }

    @AfterAll
    static void close() {
        rooms.close();
    }

    @BeforeEach
    void runTheGoodOne() {
        Villain.release = new CountDownLatch(1);
        Villain.CAUGHT.set(0);
        good = rooms.run(GivenPlugin.of("good", Rooms.reads("good.numbered.v1", "read", Reader.class) + """
                - route:
                    id: nightly
                    from:
                      uri: schedule:nightly
                      steps:
                        - to: log:nightly?level=DEBUG
                """)
                .file("contracts/good.numbered.v1.schema.json", Rooms.NUMBERED)
                .file("schedules/nightly.schedule.yaml", NIGHTLY));
    }

    @AfterEach
    void end() {
        Villain.release.countDown();
        bad.close();
        good.close();
    }

    /** Its records flow, and its schedule runs. */
    private void theGoodOneWorks() {
        for (int i = 0; i < 20; i++) {
            int n = NUMBER.incrementAndGet();
            rooms.publish("good.numbered.v1", n);
            await().untilAsserted(() -> assertThat(Reader.SEEN).contains(n));
        }
        assertThat(CompletableFuture.supplyAsync(() -> rooms.scheduler.run("good/nightly", null)))
                .succeedsWithin(60, TimeUnit.SECONDS)
                .satisfies(o -> assertThat(o.state()).isEqualTo(OccurrenceState.DONE));
    }

    private static String villain(String method, int routes) {
        StringBuilder yaml = new StringBuilder("- beans:\n    - name: villain\n      type: " + Villain.class.getName() + "\n");
        for (int i = 0; i < routes; i++) {
            yaml.append("""
                    - route:
                        id: read-%1$d
                        from:
                          uri: record:bad.numbered.v1?subscription=s%1$d&consumers=2
                          steps:
                            - to: bean:villain?method=%2$s
                    - route:
                        id: nightly-%1$d
                        from:
                          uri: schedule:nightly-%1$d
                          steps:
                            - to: bean:villain?method=%2$s
                    - route:
                        id: tick-%1$d
                        from:
                          uri: timer:tick-%1$d?period=100&delay=0
                          steps:
                            - wireTap: {uri: "seda:tapped-%1$d"}
                            - to: bean:villain?method=%2$s
                    - route:
                        id: tapped-%1$d
                        from:
                          uri: seda:tapped-%1$d?size=10
                          steps:
                            - to: bean:villain?method=%2$s
                    """.formatted(i, method));
        }
        return yaml.toString();
    }

    private static GivenPlugin bad(String method, int routes) {
        GivenPlugin plugin = GivenPlugin.of("bad", villain(method, routes))
                .file("contracts/bad.numbered.v1.schema.json", Rooms.NUMBERED);
        for (int i = 0; i < routes; i++) {
            plugin = plugin.file("schedules/nightly-" + i + ".schedule.yaml", NIGHTLY);
        }
        return plugin;
    }

    @Test
    void oneThatBlocksAllItsThreads() {
        bad = rooms.run(bad("block", 6));
        for (int i = 0; i < 50; i++) {
            rooms.publish("bad.numbered.v1", NUMBER.incrementAndGet());
        }
        for (int i = 0; i < 6; i++) {
            String schedule = "bad/nightly-" + i;
            Thread asking = new Thread(() -> rooms.scheduler.run(schedule, null));
            asking.setDaemon(true);
            asking.start();
        }
        await().untilAsserted(() -> assertThat(Villain.CAUGHT.get()).isGreaterThan(10));

        theGoodOneWorks();
    }

    @Test
    void oneThatThrowsEverywhere() {
        for (String method : new String[] {"overflow", "missingClass", "assertion"}) {
            Villain.CAUGHT.set(0);
            bad = rooms.run(bad(method, 2));
            for (int i = 0; i < 10; i++) {
                rooms.publish("bad.numbered.v1", NUMBER.incrementAndGet());
            }
            assertThat(rooms.scheduler.run("bad/nightly-0", null).state()).isEqualTo(OccurrenceState.FAILED);
            await().untilAsserted(() -> assertThat(Villain.CAUGHT.get()).isGreaterThan(30));

            theGoodOneWorks();
            bad.close();
        }
    }

    /** Tells whose context it is given. */
    public static final class Asker {
        public String whose(CamelContext camel) {
            return camel.getName();
        }
    }

    private static Deployment asking(String plugin) {
        return rooms.run(GivenPlugin.of(plugin, """
                - beans:
                    - name: asker
                      type: %s
                - route:
                    id: ask
                    from:
                      uri: timer:ask?delay=0&period=20
                      steps:
                        - to: bean:asker
                        - filter:
                            simple: "${body} != '%s'"
                            steps:
                              - throwException: {exceptionType: java.lang.IllegalStateException, message: "another's"}
                """.formatted(Asker.class.getName(), plugin)));
    }

    @Test
    void aBeanIsGivenItsOwnPluginsContext() {
        Deployment one = asking("one");
        Deployment two = asking("two");
        for (String plugin : new String[] {"one", "two"}) {
            await().untilAsserted(() -> assertThat(rooms.routing.routes().stream().filter(r -> r.owner().equals(plugin)))
                    .singleElement().satisfies(r -> assertThat(r.done()).isGreaterThan(5)));
        }
        assertThat(rooms.routing.routes()).extracting(RouteStatus::failed).containsOnly(0L);
        one.close();
        two.close();
    }

    @Test
    void oneThatCannotEvenBeMadeLeavesNothingBehind() {
        GivenPlugin stillborn = GivenPlugin.of("bad", "- beans:\n    - name: b\n      type: " + Stillborn.class.getName()
                + "\n- route:\n    id: r\n    from:\n      uri: direct:a\n      steps:\n        - to: bean:b\n");
        assertThatThrownBy(() -> rooms.routing.part().deploy(stillborn))
                .isInstanceOfSatisfying(PluginException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("class-not-found");
                    assertThat(e.problem().message()).contains("org.example.Gone");
                });

        theGoodOneWorks();
    }

    /** Its subscription's records pile up: more than the broker keeps in memory for it. */
    @Test
    void oneThatFillsItsQueue() {
        bad = rooms.run(bad("block", 1));
        String large = "x".repeat(100_000);
        ObjectMapper json = new ObjectMapper();
        Origin origin = new Origin("test", "1", "t", null, null, null, null, null, null);
        for (int i = 0; i < 700; i++) { // 70 MB
            rooms.records.publish(new Draft("bad.numbered.v1",
                    json.valueToTree(Map.of("n", NUMBER.incrementAndGet(), "text", large)), origin));
        }

        theGoodOneWorks();
    }

    @Test
    void oneThatLoopsAtFullSpeed() {
        bad = rooms.run(GivenPlugin.of("bad", """
                - beans:
                    - name: villain
                      type: %s
                - route:
                    id: spin
                    from:
                      uri: timer:spin?delay=0&repeatCount=1
                      steps:
                        - setHeader: {name: more, constant: true}
                        - loop:
                            simple: "${header.more}"
                            doWhile: true
                            steps:
                              - to: bean:villain?method=spin
                              - setBody: {simple: '{"n": ${random(1,1000000000)}}'}
                              - to: record:bad.numbered.v1
                """.formatted(Villain.class.getName())).file("contracts/bad.numbered.v1.schema.json", Rooms.NUMBERED));
        await().untilAsserted(() -> assertThat(Villain.CAUGHT.get()).isGreaterThan(100));

        theGoodOneWorks();
    }
}
