package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.plugin.kindergarten.Caller.Answer;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.yuzui.plugin.kindergarten.Patience.await;

/** A week of two kindergartens in a running hub: from signed calls to the province's report. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KindergartenTest {

    /** A Tuesday; its week began on 2 March. */
    private static final String DAY = "2026-03-03";
    private static final String JINJIANG = "a-secret-of-jinjiang";
    private static final int PORT = PluginUnderTest.freePort();
    private static final Receiver RECEIVER = new Receiver("a-secret-of-the-webhook");
    private static final Caller CALLER = new Caller(PORT, "jinjiang", JINJIANG);

    @RegisterExtension
    static final HubExtension HUB = Sites.hub("""
            http: {port: %d, maxBytes: 20000}
            platforms:
              jinjiang: {unit: 510104-K01, secret: %s, previousSecret: the-secret-before-this}
              ziliujing: {unit: 510302-K01, secret: a-secret-of-ziliujing}
              silent: {unit: 510105-K01}
            rounds:
              day: {unit: 510104-K01, points: [GATE, YARD, KITCHEN], starts: ["08:00", "12:00", "16:00", "20:00"],
                    leastMinutes: 2, mostMinutes: 10, from: "2026-03-03"}
              night: {unit: 510302-K01, points: ["100001$52$1", "100001$52$2"], starts: ["23:50"], from: "2026-03-02"}
            webhook: {url: "%s", secret: a-secret-of-the-webhook}
            """.formatted(PORT, JINJIANG, RECEIVER.url()));

    @Test
    @Order(1)
    void whoIsNotKnownOrDoesNotSignIsToldNothing() throws Exception {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        String now = Long.toString(Instant.now().getEpochSecond());
        String old = Long.toString(Instant.now().getEpochSecond() - 400);
        String right = Signature.of(JINJIANG, "POST", "/v1/visits", now, "", body);
        List<Answer> turnedAway = List.of(
                new Caller(PORT, "nobody", JINJIANG).post("/v1/visits", "{}"),
                new Caller(PORT, "silent", "no secret at all").post("/v1/visits", "{}"),
                new Caller(PORT, "jinjiang", "another secret of it").post("/v1/visits", "{}"),
                Caller.send(CALLER.call("/v1/visits", body, old, Signature.of(JINJIANG, "POST", "/v1/visits", old, "", body))),
                Caller.send(CALLER.call("/v1/visits", body, "now", right)),
                Caller.send(CALLER.call("/v1/visits", body, now, right.replace("v1=", "v2="))),
                Caller.send(CALLER.call("/v1/visits", body, now, "v1=zz" + right.substring(5))),
                Caller.send(CALLER.call("/v1/visits?x=1", body, now, right)),
                Caller.send(CALLER.call("/v1/scans", body, now, right)),
                Caller.send(CALLER.call("/v1/visits", "{} ".getBytes(StandardCharsets.UTF_8), now, right)),
                Caller.send(CALLER.call("/v1/visits", body, now, right).header(Signature.IDEMPOTENCY_KEY, "K")),
                Caller.send(CALLER.call("/v1/visits", body, now, right).header(Signature.KEY, "ziliujing")));
        assertThat(turnedAway).allSatisfy(a -> {
            assertThat(a.status()).isEqualTo(401);
            assertThat(a.body()).isEqualTo(turnedAway.get(0).body());
            assertThat(a.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        });
        assertThat(Caller.send(CALLER.call("/v1/visits", body, now, right)).status()).as("signed rightly").isEqualTo(422);
        assertThat(new Caller(PORT, "jinjiang", "the-secret-before-this").post("/v1/visits", "{}").status()).isEqualTo(422);
    }

    @Test
    @Order(2)
    void whatCannotBeTakenIsNamed() throws Exception {
        assertThat(CALLER.post("/v1/planes", "{}").status()).isEqualTo(404);
        assertThat(Caller.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/v1/visits")).GET()).status()).isEqualTo(405);
        assertThat(CALLER.post("/v1/visits", "[" + "1,".repeat(20_000) + "1]").status()).isEqualTo(413);
        String now = Long.toString(Instant.now().getEpochSecond());
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder text = CALLER.call("/v1/visits", body, now, Signature.of(JINJIANG, "POST", "/v1/visits", now, "", body));
        assertThat(Caller.send(text.setHeader("Content-Type", "text/plain")).status()).isEqualTo(415);
        for (String bad : List.of("{", "", "{} {}", "{\"a\":1,\"a\":2}", "\u0000", "[".repeat(3000))) {
            Answer answer = CALLER.post("/v1/visits", bad);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.body().path("code").asText()).isEqualTo("not-json");
        }
        assertThat(CALLER.post("/v1/visits", "[1]").body().at("/errors/0/pointer").asText()).isEqualTo("/0");
        Answer refused = CALLER.post("/v1/visits", """
                [{"visit": "V1", "arrivedAt": "2026-03-03T09:00:00+08:00", "status": "in", "name": "测试一号", "phone": "13800001234"},
                 {"visit": "V2", "arrivedAt": "yesterday", "status": "gone"},
                 {"visit": "V3", "unit": "510302-K01", "arrivedAt": "2026-03-03T09:00:00+08:00", "status": "in"}]""");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(tuple(refused.number("accepted"), refused.number("refused"))).isEqualTo(tuple(1, 2));
        assertThat(refused.body().get("errors")).extracting(e -> e.get("pointer").asText(), e -> e.get("code").asText())
                .contains(tuple("/1/arrivedAt", "contract-violation"), tuple("/1/status", "contract-violation"), tuple("/2/unit", "foreign-unit"));
        assertThat(refused.body().toString()).doesNotContain("yesterday").doesNotContain("gone");
        assertThat(CALLER.post("/v1/visits", "{\"status\": \"in\"}").body().get("errors"))
                .as("every field that fails").extracting(e -> e.get("detail").asText()).hasSizeGreaterThanOrEqualTo(3);
        await().untilAsserted(() -> assertThat(refusals()).extracting(Flow::causeCode)
                .contains("not-json", "not-items", "foreign-unit", "contract-violation"));
        assertThat(refusals()).as("an unsigned call is not kept").allSatisfy(f -> assertThat(f.source()).contains("jinjiang"));
    }

    @Test
    @Order(3)
    void visitorsAreMaskedAtCapture() {
        await().untilAsserted(() -> assertThat(records("kindergarten.visit.v1")).extracting(v -> v.path("name").asText(),
                v -> v.path("phone").asText(), v -> v.path("day").asText()).containsExactly(tuple("测***", "*******1234", DAY)));
    }

    @Test
    @Order(4)
    void aKeyIsForOneContent() throws Exception {
        String visit = "{\"visit\": \"V4\", \"arrivedAt\": \"2026-03-03T10:00:00+08:00\", \"status\": \"in\"}";
        Answer first = CALLER.post("/v1/visits", visit, "order-1");
        Answer again = CALLER.post("/v1/visits", visit, "order-1");
        assertThat(List.of(first.status(), again.status())).containsExactly(200, 200);
        assertThat(again.body()).isEqualTo(first.body());
        Answer other = CALLER.post("/v1/visits", visit.replace("V4", "V5"), "order-1");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().path("code").asText()).isEqualTo("idempotency-key-reused");
        assertThat(CALLER.post("/v1/scans", visit, "order-1").status()).as("another path").isEqualTo(409);
        assertThat(new Caller(PORT, "ziliujing", "a-secret-of-ziliujing").post("/v1/visits", visit.replace("V4", "V6"), "order-1").status())
                .as("another platform's key").isEqualTo(200);
        assertThat(CALLER.post("/v1/visits", visit, "order-1").status()).as("after the others").isEqualTo(200);
        assertThat(CALLER.post("/v1/visits", visit, "with space").status()).isEqualTo(400);
        HUB.stop();
        HUB.start();
        assertThat(CALLER.post("/v1/visits", visit.replace("V4", "V7"), "order-1").status()).as("after a restart").isEqualTo(409);
        assertThat(records("kindergarten.visit.v1")).extracting(v -> v.path("visit").asText()).contains("V4", "V6").doesNotContain("V5", "V7");
    }

    @Test
    @Order(5)
    void ofDifferentContentsUnderOneKeyAtTheSameTimeOneIsTaken() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Integer>> calls = new ArrayList<>();
            IntStream.range(0, 6).forEach(i -> calls.add(() -> CALLER.post("/v1/visits",
                    "{\"visit\": \"R%d\", \"arrivedAt\": \"2026-03-03T11:00:00+08:00\", \"status\": \"turned-away\"}".formatted(i), "race").status()));
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers).containsOnly(200, 409).filteredOn(a -> a == 200).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(records("kindergarten.visit.v1")).filteredOn(v -> v.path("visit").asText().startsWith("R")).hasSize(1);
    }

    @Test
    @Order(6)
    void roundsAreJudgedByTheRule() throws Exception {
        assertThat(CALLER.post("/v1/patrols", """
                [{"point": "GATE", "passedAt": "2026-03-03T08:00:00+08:00", "guard": "测试二号"}, {"point": "YARD", "passedAt": "2026-03-03T08:05:00+08:00"},
                 {"point": "KITCHEN", "passedAt": "2026-03-03T08:15:00+08:00"},
                 {"point": "GATE", "passedAt": "2026-03-03T12:00:00+08:00"}, {"point": "YARD", "passedAt": "2026-03-03T12:10:01+08:00"},
                 {"point": "KITCHEN", "passedAt": "2026-03-03T12:15:00+08:00"},
                 {"point": "GATE", "passedAt": "2026-03-03T16:00:00+08:00"}, {"point": "KITCHEN", "passedAt": "2026-03-03T16:05:00+08:00"},
                 {"point": "YARD", "passedAt": "2026-03-03T16:09:00+08:00"}]""").number("accepted")).isEqualTo(9);
        HUB.hub().scheduler().run("kindergarten/judge-yesterday", LocalDate.parse(DAY));
        await().untilAsserted(() -> assertThat(records("kindergarten.round.v1")).filteredOn(r -> r.path("round").asText().equals("day"))
                .extracting(r -> r.path("start").asText().substring(11, 16), r -> r.path("outcome").asText(), r -> states(r))
                .containsExactlyInAnyOrder(tuple("08:00", "done", "normal normal normal"),
                        tuple("12:00", "wrong-interval", "normal wrong-interval normal"),
                        tuple("16:00", "out-of-order", "normal out-of-order normal"),
                        tuple("20:00", "not-walked", "missed missed missed")));
        assertThat(records("kindergarten.patrol.v1")).filteredOn(p -> p.has("guard")).extracting(p -> p.get("guard").asText()).containsExactly("测***");
    }

    @Test
    @Order(7)
    void aPlatformsOwnEventsAreReadInItsOwnWords() throws Exception {
        Caller other = new Caller(PORT, "ziliujing", "a-secret-of-ziliujing");
        Answer answer = other.post("/v1/events", """
                [{"category": "business", "id": 1610605689733, "method": "patrol.position.record", "subsystem": "evo-jpatrol", "info": {"recordId": 11,
                  "userId": 6, "userName": "测试三号", "swipeTime": "2026-03-03 23:55:11", "cardNumber": "D765C61A", "channelId": "100001$52$1",
                  "channelName": "视频通道", "channelType": 1, "stat": 2, "configInterval": 10, "deviceCode": "1000086"}},
                 {"method": "patrol.position.record", "info": {"recordId": "12", "swipeTime": "2026-03-04 00:01:00", "channelId": "100001$52$2", "stat": "2"}},
                 {"method": "patrol.position.record", "info": {"recordId": 13, "channelId": 7, "stat": 3}},
                 {"method": "door.opened", "info": {}}]""");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(tuple(answer.number("accepted"), answer.number("ignored"))).isEqualTo(tuple(2, 2));
        assertThat(other.post("/v1/events", "{\"method\": \"patrol.position.record\", \"info\": {\"swipeTime\": \"2026-02-30 08:00:00\"}}").body()
                .at("/errors/0/pointer").asText()).isEqualTo("/info/swipeTime");
        HUB.hub().scheduler().run("kindergarten/judge-yesterday", LocalDate.parse(DAY));
        await().untilAsserted(() -> assertThat(records("kindergarten.round.v1")).filteredOn(r -> r.path("round").asText().equals("night"))
                .extracting(r -> r.path("day").asText(), r -> r.path("outcome").asText()).containsExactly(tuple(DAY, "done")));
        assertThat(records("kindergarten.patrol.v1")).filteredOn(p -> p.has("card")).extracting(p -> p.get("card").asText(), p -> p.get("platformState").asText())
                .containsExactly(tuple("***", "normal"));
    }

    @Test
    @Order(8)
    void aMealIsSummedUpExactlyAndWhatIsNotKnownIsNamed() throws Exception {
        assertThat(CALLER.post("/v1/meals", """
                {"day": "2026-03-03", "kind": "lunch", "heads": 120, "dishes": [
                  {"name": "米饭", "ingredients": [{"ingredient": "粳米", "grams": 62.5}]},
                  {"name": "番茄炒蛋", "ingredients": [{"ingredient": "番茄", "grams": 80}, {"ingredient": "鸡蛋", "grams": 33.3}, {"ingredient": "植物油", "grams": 5},
                    {"ingredient": "折耳根", "grams": 1.5}]}]}""").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(records("kindergarten.nutrition.v1")).hasSize(1));
        JsonNode sum = records("kindergarten.nutrition.v1").get(0);
        // 62.5 × 3.45 + 80 × 0.20 + 33.3 × 1.45 + 5 × 8.99 = 215.625 + 16 + 48.285 + 44.95
        assertThat(sum.at("/perHead/energy").decimalValue()).isEqualByComparingTo("324.86");
        assertThat(sum.get("energy").decimalValue()).isEqualByComparingTo("38983.2");
        // 62.5 × 0.13 + 80 × 0.10 + 33.3 × 0.55 + 5 × 0.09 = 8.125 + 8 + 18.315 + 0.45
        assertThat(sum.at("/total/calcium").decimalValue()).isEqualByComparingTo("4186.8");
        assertThat(sum.get("grams").decimalValue()).isEqualByComparingTo("21876");
        assertThat(sum.get("complete").asBoolean()).isFalse();
        assertThat(sum.get("missing")).extracting(m -> m.get("ingredient").asText()).containsExactly("折耳根");
    }

    @Test
    @Order(9)
    void bookAndScansAreCompared() throws Exception {
        assertThat(CALLER.post("/v1/books", """
                [{"asset": "A1", "name": "儿童床", "location": "大一班"}, {"asset": "A2", "name": "钢琴", "location": "音乐室"},
                 {"asset": "A3", "name": "投影仪", "location": "会议室"}, {"asset": "A4", "name": "旧桌", "state": "disposed"},
                 {"asset": "A5", "name": "空调", "location": "大二班"}]""").number("accepted")).isEqualTo(5);
        assertThat(CALLER.post("/v1/scans", """
                [{"asset": "A1", "location": "大一班", "scannedAt": "2026-03-03T09:00:00+08:00", "scanner": "测试四号"},
                 {"asset": "A2", "location": "大一班", "scannedAt": "2026-03-03T09:05:00+08:00"},
                 {"asset": "A5", "location": "门厅", "scannedAt": "2026-03-03T09:06:00+08:00"},
                 {"asset": "A5", "location": "大二班", "scannedAt": "2026-03-03T09:07:00+08:00"},
                 {"asset": "X9", "location": "库房", "scannedAt": "2026-03-03T09:10:00+08:00"},
                 {"asset": "A3", "location": "会议室", "scannedAt": "2026-02-27T09:10:00+08:00"}]""").number("accepted")).isEqualTo(6);
        HUB.hub().scheduler().run("kindergarten/reconcile", LocalDate.parse(DAY));
        await().untilAsserted(() -> assertThat(records("kindergarten.reconciliation.v1")).hasSize(1));
        JsonNode found = records("kindergarten.reconciliation.v1").get(0);
        assertThat(List.of("book", "scanned", "matched", "missing", "surplus", "misplaced", "duplicate", "differences")).extracting(f -> found.get(f).asInt())
                .containsExactly(4, 4, 2, 1, 1, 1, 1, 3);
        assertThat(found.get("state").asText()).isEqualTo("under-way");
        assertThat(found.at("/missingAssets/0/asset").asText()).isEqualTo("A3");
        assertThat(found.at("/surplusAssets/0/asset").asText()).isEqualTo("X9");
        assertThat(found.at("/misplacedAssets/0/found").asText()).isEqualTo("大一班");
        assertThat(found.at("/duplicateAssets/0/locations")).hasSize(2);
        HUB.hub().scheduler().run("kindergarten/reconcile", LocalDate.parse("2026-03-31"));
        await().untilAsserted(() -> assertThat(records("kindergarten.reconciliation.v1").get(0).get("state").asText()).isEqualTo("closed"));
    }

    @Test
    @Order(10)
    void theWeekAddsUpFromTheUnitsToTheProvince() {
        HUB.hub().scheduler().run("kindergarten/weekly-figures", LocalDate.parse(DAY));
        JsonNode report = HUB.get("/reports/kindergarten-weekly/2026-W10?unit=510000");
        assertThat(List.of("visits", "turnedAway", "roundsDue", "roundsDone", "roundsMissed", "roundsOutOfOrder", "roundsWrongInterval", "meals",
                "mealsIncomplete", "heads", "assetsScanned", "differences")).extracting(i -> report.at("/total/values/" + i).asInt())
                .containsExactly(3, 1, 6, 2, 2, 1, 1, 1, 1, 120, 4, 3);
        assertThat(report.at("/total/values/energyPerHead").asDouble()).isCloseTo(324.86, org.assertj.core.api.Assertions.within(0.05));
        assertThat(report.at("/total/received").asInt()).isEqualTo(3);
        int rounds = 0;
        for (JsonNode city : report.at("/total/parts")) {
            rounds += city.at("/values/roundsDue").asInt();
        }
        assertThat(rounds).isEqualTo(6);
    }

    @Test
    @Order(11)
    void whatWentWrongIsToldSignedOnceAndAgainUntilItIsTaken() {
        await().untilAsserted(() -> assertThat(RECEIVER.events()).extracting(e -> e.path("event").asText(), e -> e.at("/record/outcome").asText())
                .contains(tuple("patrol.round", "wrong-interval"), tuple("patrol.round", "out-of-order"), tuple("patrol.round", "not-walked"),
                        tuple("assets.reconciliation", "")));
        await().untilAsserted(() -> assertThat(RECEIVER.events()).filteredOn(e -> e.at("/record/outcome").asText().equals("done"))
                .as("first told as not walked").extracting(e -> e.at("/record/round").asText()).containsExactly("night"));
        assertThat(RECEIVER.unsigned()).isZero();
        assertThat(RECEIVER.turnedAway()).as("the first ones were answered 503").isEqualTo(2);
        await().untilAsserted(() -> assertThat(HUB.hub().records().subscriptions()).filteredOn(s -> s.name().startsWith("kindergarten/tell"))
                .allSatisfy(s -> assertThat(s.waiting() + s.retrying() + s.dead()).isZero()));
    }

    @Test
    @Order(12)
    void whatWasToldIsToldAgainWhenWhatCameLatePutsItRight() throws Exception {
        assertThat(CALLER.post("/v1/patrols", """
                [{"point": "GATE", "passedAt": "2026-03-03T20:00:00+08:00"}, {"point": "YARD", "passedAt": "2026-03-03T20:05:00+08:00"},
                 {"point": "KITCHEN", "passedAt": "2026-03-03T20:12:00+08:00"}]""").number("accepted")).isEqualTo(3);
        HUB.hub().scheduler().run("kindergarten/judge-yesterday", LocalDate.parse(DAY));
        await().untilAsserted(() -> assertThat(RECEIVER.events()).filteredOn(e -> e.at("/record/start").asText().startsWith(DAY + "T20:00"))
                .extracting(e -> e.at("/record/outcome").asText()).containsExactly("not-walked", "done"));
        assertThat(RECEIVER.events()).as("a round that was done from the beginning is nobody's news")
                .noneMatch(e -> e.at("/record/start").asText().startsWith(DAY + "T08:00"));
    }

    @Test
    @Order(13)
    void visitorsAreGoneAfterTheirRetention() throws Exception {
        String today = Instant.now().atZone(java.time.ZoneId.of("Asia/Shanghai")).toLocalDate().toString();
        assertThat(CALLER.post("/v1/visits", """
                [{"visit": "OLD", "arrivedAt": "2001-01-01T09:00:00+08:00", "status": "left"},
                 {"visit": "NEW", "arrivedAt": "%sT09:00:00+08:00", "status": "in"}]""".formatted(today)).status()).isEqualTo(200);
        assertThat(records("kindergarten.visit.v1")).extracting(v -> v.path("visit").asText()).contains("OLD", "NEW");
        HUB.hub().scheduler().run("hub/retention", null);
        assertThat(records("kindergarten.visit.v1")).extracting(v -> v.path("visit").asText()).contains("NEW").doesNotContain("OLD");
    }

    private static String states(JsonNode round) {
        List<String> states = new ArrayList<>();
        round.path("points").forEach(p -> states.add(p.path("state").asText()));
        return String.join(" ", states);
    }

    private static List<Flow> refusals() {
        return HUB.hub().ledger().find(new FlowQuery(FlowFilter.of(org.yuzui.ledger.FlowStatus.REFUSED), null, 100)).flows().stream().filter(f -> f.causeCode() != null).toList();
    }

    private static List<JsonNode> records(String contract) {
        return HUB.hub().records().store().find(RecordQuery.of(contract)).stream().map(r -> r.body()).toList();
    }
}
