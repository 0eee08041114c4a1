package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.yuzui.plugin.kindergarten.Patience.await;

/** Platforms that are asked: one that pages, fails and repeats, and one that can't be reached at all. */
class PollTest {

    private static final Platform PLATFORM = new Platform("a-secret-of-the-hub");

    @RegisterExtension
    static final HubExtension HUB = Sites.hub("""
            http: {port: %d}
            sources:
              visits: {unit: 510104-K01, url: "%s", kind: visits, key: hub, secret: a-secret-of-the-hub, everySeconds: 1, limit: 10}
              away: {unit: 510105-K01, url: "http://127.0.0.1:1/", kind: meals, key: hub, everySeconds: 1}
            poll: {mostBackOffSeconds: 5, timeoutSeconds: 5}
            """.formatted(PluginUnderTest.freePort(), PLATFORM.url()));

    @Test
    void everyItemIsTakenOnceFromWhereItWasReadDurably() {
        PLATFORM.add(25);
        await().untilAsserted(() -> {
            poll();
            assertThat(visits()).hasSize(25);
        });
        assertThat(PLATFORM.unsigned()).isZero();
        assertThat(PLATFORM.failures()).as("the second page failed at first").isEqualTo(1);
        assertThat(PLATFORM.cursors()).as("and was asked for again, not the first").startsWith("", "10", "10", "20");
        assertThat(visits()).extracting(v -> v.path("unit").asText()).containsOnly("510104-K01");

        await().untilAsserted(() -> {
            poll();
            assertThat(PLATFORM.notModified()).as("nothing new").isPositive();
        });
        PLATFORM.add(3);
        HUB.stop();
        HUB.start();
        int asked = PLATFORM.cursors().size();
        await().untilAsserted(() -> {
            poll();
            assertThat(visits()).hasSize(28);
        });
        assertThat(PLATFORM.cursors().get(asked)).as("after a restart").isEqualTo("25");

        PLATFORM.addRaw("{\"visit\": \"bad\", \"status\": \"in\"}");
        PLATFORM.addRaw("{\"visit\": \"foreign\", \"unit\": \"510302-K01\", \"arrivedAt\": \"2026-03-03T09:00:00+08:00\", \"status\": \"in\"}");
        PLATFORM.add(1);
        await().untilAsserted(() -> {
            poll();
            assertThat(visits()).as("what is refused keeps no other back").hasSize(29);
        });
        await().untilAsserted(() -> assertThat(HUB.hub().ledger().find(new FlowQuery(FlowFilter.of(FlowStatus.REFUSED), null, 100))
                .flows()).extracting(f -> f.causeCode(), f -> f.source()).containsExactlyInAnyOrder(tuple("contract-violation", "poll visits"),
                        tuple("foreign-unit", "poll visits")));
        assertThat(HUB.get("/plugins/kindergarten").toString()).as("who is away is a trouble").contains("the source away");
    }

    private static void poll() {
        HUB.hub().scheduler().run("kindergarten/poll", null);
    }

    private static List<JsonNode> visits() {
        return HUB.hub().records().store().find(RecordQuery.of("kindergarten.visit.v1")).stream().map(r -> r.body()).toList();
    }
}
