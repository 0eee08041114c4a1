package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What calls hand on to the rooms behind them, and what they say to a caller who is mistaken. */
class CallsTest {

    @AutoClose
    private static FakeHub hub = new FakeHub();

    @Test
    void facets_and_causes_take_the_same_filter() {
        String filter = "?status=DEAD&status=refused&plugin=his&route=receive-visit&causeCode=charset&cause=00000000000000aa&unit=510104-H01";
        FlowFilter expected = FlowFilter.where().status(FlowStatus.DEAD, FlowStatus.REFUSED).units(Set.of("510104-H01"))
                .plugin("his").route("receive-visit").causeCode("charset").cause("00000000000000aa").build();

        JsonNode facets = FakeHub.json(hub.get("/api/v1/record-facets" + filter));
        assertThat(hub.ledger.counted).isEqualTo(expected);
        assertThat(facets.at("/groups/0/by").asText()).isEqualTo("status");
        assertThat(facets.at("/groups/0/counts/0/flows").asInt()).isEqualTo(2);

        JsonNode causes = FakeHub.json(hub.get("/api/v1/causes" + filter));
        assertThat(hub.ledger.counted).isEqualTo(expected);
        assertThat(causes.at("/groups/0/id").asText()).isEqualTo("00000000000000aa");
        assertThat(causes.at("/groups/0/latest/causeCode").asText()).isEqualTo("unknown-facility");
    }

    @Test
    void aUnitMeansAllBelowIt() {
        hub.get("/api/v1/records?unit=510100");

        assertThat(hub.ledger.asked.filter().units()).isEqualTo(Set.of("510100", "510104", "510104-H01"));
    }

    @Test
    void withoutParametersNothingIsLeftOut() {
        hub.get("/api/v1/records?status=&unit=");

        assertThat(hub.ledger.asked).isEqualTo(new FlowQuery(FlowFilter.ALL, null, 50));
    }

    @Test
    void everyFilterReachesTheLedger() {
        hub.get("/api/v1/records?contract=c.v1&key=K1&status=refused&from=2026-11-22&to=2026-11-22&q=x%20y&cursor=0&limit=7");

        assertThat(hub.ledger.asked).isEqualTo(new FlowQuery(FlowFilter.where().contract("c.v1").key("K1").status(FlowStatus.REFUSED)
                .between(Instant.parse("2026-11-21T16:00:00Z"), Instant.parse("2026-11-22T16:00:00Z")).text("x y").build(), "0", 7));
    }

    @Test
    void fieldsAreAskedForByNameOrPointerIfAContractHasAnIndexOfThem() {
        assertThat(hub.get("/api/v1/records?field=dischargedOn:2026-11-22T08:30&field=/patient/idNumber:511023").statusCode()).isEqualTo(200);
        assertThat(hub.ledger.asked.filter().fields()).isEqualTo(java.util.Map.of("dischargedOn", "2026-11-22T08:30", "patient.idNumber", "511023"));

        HttpResponse<String> unknown = hub.get("/api/v1/records?contract=his.visit.v1&field=dischargedAt:x");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(FakeHub.json(unknown).path("code").asText()).isEqualTo("not-indexed");
        assertThat(FakeHub.json(unknown).path("cure").asText()).contains("'dischargedOn'");
        assertThat(hub.get("/api/v1/records?contract=gone.v1&field=ward:7").statusCode()).as("its records are still there").isEqualTo(200);
    }

