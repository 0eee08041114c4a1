package org.yuzui.plugin.vehicle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.testkit.HubExtension;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.vehicle.Patience.await;

/** Whose dispatch orders a running hub takes, as drivers come and go. */
class DriverValidityTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNIT = "510104-V01";
    private static final Site SITE = new Site();

    @RegisterExtension
    static final HubExtension HUB = SITE.hub("""
            listen: {port: %d}
            platforms: {port: %d}
            http: {port: %d, token: %s}
            """);

    @Test
    void theDriversOwnRecordBoundsIt() throws Exception {
        driver("A1", "510104-F01/0001", "\"status\": \"active\", \"validFrom\": \"2026-03-01\", \"validUntil\": \"2026-03-31\"", 1);
        order("A1", "2026-03-01", 200);
        order("A1", "2026-03-31", 200);
        assertThat(order("A1", "2026-02-28", 422)).contains("driver-not-valid").contains("valid from 2026-03-01");
        assertThat(order("A1", "2026-04-01", 422)).contains("valid until 2026-03-31");
        driver("A1", "510104-F01/0001", "\"status\": \"active\", \"validUntil\": \"2026-12-31\"", 2);
        order("A1", "2026-04-01", 200);
        driver("A1", "510104-F01/0001", "\"status\": \"left\"", 3);
        assertThat(order("A1", "2026-04-02", 422)).contains("says 'left'");
        driver("A1", "510104-F01/0001", "\"status\": \"active\"", 2); // came late: an older one
        order("A1", "2026-04-02", 422);
    }

    @Test
    void aDriverWhoIsNotKnownIsRefusedAndOneWhoIsNotNamedIsNot() throws Exception {
        assertThat(order("NOBODY", "2026-03-02", 422)).contains("unknown-driver");
        assertThat(send("dispatches", body("", "2026-03-02", "approved", "X1")).statusCode()).isEqualTo(200);
        assertThat(send("dispatches", body("NOBODY", "2026-03-02", "cancelled", "X2")).statusCode()).isEqualTo(200);
    }

    @Test
    void whoLeftMayNotDriveFromThatDayOn() throws Exception {
        driver("B1", "510104-F01/0002", "\"status\": \"active\"", 1);
        order("B1", "2026-03-10", 200);
        said("510104-F01/0002", "2026-03-10", "ended", "2026-03-10T08:00:00+08:00");
        said("510104-F01/0002", "2026-03-10", "ended", "2026-03-10T08:00:00+08:00"); // twice
        assertThat(order("B1", "2026-03-10", 422)).contains("ended the service on 2026-03-10");
        order("B1", "2026-03-09", 200);
        await().untilAsserted(() -> assertThat(HUB.hub().ledger().find(new FlowQuery(FlowFilter.of(FlowStatus.REFUSED), null, 100)).flows()).anyMatch(f -> f.cause().contains("2026-03-10")));
    }

    @Test
    void itDoesNotMatterThatTheDriverBecomesKnownLater() throws Exception {
        said("510104-F01/0003", "2026-03-10", "ended", "2026-03-10T08:00:00+08:00");
        driver("C1", "510104-F01/0003", "\"status\": \"active\"", 1);
        order("C1", "2026-03-12", 422);
    }

    @Test
    void whatIsTakenBackCountsNoMore() throws Exception {
        driver("D1", "510104-F01/0004", "\"status\": \"active\"", 1);
        said("510104-F01/0004", "2026-03-10", "ended", "2026-03-10T08:00:00+08:00");
        order("D1", "2026-03-12", 422);
        said("510104-F01/0004", "2026-03-10", "began", "2026-03-11T08:00:00+08:00"); // of the same day: it was a mistake
        order("D1", "2026-03-12", 200);
        said("510104-F01/0004", "2026-03-10", "ended", "2026-03-10T08:00:00+08:00"); // told again, late
        order("D1", "2026-03-13", 200);
        said("510104-F01/0004", "2026-04-01", "ended", "2026-04-01T08:00:00+08:00");
        said("510104-F01/0004", "2026-05-01", "began", "2026-05-01T08:00:00+08:00"); // and came back a month later
        order("D1", "2026-03-31", 200);
        order("D1", "2026-04-15", 422);
        order("D1", "2026-05-02", 200);
    }

    @Test
    void ofAListOnlyWhatDoesNotHoldIsRefused() throws Exception {
        driver("E1", "510104-F01/0005", "\"status\": \"active\"", 1);
        driver("E2", "510104-F01/0006", "\"status\": \"left\"", 1);
        HttpResponse<String> answer = send("dispatches", "[" + body("E1", "2026-03-02", "approved", "E-1") + ","
                + body("E2", "2026-03-02", "approved", "E-2") + "," + body("E1", "2026-03-03", "no-such-status", "E-3") + ","
                + body("E1", "2026-03-04", "approved", "E-4") + "]");
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode said = JSON.readTree(answer.body());
        assertThat(said.get("accepted").asInt()).isEqualTo(2);
        assertThat(said.get("refused")).extracting(r -> r.get("index").asInt()).containsExactly(1, 2);
        assertThat(said.at("/refused/0/code").asText()).isEqualTo("driver-not-valid");
    }

    @Test
    void anOrderThatWasRefusedHoldsWhenItIsSentOnAfterItsDriverIsKnown() throws Exception {
        Instant began = Instant.now();
        order("F1", "2026-03-20", 422);
        FlowQuery mine = new FlowQuery(FlowFilter.where().status(FlowStatus.REFUSED).causeCode("unknown-driver").between(began, null).build(),
                null, 10);
        await().untilAsserted(() -> assertThat(HUB.hub().ledger().find(mine).flows()).isNotEmpty());
        String refused = HUB.hub().ledger().find(mine).flows().get(0).id().toString();
        assertThat(replayed(refused).at("/failed").asInt()).as("nothing has changed").isEqualTo(1);

        driver("F1", "510104-F01/0007", "\"status\": \"active\"", 1);
        assertThat(replayed(refused).at("/done").asInt()).isEqualTo(1);

        assertThat(HUB.hub().records().store().versions("vehicle.dispatch.v1", UNIT + "|F1-2026-03-20")).singleElement()
                .satisfies(r -> assertThat(r.day()).hasToString("2026-03-20"));
    }

    private static JsonNode replayed(String flow) {
        String replay = "/replays/" + HUB.post("/replays", "{\"only\": [\"" + flow + "\"]}").at("/id").asLong();
        await().untilAsserted(() -> assertThat(HUB.get(replay).at("/state").asText()).isEqualTo("DONE"));
        return HUB.get(replay);
    }

    @Test
    void refuellingsAreKeptOnce() throws Exception {
        String one = "{\"unit\": \"%s\", \"plate\": \"川A00001\", \"litres\": 45.2, \"amount\": 352.56, \"at\": \"2026-03-02T09:00:00+08:00\"}"
                .formatted(UNIT);
        assertThat(send("refuels", "[" + one + "," + one + "]").statusCode()).isEqualTo(200);
        assertThat(send("refuels", one.replace("45.2", "0")).statusCode()).isEqualTo(422);
        assertThat(HUB.hub().records().store().versions("vehicle.refuel.v1", "川A00001|2026-03-02T09:00:00+08:00"))
                .singleElement().satisfies(r -> assertThat(r.day()).hasToString("2026-03-02"));
    }

    private static void driver(String driver, String person, String fields, int version) throws Exception {
        assertThat(send("drivers", "{\"unit\": \"%s\", \"driver\": \"%s\", \"person\": \"%s\", %s, \"updatedAt\": \"2026-02-0%dT08:00:00+08:00\"}"
                .formatted(UNIT, driver, person, fields, version)).statusCode()).isEqualTo(200);
    }

    private static String order(String driver, String day, int status) throws Exception {
        HttpResponse<String> answer = send("dispatches", body(driver, day, "approved", driver + "-" + day));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private static String body(String driver, String day, String status, String order) {
        return "{\"unit\": \"%s\", \"order\": \"%s\", \"vehicle\": \"川A00001\", %s \"from\": \"%sT09:00:00+08:00\", \"until\": \"%sT12:00:00+08:00\","
                .formatted(UNIT, order, driver.isEmpty() ? "" : "\"driver\": \"" + driver + "\",", day, day)
                + " \"status\": \"%s\", \"updatedAt\": \"2026-03-01T17:00:00+08:00\"}".formatted(status);
    }

    /** As a site's route says it of what the personnel system tells. */
    private static void said(String person, String day, String kind, String at) throws Exception {
        HUB.hub().records().publish(new Draft("vehicle.driver-service.v1", JSON.readTree("""
                {"unit": "%s", "person": "%s", "day": "%s", "kind": "%s", "at": "%s"}""".formatted(UNIT, person, day, kind, at)),
                Origin.of("site", "1", "leavers")));
    }

    private static HttpResponse<String> send(String path, String json) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SITE.http + "/" + path))
                .header("Authorization", "Bearer " + Site.TOKEN).POST(HttpRequest.BodyPublishers.ofString(json)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
