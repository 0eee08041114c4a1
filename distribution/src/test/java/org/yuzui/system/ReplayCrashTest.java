package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten thousand counts of a stock are applied and three thousand are refused, until the contract allows them. The hub is killed with SIGKILL
 * while they are sent on: the replay goes on where it was, and each of them is applied once.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayCrashTest {

    private static final int APPLIED = 10_000;
    private static final int REFUSED = 3_000;
    /** Slow enough that it is still going on when a busy machine has started the hub anew. */
    private static final int PER_SECOND = 200;
    private static final int KILLS = 2;
    private static final int BETWEEN_KILLS = 400;
    private static final String COUNTS = "stock.count.v1";
    private static final String SEEN = "stock.seen.v1";

    private static Site site;
    private static Path inbox;
    private static HubProcess hub;
    private static Rest rest;

    @BeforeAll
    static void fill() throws Exception {
        site = Site.create("replay-crash");
        site.keepOnlyHospitals();
        inbox = Files.createDirectories(site.home.resolve("counts"));
        Files.write(site.home.resolve("plugins/stock-1.0.0.zip"), plugin("1.0.0", 10));
        hub = site.start();
        rest = site.rest();
        rest.awaitState("stock", "RUNNING");
        drop("good", IntStream.range(0, APPLIED).mapToObj(i -> count(i, 1)));
        drop("bad", IntStream.range(APPLIED, APPLIED + REFUSED).mapToObj(i -> count(i, 100)));
        awaitCount(SEEN, "DELIVERED", APPLIED);
        Awaitility.await("all are refused").atMost(Site.PATIENCE).until(() -> preview("plugin=stock&status=REFUSED").path("fresh").asInt() == REFUSED);
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    private static String count(int number, int value) {
        return "{\"place\":\"P%05d\",\"value\":%d}".formatted(number, value);
    }

    private static void drop(String name, Stream<String> counts) throws IOException {
        Path part = Files.writeString(site.home.resolve(name + ".part"), counts.collect(Collectors.joining(",", "[", "]")));
        Files.move(part, inbox.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A reader of counts, and one that makes a record of each. */
    private static byte[] plugin(String version, int most) throws IOException {
        return RelayPlugin.zip(Map.of("plugin.yaml", """
                id: stock
                version: "%s"
                title: {zh: 库存, en: Stock}
                publishes: [stock.count.v1, stock.seen.v1]
                consumes: [stock.count.v1]
                """.formatted(version),
                "contracts/stock.count.v1.schema.json", """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Count", "type": "object",
                 "x-key": ["/place"], "required": ["place", "value"], "additionalProperties": false,
                 "properties": {"place": {"type": "string"}, "value": {"type": "integer", "maximum": %d}}}
                """.formatted(most),
                "contracts/stock.seen.v1.schema.json", """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Seen", "type": "object",
                 "x-key": ["/count"], "required": ["count"], "additionalProperties": false, "properties": {"count": {"type": "string"}}}
                """,
                "routes/counts.camel.yaml", """
                - route:
                    id: read-counts
                    from:
                      uri: file:%s?delay=200&readLock=none
                      steps:
                        - unmarshal: {json: {}}
                        - doTry:
                            steps:
                              - to: record:stock.count.v1
                            doCatch:
                              - exception: [org.yuzui.spi.RefusedException]
                                steps:
                                  - to: record:refused?contract=stock.count.v1
                - route:
                    id: see-counts
                    from:
                      uri: record:stock.count.v1?subscription=see
                      steps:
                        - setBody: {simple: '{"count":"${header.YuzuiKey}"}'}
                        - to: record:stock.seen.v1
                """.formatted(inbox)));
    }

    private static JsonNode preview(String filter) throws Exception {
        return rest.post("/api/v1/replays?dryRun=true&" + filter, "{}");
    }

    private static void awaitCount(String contract, String status, int count) {
        Awaitility.await(count + " of " + contract + " are " + status).atMost(Site.PATIENCE).pollInterval(Duration.ofSeconds(1))
                .until(() -> nothingWaits() && rest.flows(contract).stream().filter(f -> f.path("status").asText().equals(status)).count() == count);
    }

    /** Costs less than thirteen thousand flows, which are looked at once there is nothing to wait for. */
    private static boolean nothingWaits() throws Exception {
        for (JsonNode s : rest.get("/api/v1/subscriptions").path("subscriptions")) {
            if (s.path("name").asText().equals("stock/see")) {
                return s.path("waiting").asInt() + s.path("retrying").asInt() == 0;
            }
        }
        return false;
    }

    private static JsonNode replay(int id) throws Exception {
        return rest.get("/api/v1/replays/" + id);
    }

    private static JsonNode done(int id) {
        return Awaitility.await("replay " + id + " has ended").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(500))
                .until(() -> replay(id), r -> !r.path("endedAt").isNull());
    }

    @Test
    @Order(1)
    void a_replay_that_kills_cut_off_goes_on_and_applies_each_once() throws Exception {
        rest.upload("stock-1.1.0.zip", plugin("1.1.0", 1_000));
        int id = rest.post("/api/v1/replays?plugin=stock&status=REFUSED", "{\"perSecond\": " + PER_SECOND + ", \"reason\": \"allowed since 1.1.0\"}")
                .path("id").asInt();

        for (int kill = 1; kill <= KILLS; kill++) {
            int after = BETWEEN_KILLS * kill;
            Awaitility.await("kill " + kill).atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(20))
                    .until(() -> replay(id).path("done").asInt() >= after);
            assertThat(replay(id).path("state").asText()).isEqualTo("RUNNING");
            hub.kill();
            hub = site.start();
            rest = site.rest();
        }

        JsonNode ended = done(id);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("DONE");
        assertThat(ended.path("done").asInt()).as(ended.toString()).isEqualTo(REFUSED);
        assertThat(ended.path("failed").asInt()).isZero();
        awaitCount(SEEN, "DELIVERED", APPLIED + REFUSED);
        assertOnce();
    }

    /** One flow for each key, and one content: what came again was recognised. */
    private static void assertOnce() throws Exception {
        for (String contract : List.of(COUNTS, SEEN)) {
            List<JsonNode> records = rest.flows(contract).stream().filter(f -> !f.path("key").isNull()).toList();
            assertThat(records).as(contract).hasSize(APPLIED + REFUSED)
                    .allSatisfy(f -> assertThat(f.path("status").asText()).isEqualTo("DELIVERED"));
            assertThat(records.stream().map(f -> f.path("key").asText()).collect(Collectors.toSet())).hasSize(APPLIED + REFUSED);
        }
        JsonNode refused = rest.get("/api/v1/records?limit=1&status=SETTLED").path("records").get(0);
        JsonNode made = rest.get("/api/v1/records/" + refused.path("id").asText() + "/children").path("records");
        assertThat(made).as("what came of a refused one").hasSize(1);
        assertThat(preview("plugin=stock").path("fresh").asInt()).as("nothing is left to do").isZero();
    }

    @Test
    @Order(2)
    void what_was_applied_is_not_changed_by_a_replay_of_everything() throws Exception {
        List<String> before = told(COUNTS);
        List<String> seen = told(SEEN);

        JsonNode counted = preview("contract=stock.count.v1&status=DELIVERED");
        JsonNode replay = done(rest.post("/api/v1/replays?contract=stock.count.v1&status=DELIVERED", "{}").path("id").asInt());

        assertThat(counted.path("applied").asInt()).isEqualTo(APPLIED + REFUSED);
        assertThat(replay.path("done").asInt()).isZero();
        assertThat(replay.path("skipped").asInt()).isEqualTo(APPLIED + REFUSED);
        assertThat(told(COUNTS)).isEqualTo(before);
        assertThat(told(SEEN)).isEqualTo(seen);
    }

    @Test
    @Order(3)
    void messages_that_go_in_again_from_their_arrival_come_to_the_same() throws Exception {
        JsonNode replay = done(rest.post("/api/v1/replays?plugin=stock&status=SETTLED", "{\"fromHop\": \"arrival\"}").path("id").asInt());

        assertThat(replay.path("done").asInt()).as(replay.toString()).isEqualTo(REFUSED);
        assertOnce();
        assertThat(site.yuzui("record", "replay", "--plugin", "stock", "--dry-run").ok().out()).contains("0 would be sent on");
        assertThat(hub.terminate()).isIn(0, 143);
        assertThat(site.processes()).isEmpty();
    }

    /** Everything that the ledger says of the records of a contract. */
    private static List<String> told(String contract) throws Exception {
        return rest.flows(contract).stream().map(JsonNode::toString).sorted().toList();
    }
}
