package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Keepsake;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
            poll: {mostBackOffSeconds: 5, timeoutSeconds: 30}
            """.formatted(PluginUnderTest.freePort(), PLATFORM.url()));

    @Test
    void everyItemIsTakenOnceFromWhereItWasReadDurably() throws IOException {
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
        HUB.stop();
        PLATFORM.add(3);
        int asked = PLATFORM.cursors().size(); // while nobody asks
        HUB.start();
        await().untilAsserted(() -> {
            poll();
            assertThat(visits()).hasSize(28);
        });
        assertThat(PLATFORM.cursors().get(asked)).as("after a restart").isEqualTo("25");

        Flow visit = flows(FlowFilter.where().contract("kindergarten.visit.v1").build(), 28).get(27);
        JsonNode page = new ObjectMapper().readTree(arrived(visit));
        assertThat(page.path("items")).as("the whole page that brought it").hasSize(10);
        assertThat(page.path("next").asText()).isEqualTo("10");
        asked = PLATFORM.cursors().size();
        assertThat(replayed(visit, "\"arrival\"").at("/done").asInt()).isEqualTo(1);
        assertThat(PLATFORM.cursors()).as("nobody is asked for what goes in again").hasSize(asked);
        assertThat(visits()).hasSize(28);

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
        Flow foreign = flows(cause("foreign-unit"), 1).get(0);
        assertThat(new String(arrived(foreign), StandardCharsets.UTF_8)).as("alone, to be mended alone").startsWith("{\"visit\":\"foreign\"");
        assertThat(replayed(foreign, "null").at("/failed").asInt()).as("it is wrong still").isEqualTo(1);
        HUB.post("/records/" + foreign.id() + "/mend",
                "{\"text\": \"{\\\"visit\\\": \\\"foreign\\\", \\\"arrivedAt\\\": \\\"2026-03-03T09:00:00+08:00\\\", \\\"status\\\": \\\"in\\\"}\", \"reason\": \"asked them\"}");
        await().untilAsserted(() -> assertThat(visits()).as("mended").hasSize(30));

        String maintenance = "<html>We are back at nine.</html>";
        PLATFORM.answerInstead(maintenance);
        await().untilAsserted(() -> {
            poll();
            assertThat(HUB.hub().ledger().find(new FlowQuery(cause("not-json"), null, 10)).flows()).isNotEmpty();
        });
        assertThat(new String(arrived(flows(cause("not-json"), 1).get(0)), StandardCharsets.UTF_8)).as("what was no page").isEqualTo(maintenance);
        PLATFORM.answerInstead(null);
        PLATFORM.add(1);
        await().untilAsserted(() -> {
            poll();
            assertThat(visits()).hasSize(31);
        });
        assertThat(HUB.get("/plugins/kindergarten").toString()).as("who is away is a trouble").contains("the source away");
    }

    private static FlowFilter cause(String code) {
        return FlowFilter.where().status(FlowStatus.REFUSED).causeCode(code).build();
    }

    /** The newest first. */
    private static List<Flow> flows(FlowFilter filter, int count) {
        await().untilAsserted(() -> assertThat(HUB.hub().ledger().find(new FlowQuery(filter, null, 100)).flows()).hasSize(count));
        return HUB.hub().ledger().find(new FlowQuery(filter, null, 100)).flows();
    }

    private static byte[] arrived(Flow flow) throws IOException {
        Hop hop = HUB.hub().ledger().hops(flow.id()).stream().filter(h -> h.message() != null || h.kind() == HopKind.REFUSED).findFirst().orElseThrow();
        Map<UUID, Keepsake> beside = HUB.hub().ledger().beside(List.of(hop));
        try (InputStream in = HUB.hub().ledger().open(beside.get(hop.message() == null ? hop.flow() : hop.message())).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private static JsonNode replayed(Flow flow, String from) {
        String replay = "/replays/" + HUB.post("/replays", "{\"only\": [\"" + flow.id() + "\"], \"fromHop\": " + from + "}").at("/id").asLong();
        await().untilAsserted(() -> assertThat(HUB.get(replay).at("/state").asText()).isEqualTo("DONE"));
        return HUB.get(replay);
    }

    private static void poll() {
        HUB.hub().scheduler().run("kindergarten/poll", null);
    }

    private static List<JsonNode> visits() {
        return HUB.hub().records().store().find(RecordQuery.of("kindergarten.visit.v1")).stream().map(r -> r.body()).toList();
    }
}
