package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is let in, and under which name the hub may be called. */
class DoorTest {

    @AutoClose
    private static FakeHub hub = new FakeHub();

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/records", "/api/v1/nothing", "/api", "/api/", "/metrics", "/metrics/", "/API/v1/hub"})
    void whatIsNotTheConsolesNeedsAToken(String path) {
        assertThat(hub.send(hub.request(path)).statusCode()).isEqualTo(401);
        assertThat(hub.send(hub.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody())).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer", "Basic dXNlcjpwYXNz", "a-token-of-the-test", "Bearer a-token-of-the-test x"})
    void aWrongTokenIsRefused(String authorization) {
        HttpResponse<String> response = hub.send(hub.request("/api/v1/hub").header("Authorization", authorization));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(FakeHub.json(response).path("code").asText()).isEqualTo("unauthorized");
    }

    @Test
    void aTokenThatWasTakenBackIsRefused() {
        hub.tokens.add("second");
        HttpRequest.Builder call = hub.request("/api/v1/hub").header("Authorization", "bearer second");
        assertThat(hub.send(call).statusCode()).isEqualTo(200);

        hub.tokens.remove("second");

        assertThat(hub.send(call).statusCode()).isEqualTo(401);
    }

    @Test
    void aForeignNameIsRefusedOnLoopback() throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")).contains(" 421 ", "wrong-host");
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example:8088\r\nConnection: close\r\n\r\n")).contains(" 421 ");
        assertThat(raw("GET /health HTTP/1.0\r\n\r\n")).contains(" 421 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8088", "127.0.0.1:1", "[::1]:8088"})
    void namesOfThisMachineAreGood(String host) throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")).contains(" 200 ");
    }

    @Test
    void aFurtherNameCanBeAllowed() throws IOException {
        try (FakeHub proxied = new FakeHub(WebSettings.of("127.0.0.1", 0).withHosts(List.of("hub.example")))) {
            assertThat(raw(proxied, "GET /health HTTP/1.1\r\nHost: Hub.Example\r\nConnection: close\r\n\r\n")).contains(" 200 ");
            assertThat(raw(proxied, "GET /health HTTP/1.1\r\nHost: x.hub.example\r\nConnection: close\r\n\r\n")).contains(" 421 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/x/../hub", "/api/v1/%2e%2e/hub", "//api/v1/hub", "/console/..;/api/v1/hub", "/api%2fv1/hub"})
    void aPathThatCanBeReadTwoWaysIsNotServed(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).containsAnyOf(" 400 ", " 401 ", " 404 ").contains("application/problem+json")
                .doesNotContain("startedAt");
    }

    @Test
    void whatJettyRefusesItselfIsAProblemToo() throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: a b c\r\n\r\n")).contains(" 400 ", "application/problem+json", "http-400")
                .doesNotContain("Jetty");
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() {
        for (String path : List.of("/health", "/api/v1/hub", "/nothing", "/")) {
            HttpResponse<String> response = hub.send(hub.request(path));
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("frame-ancestors 'none'").doesNotContain("unsafe");
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void aForeignPageIsGivenNoLeaveToRead() {
        HttpResponse<String> preflight = hub.send(hub.request("/api/v1/hub").header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "GET").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight.statusCode()).isEqualTo(401);
    }

    @Test
    void readinessTellsTheReasonButNoSecret() {
        hub.storeFails = new IllegalStateException("jdbc:postgresql://hub:pass@db/yuzui refused");
        try {
            HttpResponse<String> response = hub.send(hub.request("/ready"));
            JsonNode store = FakeHub.json(response).path("checks").path(0);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(store.path("ok").asBoolean()).isFalse();
            assertThat(store.path("detail").asText()).contains("IllegalStateException").doesNotContain("pass");
        } finally {
            hub.storeFails = null;
        }
        assertThat(hub.send(hub.request("/ready")).statusCode()).isEqualTo(200);
    }

    private static String raw(String request) throws IOException {
        return raw(hub, request);
    }

    private static String raw(FakeHub to, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", to.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
