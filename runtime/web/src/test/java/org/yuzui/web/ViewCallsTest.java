package org.yuzui.web;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuzui.access.AuditEntry;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A search is kept for all, and taken away from all; both stand in the audit. */
class ViewCallsTest {

    private FakeHub hub;

    @BeforeEach
    void start() {
        hub = new FakeHub();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void isKeptListedAndTakenAway() throws IOException {
        HttpResponse<String> kept = post("{\"name\": \"Dead/letters 死信\", \"search\": \"status=DEAD\"}");
        assertThat(kept.statusCode()).isEqualTo(200);
        assertThat(OpenApiContractTest.violations("POST /api/v1/views", kept)).isEmpty();

        HttpResponse<String> listed = hub.get("/api/v1/views");
        assertThat(OpenApiContractTest.violations("GET /api/v1/views", listed)).isEmpty();
        assertThat(FakeHub.json(listed).at("/views/0/search").asText()).isEqualTo("status=DEAD");
        assertThat(FakeHub.json(listed).at("/views/0/who").asText()).isEqualTo("bootstrap");

        HttpResponse<String> gone = hub.send(hub.authorized("/api/v1/views?name=Dead%2Fletters%20%E6%AD%BB%E4%BF%A1").DELETE());
        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(hub.views.all()).isEmpty();
        assertThat(hub.audit.entries).extracting(AuditEntry::act).containsExactly("view-remove", "view-keep");
    }

    @Test
    void aShortLinkLeadsToItsSearch() throws IOException {
        HttpResponse<String> linked = hub.send(hub.authorized("/api/v1/links").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"search\": \"status=DEAD&q=发热\"}")));
        assertThat(linked.statusCode()).isEqualTo(200);
        assertThat(OpenApiContractTest.violations("POST /api/v1/links", linked)).isEmpty();

        HttpResponse<String> opened = hub.get("/api/v1/links/" + FakeHub.json(linked).path("id").asText());
        assertThat(OpenApiContractTest.violations("GET /api/v1/links/{id}", opened)).isEmpty();
        assertThat(FakeHub.json(opened).path("search").asText()).isEqualTo("status=DEAD&q=发热");
        assertThat(hub.views.all()).as("views beside it").isEmpty();
    }

    @Test
    void hasAName() {
        assertThat(post("{\"name\": \" \", \"search\": \"q=a\"}").statusCode()).isEqualTo(400);
        assertThat(post("{\"search\": \"q=a\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void oneTooManyIsRefused() {
        hub.views.full = true;
        assertThat(post("{\"name\": \"a\", \"search\": \"q=a\"}").statusCode()).isEqualTo(409);
    }

    private HttpResponse<String> post(String body) {
        return hub.send(hub.authorized("/api/v1/views").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }
}
