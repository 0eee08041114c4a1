package org.yuzui.web;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.yuzui.records.ContentSearch.State;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A search in the contents says what it costs, begins when it is told to, and ends when it is told to. */
class ContentSearchCallsTest {

    @AutoClose
    private final FakeHub hub = new FakeHub();

    @Test
    void itsCostComesFirst() throws IOException {
        HttpResponse<String> asked = post("/api/v1/content-searches?contract=his.visit.v1&unit=510100", "{\"text\": \" 内科 \"}");

        assertThat(asked.statusCode()).isEqualTo(201);
        assertThat(OpenApiContractTest.violations("POST /api/v1/content-searches", asked)).isEmpty();
        assertThat(FakeHub.json(asked).path("state").asText()).isEqualTo("ASKED");
        assertThat(FakeHub.json(asked).path("text").asText()).isEqualTo("内科");
        assertThat(FakeHub.json(asked).at("/estimate/flows").asLong()).isEqualTo(10);
        assertThat(hub.contentSearches.asked.contract()).isEqualTo("his.visit.v1");
        assertThat(hub.contentSearches.asked.units()).contains("510104");
    }

    @Test
    void itIsStartedFollowedAndStopped() throws IOException {
        post("/api/v1/content-searches", "{\"text\": \"内科\"}");

        for (String[] turn : new String[][] {{"start", "RUNNING"}, {"stop", "STOPPED"}}) {
            HttpResponse<String> response = post("/api/v1/content-searches/1/" + turn[0], "");
            assertThat(OpenApiContractTest.violations("POST /api/v1/content-searches/{id}/" + turn[0], response)).isEmpty();
            assertThat(FakeHub.json(response).path("state").asText()).isEqualTo(turn[1]);
        }
        HttpResponse<String> found = hub.get("/api/v1/content-searches/1");
        assertThat(OpenApiContractTest.violations("GET /api/v1/content-searches/{id}", found)).isEmpty();
        assertThat(hub.contentSearches.find(1).orElseThrow().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void aTextOfOneLetterOrOfAPageIsRefused() throws IOException {
        for (String text : new String[] {"", "a", "x".repeat(201)}) {
            HttpResponse<String> response = post("/api/v1/content-searches", "{\"text\": \"" + text + "\"}");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(FakeHub.json(response).path("place").asText()).isEqualTo("body /text");
        }
    }

    private HttpResponse<String> post(String path, String body) {
        return hub.send(hub.authorized(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }
}
