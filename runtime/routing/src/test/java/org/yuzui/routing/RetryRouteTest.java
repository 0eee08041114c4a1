package org.yuzui.routing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.routing.Patience.await;

/** How often, and after what waits, a subscription tries what its route could not do. */
class RetryRouteTest {

    @TempDir
    static Path data;
    private static Rooms rooms;

    @BeforeAll
    static void open() throws IOException {
        rooms = new Rooms(data);
        Files.writeString(data.resolve("down"), "a file, where the route wants a folder");
    }

    @AfterAll
    static void close() {
        rooms.close();
    }

    private static GivenPlugin sink(String id, String parameters) {
        return GivenPlugin.of(id, """
                - route:
                    id: sink
                    from:
                      uri: record:%s.number.v1
                      parameters: {subscription: sink%s}
                      steps:
                        - to: file:%s/sub?fileName=${header.YuzuiKey}
                """.formatted(id, parameters, data.resolve("down"))).file("contracts/" + id + ".number.v1.schema.json", Rooms.NUMBERED);
    }

    @Test
    void a_record_is_given_up_after_the_waits_that_the_route_asks_for_and_the_next_of_its_key_gets_its_own() {
        Deployment running = rooms.run(sink("hasty", ", retry: '30ms, 60ms'"));

        rooms.publish("hasty.number.v1", 7);
        rooms.publish("hasty.number.v1", 8);

        await().untilAsserted(() -> assertThat(flows("hasty.number.v1", FlowStatus.DEAD)).isEqualTo(2));
        List<Hop> hops = hops("hasty.number.v1");
        assertThat(hops).filteredOn(h -> h.kind() == HopKind.RETRIED).as("three tries of each of two records").hasSize(6);
        assertThat(hops).filteredOn(h -> h.kind() == HopKind.DEAD).allMatch(h -> h.cause().matches("It failed 3 times, at last: .*down.*"));
        List<Hop> first = hops.stream().filter(h -> h.kind() == HopKind.RETRIED && h.flow().equals(hops.get(0).flow())).toList();
        assertThat(Duration.between(first.get(0).at(), first.get(1).at())).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(Duration.between(first.get(1).at(), first.get(2).at())).isGreaterThanOrEqualTo(Duration.ofMillis(60));
        running.close();
    }

    @Test
    void the_waits_may_be_a_setting_of_the_plugin() {
        Deployment running = rooms.run(sink("set", ", retry: '{{waits}}'").with(Map.of("waits", "20ms")));

        rooms.publish("set.number.v1", 7);

        await().untilAsserted(() -> assertThat(hops("set.number.v1")).filteredOn(h -> h.kind() == HopKind.DEAD)
                .allMatch(h -> h.cause().startsWith("It failed 2 times")).hasSize(1));
        running.close();
    }

    private static long flows(String contract, FlowStatus status) {
        return rooms.ledger.find(new FlowQuery(filter(contract), null, 100)).flows().stream().filter(f -> f.status() == status).count();
    }

    private static List<Hop> hops(String contract) {
        return rooms.ledger.find(new FlowQuery(filter(contract), null, 100)).flows().stream()
                .flatMap(f -> rooms.ledger.hops(f.id()).stream()).toList();
    }

    private static FlowFilter filter(String contract) {
        return FlowFilter.where().contract(contract).build();
    }
}
