package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.testkit.HubExtension;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.yuzui.plugin.assets.Patience.await;

/** Two service centres' October, called in over HTTP and by file, up to the province's report. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonthThroughTheHubTest {

    private static final Site SITE = new Site("month");
    private static final LocalDate END = LocalDate.parse("2026-10-31");

    @RegisterExtension
    static final HubExtension HUB = SITE.hub;

    @Test
    @Order(1)
    void whoHasNoTokenIsTurnedAwayAndTheDocumentIsForAll() throws Exception {
        assertThat(SITE.post("/assets", "wrong", "[]").statusCode()).isEqualTo(401);
        assertThat(SITE.post("/planes", "{}").statusCode()).isEqualTo(404);
        assertThat(SITE.get("/openapi.yaml").body()).contains("openapi: 3.1.0", "/movements");
    }

    @Test
    @Order(2)
    void everyFailingFieldOfACallIsNamedAndNothingIsTaken() throws Exception {
        HttpResponse<String> answer = SITE.post("/assets", "[" + asset("Z-0", "锦江", "A05", 10, "idle") + ", {\"unit\": \"武侯\", \"asset\": 12, "
                + "\"name\": \"桌子\", \"category\": \"A05\", \"quantity\": 0, \"unitOfMeasure\": \"张\", \"originalValue\": \"十元\", "
                + "\"acquiredOn\": \"2026-02-30\", \"state\": \"lost\", \"colour\": \"red\"}]");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("errors")).extracting(e -> e.path("pointer").asText(), e -> e.path("code").asText()).containsExactlyInAnyOrder(
                tuple("/1", "unknown-field"), tuple("/1/unit", "unknown-unit"), tuple("/1/asset", "number-as-code"), tuple("/1/quantity", "zero"),
                tuple("/1/originalValue", "bad-number"), tuple("/1/acquiredOn", "bad-date"), tuple("/1/state", "unknown-value"), tuple("/1/day", "missing"));
        assertThat(SITE.post("/assets", "{").statusCode()).isEqualTo(400);
        assertThat(SITE.records("assets.asset.v1")).isEmpty();
    }

    @Test
    @Order(3)
    void assetsAndMovementsAreDurableWhenTheyAreAnswered() throws Exception {
        String cards = "[" + String.join(",", asset("Z-1", "锦江", "A02010105", 5800, "in-use"), asset("Z-2", "锦江", "A05010202", 3200, "warehouse"),
                asset("Z-3", "锦江", "A02030503", 180000, "idle"), asset("Z-4", "自流井", "A02061900", 90000, "in-use"),
                asset("Z-5", "自流井", "A02030503", 120000, "idle")) + "]";
        assertThat(SITE.post("/assets", cards).body()).isEqualTo("{\"accepted\":5}");
        assertThat(SITE.post("/assets", cards).statusCode()).as("again").isEqualTo(200);
        assertThat(SITE.all("assets.asset.v1")).hasSize(5);
        assertThat(SITE.post("/movements", """
                [{"kind": "disposal", "unit": "锦江", "number": "C1", "asset": "Z-3", "day": "2026-10-28", "method": "sale", "startPrice": 50000, "dealPrice": 61725.5, "approval": "3号"},
                 {"kind": "loan", "unit": "自流井", "number": "J1", "asset": "Z-4", "day": "2026-10-08", "toUnit": "锦江", "borrower": "测试二号", "dueOn": "2026-10-20"},
                 {"kind": "disposal", "unit": "自流井", "number": "C2", "asset": "Z-5", "day": "2026-10-20", "method": "sale", "startPrice": 20000, "dealPrice": 18000, "approval": "4号"}]""")
                .body()).isEqualTo("{\"accepted\":3}");
        assertThat(SITE.records("assets.movement.v1").toString()).contains("测***").doesNotContain("测试二号");
    }

    @Test
    @Order(4)
    void whatCanNotBeIsRefusedWithItsCure() throws Exception {
        assertThat(movement("disposal", "自流井", "C9", "Z-4", "2026-10-25", "\"method\": \"scrap\", \"approval\": \"9号\"")).contains("asset-lent", "Send its return first", "/0");
        assertThat(movement("return", "锦江", "G9", "Z-1", "2026-10-25", null)).contains("not-lent");
        assertThat(movement("loan", "锦江", "J9", "Z-3", "2026-10-30", "\"dueOn\": \"2026-11-30\"")).contains("asset-disposed", "final");
        assertThat(movement("loan", "自流井", "J9", "Z-1", "2026-10-30", "\"dueOn\": \"2026-11-30\"")).contains("wrong-unit");
        assertThat(movement("loan", "锦江", "J9", "Z-99", "2026-10-30", "\"dueOn\": \"2026-11-30\"")).contains("unknown-asset");
        assertThat(movement("disposal", "自流井", "C9", "Z-4", "2026-10-02", "\"method\": \"scrap\", \"approval\": \"9号\"")).as("it would be gone before it was lent")
                .contains("contradicts-later", "loan J1 of 2026-10-08");
        assertThat(SITE.records("assets.movement.v1")).hasSize(3);
        await().untilAsserted(() -> assertThat(SITE.refused()).extracting(f -> f.causeCode()).contains("asset-lent", "not-lent", "contradicts-later"));
    }

    @Test
    @Order(5)
    void theMonthAddsUpFromCountyToProvince() throws Exception {
        HUB.hub().scheduler().run("assets/monthly-report", END);
        await().untilAsserted(() -> assertThat(SITE.records("assets.stock.v1")).hasSize(6));

        JsonNode jj = month(Site.JJ);
        assertThat(jj.path("number").asInt()).isEqualTo(2);
        assertThat(jj.path("value").decimalValue()).isEqualByComparingTo("9000");
        assertThat(jj.path("numberWarehouse").asInt()).isEqualTo(1);
        assertThat(jj.path("valueFurniture").decimalValue()).isEqualByComparingTo("3200");
        assertThat(jj.path("gain").decimalValue()).isEqualByComparingTo("11725.5");
        assertThat(jj.path("premium").decimalValue()).isEqualByComparingTo("0.2345");
        JsonNode zlj = month(Site.ZLJ);
        assertThat(zlj.path("numberLent").asInt()).isEqualTo(1);
        assertThat(zlj.path("overdue").asInt()).isEqualTo(1);
        assertThat(zlj.path("underStart").asInt()).isEqualTo(1);
        assertThat(zlj.path("premium").decimalValue()).isEqualByComparingTo("-0.1");
        JsonNode total = report();
        assertThat(total.at("/values/number").asInt()).isEqualTo(3);
        assertThat(total.at("/values/value").decimalValue()).isEqualByComparingTo("99000");
        assertThat(total.at("/values/disposed").asInt()).isEqualTo(2);
        assertThat(total.at("/values/disposedValue").decimalValue()).isEqualByComparingTo("300000");
        // (61725.5 - 50000 + 18000 - 20000) / (50000 + 20000) = 9725.5 / 70000 = 13.8935… %, and not the mean of 23.45 % and -10 %
        assertThat(total.at("/values/premium").asDouble()).isBetween(13.89, 13.90);
        assertThat(total.path("parts")).hasSize(2);
    }

    @Test
    @Order(6)
    void whatComesLateCountsInItsMonth() throws Exception {
        assertThat(SITE.post("/movements", """
                {"kind": "reallocation", "unit": "锦江", "number": "D1", "asset": "Z-2", "day": "2026-10-05", "toUnit": "自流井", "saved": 3200, "approval": "5号"}""")
                .statusCode()).isEqualTo(200);
        HUB.hub().scheduler().run("assets/monthly-report", LocalDate.parse("2026-11-02"));
        await().untilAsserted(() -> {
            assertThat(month(Site.JJ).path("numberWarehouse").asInt()).isZero();
            assertThat(month(Site.JJ).path("reallocatedOutValue").decimalValue()).isEqualByComparingTo("3200");
            assertThat(month(Site.ZLJ).path("saved").decimalValue()).isEqualByComparingTo("3200");
            assertThat(report().at("/values/reallocatedIn").asInt()).isEqualTo(1);
            assertThat(report().at("/values/number").asInt()).isEqualTo(3);
        });
        assertThat(movement("loan", "锦江", "J7", "Z-2", "2026-10-30", "\"dueOn\": \"2026-11-30\"")).as("it is another unit's now").contains("wrong-unit");
    }

    @Test
    @Order(7)
    void anOverdueLoanIsFoundAndSettled() throws Exception {
        HUB.hub().scheduler().run("assets/overdue-loans", LocalDate.parse("2026-10-20"));
        assertThat(SITE.records("assets.overdue.v1")).as("it is due today").isEmpty();
        HUB.hub().scheduler().run("assets/overdue-loans", END);
        await().untilAsserted(() -> assertThat(SITE.records("assets.overdue.v1")).extracting(o -> o.path("loan").asText(), o -> o.path("state").asText())
                .containsExactly(tuple("J1", "overdue")));
        assertThat(SITE.post("/movements", "{\"kind\": \"return\", \"unit\": \"自流井\", \"number\": \"G1\", \"asset\": \"Z-4\", \"day\": \"2026-11-03\"}")
                .statusCode()).isEqualTo(200);
        HUB.hub().scheduler().run("assets/overdue-loans", LocalDate.parse("2026-11-04"));
        await().untilAsserted(() -> assertThat(SITE.records("assets.overdue.v1")).extracting(o -> o.path("state").asText(), o -> o.path("returnedOn").asText())
                .containsExactly(tuple("settled", "2026-11-03")));
    }

    @Test
    @Order(8)
    void aMistakeIsTakenBack() throws Exception {
        assertThat(SITE.post("/movements", """
                {"kind": "disposal", "unit": "锦江", "number": "C1", "asset": "Z-3", "day": "2026-10-28", "status": "void", "method": "sale", "startPrice": 50000, "dealPrice": 61725.5, "approval": "3号"}""")
                .statusCode()).isEqualTo(200);
        assertThat(movement("loan", "锦江", "J8", "Z-3", "2026-10-30", "\"dueOn\": \"2026-11-30\"")).contains("\"accepted\":1");
    }

    @Test
    @Order(9)
    void ofCallsAboutAnAssetAtTheSameTimeOneIsRight() throws Exception {
        SITE.post("/assets", "[" + asset("Z-20", "锦江", "A05", 10, "idle") + "," + asset("Z-21", "锦江", "A05", 10, "idle") + "]");
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int number = i;
            calls.add(CompletableFuture.supplyAsync(() -> {
                try { // the door has four workers, so that several of them are about the same asset
                    return movement("loan", "锦江", "J2" + number, "Z-2" + number % 2, "2026-11-05", "\"dueOn\": \"2026-11-30\"");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        List<String> answers = calls.stream().map(CompletableFuture::join).toList();
        assertThat(answers).filteredOn(a -> a.contains("\"accepted\":1")).hasSize(2);
        assertThat(answers).filteredOn(a -> !a.contains("\"accepted\":1")).hasSize(10).allMatch(a -> a.contains("asset-lent"));
    }

    private static String asset(String number, String unit, String category, int value, String state) {
        return ("{\"unit\": \"%s\", \"asset\": \"%s\", \"name\": \"示范资产\", \"category\": \"%s\", \"quantity\": 1, \"unitOfMeasure\": \"台\", "
                + "\"originalValue\": %d, \"acquiredOn\": \"2020-05-06\", \"state\": \"%s\", \"keeper\": \"测试一号\", \"day\": \"2026-08-31\"}")
                .formatted(unit, number, category, value, state);
    }

    private static String movement(String kind, String unit, String number, String asset, String day, String more) throws Exception {
        return SITE.post("/movements", "{\"kind\": \"%s\", \"unit\": \"%s\", \"number\": \"%s\", \"asset\": \"%s\", \"day\": \"%s\"%s}"
                .formatted(kind, unit, number, asset, day, more == null ? "" : ", " + more)).body();
    }

    private static JsonNode month(String unit) {
        return SITE.records("assets.stock.v1").stream().filter(s -> s.path("unit").asText().equals(unit) && s.path("period").asText().equals("2026-10"))
                .findFirst().orElseThrow();
    }

    private static JsonNode report() {
        return HUB.get("/reports/assets-monthly/2026-10?unit=510000").path("total");
    }
}
