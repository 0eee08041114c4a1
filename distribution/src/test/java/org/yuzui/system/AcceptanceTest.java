package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The demonstration, step by step, as README tells it, on a hub as it is shipped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcceptanceTest {

    private static final String DAY = "2026-11-22";
    private static final String[] FIGURES = {"outpatientVisits", "admissions", "discharges"};

    private Site site;
    private HubProcess hub;

    @BeforeAll
    void start() throws Exception {
        site = Site.shipped("acceptance");
        hub = site.start();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Order(1)
    @Test
    void messagesBecomeRecordsOnceAndAddUpFromInstitutionToProvince() throws Exception {
        // When 2000 messages are sent, all are accepted; sent again, all are accepted and no record is added.
        JsonNode first = send();
        assertThat(first.path("AA").asInt()).as(first.toString()).isEqualTo(2000);
        Rest rest = site.rest();
        List<JsonNode> visits = rest.flows("his.visit.v1");
        List<JsonNode> results = rest.flows("his.result.v1");
        assertThat(visits.size() + results.size()).isEqualTo(2000);

        JsonNode second = send();
        assertThat(second.path("AA").asInt()).as(second.toString()).isEqualTo(2000);
        assertThat(rest.flows("his.visit.v1")).hasSameSizeAs(visits);
        assertThat(rest.flows("his.result.v1")).hasSameSizeAs(results);

        // Then the day is summed up, and the report says what was sent.
        JsonNode ran = Rest.JSON.readTree(site.yuzui("schedule", "run", "his/daily-summary", "--for", DAY, "--json").ok().out());
        assertThat(ran.path("state").asText()).as(ran.toString()).isEqualTo("DONE");
        JsonNode expected = expectation();
        JsonNode report = Rest.JSON.readTree(
                site.yuzui("report", "show", "hospital-daily", DAY, "--unit", "510000", "--json").ok().out());
        JsonNode total = report.path("total");
        assertThat(total.path("received").asInt()).isEqualTo(24).isEqualTo(total.path("expected").asInt());
        assertFigures(total, expected.path("total"));
        Map<String, JsonNode> byUnit = new HashMap<>();
        index(total, byUnit);
        assertThat(expected.path("units")).hasSize(24);
        for (JsonNode unit : expected.path("units")) {
            assertFigures(byUnit.get(unit.path("unit").asText()), unit);
        }
        byUnit.values().forEach(AcceptanceTest::assertPartsAddUp);

        // Written to a file, it can be recomputed without a hub.
        String file = site.home.resolve("out/hospital-daily.json").toString();
        site.yuzui("report", "export", "hospital-daily", DAY, file, "--unit", "510000").ok();
        site.yuzui("report", "verify", file).ok();

        String tree = site.yuzui("report", "show", "hospital-daily", DAY, "--unit", "510000", "--lang", "zh").ok().out();
        assertThat(tree).contains("四川省").contains("  成都市").contains("24/24");

        // And a record's whole way can be looked at, with a token only.
        String id = visits.get(0).path("id").asText();
        JsonNode detail = rest.get("/api/v1/records/" + id);
        assertThat(detail.path("hops")).extracting(h -> h.path("kind").asText()).contains("RECEIVED", "STORED", "DUPLICATE");
        assertThat(site.yuzui("record", "show", id).ok().out()).contains("RECEIVED").contains("STORED");
        assertThat(rest.status("/api/v1/records", null)).isEqualTo(401);
        assertThat(rest.status("/api/v1/records", "wrong")).isEqualTo(401);
    }

    @Order(2)
    @Test
    void commandsSayWhatIsWrongByTheirExitCode() throws Exception {
        assertThat(site.yuzui("node", "status").code()).isZero();
        assertThat(site.yuzui("plugin", "list").ok().out())
                .contains("his", "vehicle", "energy", "finance", "kindergarten", "hr", "assets").contains("RUNNING")
                .doesNotContain("FAILED");
        assertThat(site.yuzui("--help").ok().out()).contains("ledger").contains("doctor");
        assertThat(site.yuzui("nonsense").err()).contains("nonsense").doesNotContain("\tat ");
        assertThat(site.yuzui("record", "find", "--nonsense").code()).isEqualTo(2);
        assertThat(site.yuzui(Map.of("YUZUI_TOKEN", "wrong"), "record", "find").code()).isEqualTo(7);
        Site.Ended unknown = site.yuzui("report", "show", "hospital-dayly", DAY);
        assertThat(unknown.code()).isEqualTo(8);
        assertThat(unknown.err()).contains("hospital-daily").doesNotContain("\tat ");
        assertThat(site.yuzui("report", "show", "hospital-dayly", DAY, "--lang", "zh").err()).contains("没有该报表").contains("hospital-daily")
                .doesNotContain("\tat ");
        hub.terminate();
        assertThat(site.yuzui("node", "status").code()).isEqualTo(6);
        assertThat(site.yuzui("demo", "send-hl7", "--count", "1").code()).isEqualTo(6);
    }

    private JsonNode send() throws Exception {
        return Rest.JSON.readTree(site.yuzui("demo", "send-hl7", "--count", "2000", "--to", DAY, "--json").ok().out());
    }

    private JsonNode expectation() throws Exception {
        JsonNode days = Rest.JSON.readTree(
                site.yuzui("demo", "send-hl7", "--count", "2000", "--to", DAY, "--expect").ok().out()).path("days");
        for (JsonNode day : days) {
            if (day.path("day").asText().equals(DAY)) {
                return day;
            }
        }
        throw new AssertionError(DAY + " is not in " + days);
    }

    private static void index(JsonNode total, Map<String, JsonNode> byUnit) {
        byUnit.put(total.path("unit").path("code").asText(), total);
        total.path("parts").forEach(part -> index(part, byUnit));
    }

    private static void assertFigures(JsonNode total, JsonNode expected) {
        assertThat(total).as(expected.toString()).isNotNull();
        for (String figure : FIGURES) {
            assertThat(total.path("values").path(figure).asInt())
                    .as("%s of %s", figure, total.path("unit").path("code").asText())
                    .isEqualTo(expected.path(figure).asInt());
        }
        assertThat(total.path("values").path("bedsOccupied").asInt()).isEqualTo(expected.path("inHouse").asInt());
    }

    private static void assertPartsAddUp(JsonNode total) {
        if (total.path("parts").isEmpty()) {
            return;
        }
        for (String figure : FIGURES) {
            int sum = 0;
            for (JsonNode part : total.path("parts")) {
                sum += part.path("values").path(figure).asInt();
            }
            assertThat(sum).as("%s of %s", figure, total.path("unit").path("code").asText())
                    .isEqualTo(total.path("values").path(figure).asInt());
        }
    }
}
