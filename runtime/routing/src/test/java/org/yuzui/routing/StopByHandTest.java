package org.yuzui.routing;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.routing.Patience.await;

/** One route of a plugin stands still because somebody said so. */
class StopByHandTest {

    private static final List<Integer> READ = new CopyOnWriteArrayList<>();
    @TempDir
    static Path data;
    private static Rooms rooms;
    private Deployment running;

    /** Notes what it reads. */
    public static final class Reader {
        public void read(JsonNode body) {
            READ.add(body.get("n").asInt());
        }
    }

    @BeforeAll
    static void openRooms() {
        rooms = new Rooms(data);
    }

    @AfterAll
    static void closeRooms() {
        rooms.close();
    }

    @BeforeEach
    void run() {
        READ.clear();
        running = rooms.run(plugin("1.0.0"));
    }

    @AfterEach
    void close() {
        rooms.routing.find("counts", "read").filter(d -> d.stopped() != null).ifPresent(d -> rooms.routing.start("counts", "read"));
        running.close();
    }

    private static GivenPlugin plugin(String version) {
        GivenPlugin given = GivenPlugin.of("counts", Rooms.reads("counts.numbered.v1", "count", Reader.class) + """
                - route:
                    id: tick
                    from:
                      uri: timer:tick
                      parameters:
                        period: 20
                        delay: 0
                      steps:
                        - setHeader:
                            name: secret
                            constant: "{{token}}"
                        - choice:
                            when:
                              - simple: "${header.CamelTimerCounter} == 0"
                                steps:
                                  - to: direct:inner
                            otherwise:
                              steps:
                                - filter:
                                    simple: "${header.never}"
                                    steps:
                                      - to: log:never?level=DEBUG
                - route:
                    id: inner
                    from:
                      uri: direct:inner
                      steps:
                        - to: log:inner?level=DEBUG
                """).file("contracts/counts.numbered.v1.schema.json", Rooms.NUMBERED).with(Map.of("token", "open-sesame"));
        return new GivenPlugin(given.id(), version, given.files(), given.settingTree(), given.consumes(), given.publishes());
    }

    private static String state(String route) {
        return rooms.routing.routes().stream().filter(r -> route.equals(r.id())).findFirst().orElseThrow().state();
    }

    @Test
    void recordsWaitWhileItStandsStillAndNothingElseDoes() {
        rooms.publish("counts.numbered.v1", 1);
        await().untilAsserted(() -> assertThat(READ).containsExactly(1));

        RouteDetail stopped = rooms.routing.stop("counts", "read", "li", "The far side is mended");

        assertThat(stopped.status().state()).isEqualTo("Stopped");
        assertThat(stopped.stopped().who()).isEqualTo("li");
        assertThat(state("tick")).isEqualTo("Started");
        Problem said = rooms.routing.find("counts", "read").orElseThrow().status().problem();
        assertThat(said.code()).isEqualTo("stopped-by-hand");
        assertThat(said.place()).isEqualTo("counts.jar!HUB-INF/routes/r.camel.yaml:7");
        assertThat(said.message()).isEqualTo("The route 'read' was stopped by li at 2026-11-22 12:00: The far side is mended.");
        rooms.publish("counts.numbered.v1", 2);
        long ticks = rooms.routing.find("counts", "tick").orElseThrow().counters().done();
        await().untilAsserted(() -> assertThat(rooms.routing.find("counts", "tick").orElseThrow().counters().done())
                .isGreaterThan(ticks + 2));
        assertThat(READ).containsExactly(1);
        assertThat(rooms.routing.stop("counts", "read", "wang", null).stopped().who()).isEqualTo("li");

        RouteDetail started = rooms.routing.start("counts", "read");

        assertThat(started.stopped()).isNull();
        assertThat(started.status().problem()).isNull();
        await().untilAsserted(() -> assertThat(READ).containsExactly(1, 2));
    }

    @Test
    void itStaysStoppedInTheNextVersionAndAfterARestart() {
        rooms.routing.stop("counts", "read", "li", null);
        running.close();
        running = rooms.run(plugin("1.0.1"));

        assertThat(state("read")).isEqualTo("Stopped");
        assertThat(state("tick")).isEqualTo("Started");

        try (Routing restarted = rooms.openRouting()) {
            running.close();
            Deployment there = restarted.part().deploy(plugin("1.0.1"));
            there.start();
            assertThat(there.troubles()).extracting(Problem::code).containsExactly("stopped-by-hand");
            assertThat(restarted.find("counts", "read").orElseThrow().stopped().who()).isEqualTo("li");
            restarted.start("counts", "read");
            assertThat(there.troubles()).isEmpty();
            there.close();
        }
        running = rooms.run(plugin("1.0.1"));
    }