    @Test
    void whatWasMadeFromARecordIsAsked() {
        hub.get("/api/v1/records/" + FakeHub.STORED + "/children?limit=7");

        assertThat(hub.ledger.asked.filter()).isEqualTo(org.yuzui.ledger.FlowFilter.madeFrom(FakeHub.STORED));
        assertThat(hub.ledger.asked.limit()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T08:00:00%2B08:00", "2026-11-22T08:00:00+08:00", "2026-11-22T00:00:00Z"})
    void anInstantIsTakenAsItIs(String from) {
        hub.get("/api/v1/records?from=" + from);

        assertThat(hub.ledger.asked.filter().from()).isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
    }

    @Test
    void pagesFollowEachOther() {
        JsonNode first = FakeHub.json(hub.get("/api/v1/records?limit=2"));
        JsonNode second = FakeHub.json(hub.get("/api/v1/records?limit=2&cursor=" + first.path("next").asText()));

        assertThat(first.path("records")).hasSize(2);
        assertThat(second.path("records")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/api/v1/records?contrct=x|400|unknown-parameter|query contrct|Did you mean 'contract'?",
            "/api/v1/hub?verbose=1|400|unknown-parameter|query verbose|This call takes none.",
            "/api/v1/records?unit=510100&unit=510000|400|repeated-parameter|query unit|Give it once.",
            "/api/v1/records?key=a%00|400|bad-text|query key|",
            "/api/v1/records?unit=510101|400|unknown-unit|query unit|Did you mean '510100'?",
            "/api/v1/records?field=dischargedOn|400|bad-field|query field|Write the field's name, a colon and its whole value: visit:V2026.",
            "/api/v1/records?field=dischargedOn:a&field=/dischargedOn:b|400|bad-field|query field|Give it once.",
            "/api/v1/records?status=DONE|400|bad-status|query status|Choose one of ACCEPTED, DELIVERED, RETRYING, DEAD, REFUSED, IGNORED, SETTLED.",
            "/api/v1/records?from=22.11.2026|400|bad-time|query from|Write 2026-11-22 or 2026-11-22T08:30:00+08:00.",
            "/api/v1/records?to=2026-02-30|400|bad-time|query to|Write 2026-11-22 or 2026-11-22T08:30:00+08:00.",
            "/api/v1/records?limit=501|400|bad-number|query limit|",
            "/api/v1/plugins/hiss|404|unknown-plugin|path id|Did you mean 'his'?",
            "/api/v1/schedules/his/daily-sumary/occurrences|404|unknown-schedule|path plugin/name|Did you mean 'his/daily-summary'?",
            "/api/v1/reports/hospital-dayly/2026-11|404|unknown-form|path form|Did you mean 'hospital-daily'?",
            "/api/v1/reports/hospital-daily/2026-w47|400|bad-period|path period|",
            "/api/v1/reports/hospital-daily/2026-11?unit=51|400|unknown-unit|query unit|Known are: 510000, 510100, 510104, 510104-H01.",
            "/api/v1/recods|404|unknown-path|/api/v1/recods|See /api/v1/openapi.json.",
            "/api/v1/schedules/his/daily-summary/run|405|wrong-method|GET /api/v1/schedules/his/daily-summary/run|It takes POST."})
    void aMistakeIsNamedWithItsPlaceAndCure(String path, int status, String code, String place, String cure) {
        HttpResponse<String> response = hub.get(path);
        JsonNode problem = FakeHub.json(response);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("type").asText()).isEqualTo("urn:yuzui:problem:" + code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("place").asText()).isEqualTo(place);
        assertThat(problem.path("cure").asText(null)).isEqualTo(cure);
        assertThat(problem.path("detail").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"day\":\"2026-02-30\"}|400|body /day",
            "{\"day\":20261122}|400|body /day",
            "{\"dya\":\"2026-11-22\"}|400|body /dya",
            "{\"day\":\"2026-11-22\",\"day\":\"2026-11-23\"}|400|body line 1 column 26",
            "[]|400|body",
            "{|400|body line 1 column 2"})
    void aBodyIsReadStrictly(String body, int status, String place) {
        HttpResponse<String> response = run(body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(FakeHub.json(response).path("place").asText()).isEqualTo(place);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        HttpResponse<String> response = run("{\"day\":\"" + "2".repeat(1 << 20) + "\"}");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(FakeHub.json(response).path("code").asText()).isEqualTo("too-large");
    }

    @Test
    void aScheduleRunsForTheDayThatIsAsked() {
        JsonNode occurrence = FakeHub.json(run("{\"day\":\"2026-11-20\"}"));

        assertThat(hub.scheduler.ranFor).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(occurrence.path("kind").asText()).isEqualTo("BACKFILL");
        assertThat(occurrence.path("dueAt").asText()).isEqualTo("2026-11-23T09:00:00+08:00");

        run("");
        assertThat(hub.scheduler.ranFor).isNull();
    }

    @Test
    void occurrencesHaveNoHiddenRange() {
        hub.get("/api/v1/schedules/his/daily-summary/occurrences");
        assertThat(hub.scheduler.askedFrom).isEqualTo(Instant.EPOCH);
        assertThat(hub.scheduler.askedTo).isAfter(Instant.parse("2200-01-01T00:00:00Z"));

        hub.get("/api/v1/schedules/his/daily-summary/occurrences?from=2026-11-22&to=2026-11-22");
        assertThat(hub.scheduler.askedFrom).isEqualTo(Instant.parse("2026-11-21T16:00:00Z"));
        assertThat(hub.scheduler.askedTo).isEqualTo(Instant.parse("2026-11-22T16:00:00Z"));
    }

    @Test
    void aRecordComesWithItsHopsAndTheOtherVersionsOfItsKey() {
        JsonNode record = FakeHub.json(hub.get("/api/v1/records/" + FakeHub.STORED));

        assertThat(record.at("/flow/firstAt").asText()).isEqualTo("2026-11-22T12:00:00.125+08:00");
        assertThat(record.path("hops").findValuesAsText("kind")).containsExactly("RECEIVED", "STORED");
        assertThat(record.at("/hops/0/node").asText()).isEqualTo("node-1");
        assertThat(record.at("/stored/version").asInt()).isEqualTo(2);
        assertThat(record.at("/related/0/id").asText()).isEqualTo(FakeHub.OLDER.toString());
        assertThat(record.path("related")).hasSize(1);
        assertThat(record.path("message").isNull()).isTrue();
    }

    @Test
    void aRefusedMessageIsCountedButNotShown() {
        HttpResponse<String> response = hub.get("/api/v1/records/" + FakeHub.REFUSED);

        assertThat(FakeHub.json(response).at("/message/size").asInt()).isEqualTo(10);
        assertThat(response.body()).doesNotContain("secret");
        assertThat(hub.get("/api/v1/records/" + FakeHub.REFUSED + "/payload").body()).contains("not-stored")
                .doesNotContain("secret");
    }

    @Test
    void aKeptMessageThatCantBeReadHidesNothingElse() {
        hub.ledger.keyLost = true;
        try {
            JsonNode record = FakeHub.json(hub.get("/api/v1/records/" + FakeHub.REFUSED));

            assertThat(record.at("/message/readable").asBoolean(true)).isFalse();
            assertThat(record.at("/message/size").asInt()).isEqualTo(420);
            assertThat(record.at("/flow/causeCode").asText()).isEqualTo("unknown-facility");
        } finally {
            hub.ledger.keyLost = false;
        }
    }

    @Test
    void totalsOpenIntoWhatTheyAreMadeOf() {
        JsonNode total = FakeHub.json(hub.get("/api/v1/reports/hospital-daily/2026-11-22")).path("total");

        assertThat(total.at("/unit/code").asText()).isEqualTo("510000");
        assertThat(total.at("/parts/0/parts/0/parts/0/submissions/0/unit").asText()).isEqualTo("510104-H01");
        assertThat(total.at("/missing/0/name").asText()).isEqualTo("成都市锦江区示范医院");
    }

    @Test
    void metricsTellLagQueuesAndCalls() {
        hub.get("/api/v1/units");
        hub.ledger.lag = 42;

        String metrics = hub.get("/metrics").body();

        assertThat(metrics).contains("yuzui_ledger_lag 42.0").contains("yuzui_plugins{state=\"FAILED\"} 1.0")
                .contains("yuzui_subscription_waiting{contract=\"his.daily.v1\",subscription=\"his/hospital-daily\"} 3.0")
                .contains("yuzui_subscription_dead{contract=\"his.daily.v1\",subscription=\"his/hospital-daily\"} 2.0")
                .containsPattern("yuzui_http_seconds_count\\{method=\"GET\",path=\"/api/v1/units\",status=\"200\"} \\d");
    }

    @Test
    void aFaultInsideIsNotShownOutside() {
        try (FakeHub broken = new FakeHub()) {
            broken.plugins.breakDown();
            HttpResponse<String> response = broken.get("/api/v1/plugins");

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(FakeHub.json(response).path("code").asText()).isEqualTo("internal-error");
            assertThat(response.body()).doesNotContain("NullPointer").doesNotContain("a fault");
        }
    }

    @Test
    void aDatabaseThatIsAwayIsNoFaultInside() {
        try (FakeHub alone = new FakeHub()) {
            alone.ledger.trouble = new IllegalStateException(new SQLTransientConnectionException("at db.example", "08001"));
            HttpResponse<String> response = alone.get("/api/v1/records");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(FakeHub.json(response).path("code").asText()).isEqualTo("store-unreachable");
            assertThat(response.body()).doesNotContain("db.example");

            alone.ledger.trouble = new IllegalStateException(new SQLException("invalid byte sequence for encoding", "22021"));
            HttpResponse<String> unstorable = alone.get("/api/v1/records");
            assertThat(unstorable.statusCode()).isEqualTo(400);
            assertThat(FakeHub.json(unstorable).path("code").asText()).isEqualTo("bad-text");
        }
    }

    private static HttpResponse<String> run(String body) {
        return hub.send(hub.authorized("/api/v1/schedules/his/daily-summary/run").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
