package org.yuzui.web;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.records.ReplayRequest;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked of replays, and how it is answered. */
class ReplayCallsTest {

    private static final UUID FLOW = new UUID(1, 2);
    private FakeHub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new FakeHub();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aDryRunCountsWhatAFilterMatches() throws IOException {
        HttpResponse<String> response = post("/api/v1/replays?status=DEAD&status=REFUSED&plugin=his&dryRun=true", "{}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(OpenApiContractTest.violations("POST /api/v1/replays", response)).isEmpty();
        assertThat(FakeHub.json(response).path("fresh").asInt()).isEqualTo(3);
        assertThat(hub.replays.asked.filter().statuses()).isEqualTo(Set.of(FlowStatus.DEAD, FlowStatus.REFUSED));
        assertThat(hub.replays.asked.filter().plugin()).isEqualTo("his");
        assertThat(hub.replays.recent(10)).isEmpty();
    }

    @Test
    void chosenFlowsAreSentOnAtTheirPace() throws IOException {
        HttpResponse<String> response = post("/api/v1/replays", """
                {"only": ["%s"], "subscription": "site/csv", "perSecond": 20, "reason": " the file was lost "}""".formatted(FLOW));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(OpenApiContractTest.violations("POST /api/v1/replays", response)).isEmpty();
        ReplayRequest asked = hub.replays.asked;
        assertThat(asked.action()).isEqualTo(ReplayRequest.Action.SEND_ON);
        assertThat(asked.only()).containsExactly(FLOW);
        assertThat(asked.subscription()).isEqualTo("site/csv");
        assertThat(asked.perSecond()).isEqualTo(20);
        assertThat(asked.reason()).isEqualTo("the file was lost");
        assertThat(hub.replays.find(1).orElseThrow().who()).isEqualTo("bootstrap");
    }

    @Test
    void whatStoppedAgainIsNamedAsItStandsNow() throws IOException {
        post("/api/v1/replays?status=REFUSED", "{}");

        HttpResponse<String> response = hub.get("/api/v1/replays/1/failures?limit=10");

        assertThat(OpenApiContractTest.violations("GET /api/v1/replays/{id}/failures", response)).isEmpty();
        assertThat(FakeHub.json(response).at("/failures/0/flow/status").asText()).isEqualTo("REFUSED");
        assertThat(FakeHub.json(response).at("/failures/0/cause").asText()).contains("mapped to no unit");
        assertThat(FakeHub.json(response).at("/failures/1/flow").isNull()).as("forgotten").isTrue();
    }

    @Test
    void aRecordNamesTheReplaysThatItWasChosenFor() throws IOException {
        post("/api/v1/replays?status=REFUSED", "{}");

        HttpResponse<String> response = hub.get("/api/v1/records/" + FakeHub.REFUSED + "/replays");

        assertThat(OpenApiContractTest.violations("GET /api/v1/records/{id}/replays", response)).isEmpty();
        assertThat(FakeHub.json(response).at("/replays/0/replay/id").asLong()).isEqualTo(1);
        assertThat(FakeHub.json(response).at("/replays/0/outcome").asText()).isEqualTo("FAILED");
        assertThat(FakeHub.json(response).at("/replays/0/cause").asText()).isEqualTo("charset");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"fromHop\": \"arrival\"                                | true  |           | CURRENT",
            "\"fromHop\": \"site/csv\"                               | false | site/csv  | CURRENT",
            "\"fromHop\": \"site/csv\", \"subscription\": \"site/csv\" | false | site/csv  | CURRENT",
            "\"version\": \"original\", \"fromHop\": null            | false |           | ORIGINAL"})
    void theHopAndTheVersionAreNamed(String body, boolean fromArrival, String subscription, ReplayRequest.Version version) throws IOException {
        assertThat(post("/api/v1/replays?status=DEAD", "{" + body + "}").statusCode()).isEqualTo(202);

        assertThat(hub.replays.asked.fromArrival()).isEqualTo(fromArrival);
        assertThat(hub.replays.asked.subscription()).isEqualTo(subscription);
        assertThat(hub.replays.asked.version()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"fromHop\": \"arrival\", \"subscription\": \"site/csv\" | bad-hop",
            "\"fromHop\": \"arrival\", \"action\": \"DISMISS\", \"reason\": \"x\" | bad-hop",
            "\"fromHop\": \"site/a\", \"subscription\": \"site/b\" | bad-hop",
            "\"version\": \"newest\" | bad-version"})
    void whatContradictsItselfIsRefused(String body, String code) throws IOException {
        HttpResponse<String> response = post("/api/v1/replays?status=DEAD", "{" + body + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(FakeHub.json(response).path("code").asText()).isEqualTo(code);
    }

    @Test
    void aDryRunOfOneFlowShowsWhatWouldComeOfIt() throws IOException {
        HttpResponse<String> response = post("/api/v1/replays/dry-run", "{\"id\": \"" + FLOW + "\", \"text\": \"MSH|mended\", \"base64\": null}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(OpenApiContractTest.violations("POST /api/v1/replays/dry-run", response)).isEmpty();
        assertThat(new String(hub.replays.message, StandardCharsets.UTF_8)).isEqualTo("MSH|mended");
        assertThat(FakeHub.json(response).at("/diff/0/pointer").asText()).isEqualTo("/value");
        assertThat(FakeHub.json(response).at("/wouldPublish/0/outcome").asText()).isEqualTo("version");
        assertThat(FakeHub.json(response).path("more").asInt()).isEqualTo(7);
        HttpResponse<String> refused = post("/api/v1/replays/dry-run", "{\"id\": \"" + FLOW + "\", \"version\": \"original\"}");
        assertThat(OpenApiContractTest.violations("POST /api/v1/replays/dry-run", refused)).isEmpty();
        assertThat(hub.replays.message).as("the one that was kept").isNull();
        assertThat(FakeHub.json(refused).at("/refused/code").asText()).isEqualTo("charset");
        assertThat(hub.replays.recent(10)).isEmpty();
    }

    @Test
    void aReplayIsPausedGoneOnWithAndStopped() throws IOException {
        post("/api/v1/replays?status=DEAD", "{}");

        for (String[] turn : new String[][] {{"pause", "PAUSED"}, {"resume", "RUNNING"}, {"stop", "STOPPED"}}) {
            HttpResponse<String> response = post("/api/v1/replays/1/" + turn[0], "{}");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(OpenApiContractTest.violations("POST /api/v1/replays/{id}/" + turn[0], response)).isEmpty();
            assertThat(FakeHub.json(response).path("state").asText()).isEqualTo(turn[1]);
        }
        assertThat(post("/api/v1/replays/7/pause", "{}").statusCode()).isEqualTo(404);
        HttpResponse<String> list = hub.get("/api/v1/replays");
        assertThat(OpenApiContractTest.violations("GET /api/v1/replays", list)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "                | {}                                        | 400 | no-choice",
            "?status=DEAD    | {\"action\": \"EXPLODE\"}                 | 400 | bad-action",
            "?status=DEAD    | {\"action\": \"DISMISS\"}                 | 422 | no-reason",
            "                | {\"only\": []}                            | 400 | bad-choice",
            "                | {\"only\": [\"x\"]}                       | 400 | bad-choice",
            "?status=DEAD    | {\"perSecond\": -1}                       | 400 | bad-number",
            "?status=DEAD    | {\"reason\": \"a\\u0000b\"}             | 400 | bad-text",
            "?status=DEAD    | {\"subscription\": \"a\\u0000b\"}       | 400 | bad-text",
            "?from=%2B999999-01-01T00:00:00Z | {}                         | 400 | bad-time",
            "?to=-9999-01-01T00:00:00Z | {}                               | 400 | bad-time",
            "?q=a%00b        | {}                                         | 400 | bad-text",
            "?status=DEAD    | {\"filter\": {}}                          | 400 | unknown-key",
            "?status=DEADLY  | {}                                        | 400 | bad-status"})
    void whatIsUnclearIsRefused(String query, String body, int status, String code) throws IOException {
        HttpResponse<String> response = post("/api/v1/replays" + (query == null ? "" : query), body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(FakeHub.json(response).path("code").asText()).isEqualTo(code);
        assertThat(hub.replays.recent(10)).isEmpty();
    }

    @Test
    void aReasonIsNoBook() throws IOException {
        HttpResponse<String> response = post("/api/v1/replays?status=DEAD", "{\"reason\": \"" + "长".repeat(4_001) + "\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(FakeHub.json(response).path("code").asText()).isEqualTo("bad-text");
    }

    @Test
    void aMendedMessageGoesInAsTextOrAsBytes() throws IOException {
        HttpResponse<String> text = post("/api/v1/records/" + FLOW + "/mend", "{\"text\": \"MSH|甲\", \"reason\": \"charset\"}");
        assertThat(text.statusCode()).isEqualTo(204);
        assertThat(hub.replays.mended).isEqualTo(FLOW);
        assertThat(new String(hub.replays.message, StandardCharsets.UTF_8)).isEqualTo("MSH|甲");

        byte[] bytes = {(byte) 0xB2, (byte) 0xE2};
        post("/api/v1/records/" + FLOW + "/mend", "{\"base64\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(bytes)));
        assertThat(hub.replays.message).isEqualTo(bytes);
    }

    @Test
    void aMendedFileMayBeLargerThanOtherBodiesAndNotEndless() throws IOException {
        String file = "<凭证/>".repeat(100_000);
        assertThat(post("/api/v1/records/" + FLOW + "/mend", "{\"text\": \"" + file + "\"}").statusCode()).isEqualTo(204);
        assertThat(new String(hub.replays.message, StandardCharsets.UTF_8)).isEqualTo(file);

        for (String call : List.of("/api/v1/records/" + FLOW + "/mend", "/api/v1/replays/dry-run")) {
            HttpResponse<String> response = post(call, "{\"text\": \"" + "x".repeat(13 << 20) + "\"}");
            assertThat(response.statusCode()).as(call).isEqualTo(413);
            assertThat(FakeHub.json(response).path("code").asText()).isEqualTo("too-large");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"text\": \"bad\"}                      | 422 | charset",
            "{\"text\": \"unknown\"}                  | 404 | unknown-record",
            "{\"text\": \"delivered\"}                | 409 | not-refused",
            "{\"text\": \"no json\"}                  | 422 | not-json",
            "{\"text\": \"away\"}                     | 503 | journal-unavailable",
            "{\"text\": \"x\", \"reason\": \"a\\u0000\"} | 400 | bad-text",
            "{\"base64\": \"?\"}                      | 400 | bad-message",
            "{\"text\": \"a\", \"base64\": \"YQ==\"}  | 400 | bad-message",
            "{}                                       | 400 | bad-message"})
    void aMendedMessageThatIsNoGoodIsAnsweredWithTheReason(String body, int status, String code) throws IOException {
        HttpResponse<String> response = post("/api/v1/records/" + FLOW + "/mend", body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(OpenApiContractTest.violations("POST /api/v1/records/{id}/mend", response)).isEmpty();
        assertThat(FakeHub.json(response).path("code").asText()).isEqualTo(code);
    }

    @Test
    void aLargeMendedMessageIsTakenAsItIs() {
        String path = "/api/v1/records/" + FLOW + "/mend?reason=from%20the%20sender";

        HttpResponse<String> response = hub.send(hub.authorized(path).header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(new byte[13 << 20])));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(hub.replays.message).hasSize(13 << 20);
        assertThat(hub.replays.asFile).as("it was never whole in memory before").isTrue();
        assertThat(hub.send(hub.authorized(path).header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofString("bad"))).statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> post(String path, String body) {
        return hub.send(hub.authorized(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }
}