    @Test
    void anotherNodeSeesItWithinSeconds() {
        try (Routing other = rooms.openRouting()) {
            GivenPlugin timer = GivenPlugin.of("ticks", """
                    - route:
                        id: tick
                        from:
                          uri: timer:tick
                          steps:
                            - to: log:tick?level=DEBUG
                    """);
            Deployment here = rooms.routing.part().deploy(timer);
            Deployment there = other.part().deploy(timer);
            here.start();
            there.start();

            rooms.routing.stop("ticks", "tick", "li", null);
            await().untilAsserted(() -> assertThat(there.troubles()).extracting(Problem::code).containsExactly("stopped-by-hand"));
            assertThat(other.routes()).extracting(RouteStatus::state).containsExactly("Stopped");

            other.start("ticks", "tick");
            await().untilAsserted(() -> assertThat(here.troubles()).isEmpty());
            here.close();
            there.close();
        }
    }

    @Test
    void whatOnlyTakesOverFromOthersIsLeftAlone() {
        assertThatThrownBy(() -> rooms.routing.stop("counts", "inner", "li", null))
                .satisfies(e -> assertThat(((ProblemException) e).problem().code()).isEqualTo("inner-route"));
        assertThatThrownBy(() -> rooms.routing.stop("counts", "raed", "li", null)).hasMessageContaining("read");
        assertThatThrownBy(() -> rooms.routing.stop("gone", "read", "li", null))
                .satisfies(e -> assertThat(((ProblemException) e).problem().code()).isEqualTo("unknown-route"));
    }

    @Test
    void stepsAreShownAsTheyAreWrittenAndSettingsByTheirNames() {
        RouteDetail tick = rooms.routing.find("counts", "tick").orElseThrow();
        await().untilAsserted(() -> assertThat(rooms.routing.find("counts", "tick").orElseThrow().counters().done()).isPositive());

        assertThat(tick.from()).startsWith("timer:tick?").contains("period=20");
        assertThat(tick.steps()).extracting(RouteStep::kind).containsExactly("setHeader", "choice");
        assertThat(tick.steps().get(0).label()).isEqualTo("secret = {{token}}");
        RouteStep choice = tick.steps().get(1);
        assertThat(choice.branches()).extracting(RouteStep.Branch::kind).containsExactly("when", "otherwise");
        assertThat(choice.branches().get(0).label()).isEqualTo("${header.CamelTimerCounter} == 0");
        assertThat(choice.branches().get(0).steps()).extracting(RouteStep::label).containsExactly("direct:inner");
        RouteStep filter = choice.branches().get(1).steps().get(0);
        assertThat(filter.kind()).isEqualTo("filter");
        assertThat(filter.branches().get(0).steps()).extracting(RouteStep::kind).containsExactly("to");
        assertThat(filter.line()).isGreaterThan(20);
        assertThat(tick.text().content()).contains("id: tick").doesNotContain("open-sesame");
        assertThat(tick.text().content().split("\n")[tick.text().line() - 1]).contains("timer:tick");
        assertThat(rooms.routing.find("counts", "tick").orElseThrow().counters().meanMs()).isPositive();
        assertThat(rooms.routing.find("counts", "inner").orElseThrow().inner()).isTrue();
    }

    @Test
    void theEndsOfRoutesAreToldWithoutCredentials() {
        Deployment copies = rooms.routing.part().deploy(GivenPlugin.of("copies", """
                - route:
                    id: copy
                    from:
                      uri: record:counts.numbered.v1?subscription=copy
                      steps:
                        - toD: file:{{out}}?fileName=${header.n}
                        - to: file://user:pass@/srv/copies
                """).consuming("counts.numbered.v1").with(Map.of("out", "/srv/out")));
        copies.start();
        assertThat(rooms.routing.ends()).filteredOn(e -> e.owner().equals("copies")).containsExactly(
                new RouteEnd("copies", "copy", true, "record", "counts.numbered.v1", "copies/copy", false),
                new RouteEnd("copies", "copy", false, "file", "/srv/out", null, false),
                new RouteEnd("copies", "copy", false, "file", "/srv/copies", null, false));
        copies.close();
    }
}
