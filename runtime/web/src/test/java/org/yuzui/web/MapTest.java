package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The map tells what runs and what flows. */
class MapTest {

    @AutoClose
    private final FakeHub hub = new FakeHub();

    private JsonNode map() {
        hub.clock.advance(Duration.ofSeconds(2)); // it is made anew once a second
        return FakeHub.json(hub.get("/api/v1/map"));
    }

    private static JsonNode node(JsonNode map, String id) {
        for (JsonNode node : map.path("nodes")) {
            if (node.path("id").asText().equals(id)) {
                return node;
            }
        }
        throw new AssertionError("no node " + id + " in " + map.path("nodes"));
    }

    private static JsonNode edge(JsonNode map, String from, String to) {
        for (JsonNode edge : map.path("edges")) {
            if (edge.path("from").asText().equals(from) && edge.path("to").asText().equals(to)) {
                return edge;
            }
        }
        throw new AssertionError("no edge " + from + " → " + to + " in " + map.path("edges"));
    }

    @Test
    void systemsPluginsContractsSubscriptionsAndSinksAreJoined() {
        JsonNode map = map();

        List<String> edges = new ArrayList<>();
        map.path("edges").forEach(e -> edges.add(e.path("from").asText() + " → " + e.path("to").asText()));
        assertThat(edges).containsExactlyInAnyOrder(
                "contract:his.daily.v1 → subscription:his/hospital-daily",
                "system:his:mllp:0.0.0.0:2575 → plugin:his",
                "plugin:his → contract:his.visit.v1",
                "subscription:his/hospital-daily → sink:report:hospital-daily",
                "subscription:his/hospital-daily → sink:his:sftp:10.0.0.9:22/out");
        assertThat(node(map, "system:his:mllp:0.0.0.0:2575").path("title").path("en").asText()).isEqualTo("mllp :2575");
        assertThat(node(map, "plugin:his").path("state").asText()).isEqualTo("good");
        assertThat(node(map, "plugin:broken.jar").path("state").asText()).isEqualTo("bad");
        assertThat(node(map, "contract:his.daily.v1").path("state").asText()).as("its plugin is gone").isEqualTo("idle");
        JsonNode subscription = node(map, "subscription:his/hospital-daily");
        assertThat(subscription.path("state").asText()).as("two are dead").isEqualTo("trouble");
        JsonNode waits = edge(map, "contract:his.daily.v1", "subscription:his/hospital-daily");
        assertThat(waits.path("queued").asInt()).isEqualTo(4);
        assertThat(waits.path("dead").asInt()).isEqualTo(2);
    }

    @Test
    void whatPassesIsCountedOnItsEdges() {
        for (int i = 0; i < 60; i++) {
            hub.ledger.passes(hop(HopKind.RECEIVED).build());
        }
        hub.ledger.passes(hop(HopKind.REFUSED).build());
        for (int i = 0; i < 30; i++) {
            hub.ledger.passes(hop(HopKind.DELIVERED).record("his.daily.v1", "k", null).subscription("his/hospital-daily").build());
        }
        hub.ledger.passes(hop(HopKind.DEAD).record("his.daily.v1", "k", null).subscription("his/hospital-daily").build());

        JsonNode map = map();

        JsonNode arrives = edge(map, "system:his:mllp:0.0.0.0:2575", "plugin:his");
        assertThat(arrives.path("perSecond").asDouble()).isBetween(0.9, 1.02);
        assertThat(arrives.path("failedLastHour").asInt()).isEqualTo(1);
        assertThat(node(map, "system:his:mllp:0.0.0.0:2575").path("state").asText()).isEqualTo("trouble");
        assertThat(edge(map, "plugin:his", "contract:his.visit.v1").path("routes").toString()).isEqualTo("[\"receive-visit\"]");
        JsonNode read = edge(map, "contract:his.daily.v1", "subscription:his/hospital-daily");
        assertThat(read.path("perSecond").asDouble()).isBetween(0.4, 0.51);
        assertThat(read.path("failedLastHour").asInt()).isEqualTo(1);
        JsonNode sent = edge(map, "subscription:his/hospital-daily", "sink:his:sftp:10.0.0.9:22/out");
        assertThat(sent.path("perSecond").asDouble()).isPositive();
        assertThat(sent.path("contract").asText()).as("whose records go there").isEqualTo("his.daily.v1");
    }

    @Test
    void theMapIsMadeAtMostOnceASecond() {
        JsonNode first = map();
        hub.clock.advance(Duration.ofMillis(900));
        assertThat(FakeHub.json(hub.get("/api/v1/map")).path("at")).isEqualTo(first.path("at"));
    }

    @Test
    void theCountersAreMetricsToo() {
        hub.ledger.passes(hop(HopKind.RECEIVED).build());
        assertThat(hub.get("/metrics").body()).contains(
                "yuzui_hops_total{contract=\"his.visit.v1\",kind=\"RECEIVED\",plugin=\"his\",route=\"receive-visit\",subscription=\"\"} 1.0");
    }

    private static Hop.Builder hop(HopKind kind) {
        return Hop.of(UUID.randomUUID(), kind, FakeHub.NOON).in("his", "0.1.0", "receive-visit").record("his.visit.v1", "k", null);
    }
}
