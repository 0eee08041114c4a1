package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.rules.Occasion;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

class RuleCallsTest {

    private static FakeHub hub;

    @BeforeAll
    static void start() {
        hub = new FakeHub();
        hub.rules.require("vehicle/use").decide(JsonNodeFactory.instance.objectNode().put("dayOff", true).put("driver", "张三丰"), null,
                new Occasion("vehicle", "make-trips", FakeHub.STORED, false));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void rulesAreListedWithWhatTheyDid() {
        JsonNode rule = FakeHub.json(hub.get("/api/v1/rules")).path("rules").path(0);

        assertThat(rule.path("id").asText()).isEqualTo("vehicle/use");
        assertThat(rule.at("/title/en").asText()).isEqualTo("Use of vehicles");
        assertThat(rule.path("decided").asInt()).isEqualTo(1);
    }

    @Test
    void aRuleIsShownWithItsTableAndHowOftenEachRowCounted() {
        JsonNode detail = FakeHub.json(hub.get("/api/v1/rules/vehicle/use"));

        assertThat(detail.at("/model/elements/2/logic/0/table/rows/0/then/0").asText()).isEqualTo("\"no\"");
        assertThat(detail.at("/rows/verdict")).hasToString("[1,0]");
        assertThat(detail.at("/model/example")).hasToString("{\"dayOff\":false,\"driver\":\"\"}");
    }

    @Test
    void itsDecisionsAreShownMaskedWithTheRecordAndRoute() throws IOException {
        HttpResponse<String> answer = hub.get("/api/v1/rules/vehicle/use/decisions");
        JsonNode decision = FakeHub.json(answer).path("decisions").path(0);

        assertThat(decision.at("/input/driver").asText()).isEqualTo("张**");
        assertThat(decision.at("/outputs/verdict").asText()).isEqualTo("no");
        assertThat(decision.path("flow").asText()).isEqualTo(FakeHub.STORED.toString());
        assertThat(decision.path("route").asText()).isEqualTo("make-trips");
        assertThat(decision.at("/fired/0/chosen")).hasToString("[1]");
        assertThat(OpenApiContractTest.violations("GET /api/v1/rules/{plugin}/{name}/decisions", answer)).isEmpty();
    }

    @Test
    void aTrialSaysWhyForEachInput() throws IOException {
        HttpResponse<String> answer = evaluate("{\"inputs\": [{\"dayOff\": false, \"driver\": \"李四\"}, {}]}");
        JsonNode results = FakeHub.json(answer).path("results");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(results.at("/0/outputs/verdict").asText()).isEqualTo("yes");
        assertThat(results.at("/0/input/driver").asText()).isEqualTo("李四");
        assertThat(results.at("/0/tables/0/rows/0")).hasToString("{\"row\":1,\"cells\":[false],\"matched\":false,\"chosen\":false}");
        assertThat(results.at("/1/refused/code").asText()).isEqualTo("missing-input");
        assertThat(OpenApiContractTest.violations("POST /api/v1/rules/{plugin}/{name}/evaluate", answer)).isEmpty();
        assertThat(hub.audit.entries).isEmpty();
    }

    @Test
    void aRecordedInputIsTriedOnceMoreAndStaysMasked() {
        JsonNode result = FakeHub.json(evaluate("{\"recorded\": 1, \"changes\": {\"dayOff\": false}}")).path("results").path(0);

        assertThat(result.at("/outputs/verdict").asText()).isEqualTo("yes");
        assertThat(result.at("/input/driver").asText()).isEqualTo("张**");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{}                                       | 400 | bad-trial",
            "{\"inputs\": [], \"recorded\": 1}        | 400 | bad-trial",
            "{\"inputs\": []}                         | 400 | bad-trial",
            "{\"inputs\": {}}                         | 400 | bad-trial",
            "{\"recorded\": \"1\"}                    | 400 | bad-trial",
            "{\"recorded\": 99}                       | 404 | unknown-decision",
            "{\"inputs\": [{}], \"decision\": \"v\"}  | 400 | unknown-decision",
            "{\"input\": {}}                          | 400 | unknown-key"})
    void whatCannotBeTriedIsRefused(String body, int status, String code) {
        HttpResponse<String> answer = evaluate(body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(FakeHub.json(answer).path("code").asText()).isEqualTo(code);
    }

    private static HttpResponse<String> evaluate(String body) {
        return hub.send(hub.authorized("/api/v1/rules/vehicle/use/evaluate").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
