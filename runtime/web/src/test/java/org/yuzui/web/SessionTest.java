package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** The console's log-in: a cookie that scripts can't read, and a value that foreign pages don't know. */
class SessionTest {

    @AutoClose
    private final FakeHub hub = new FakeHub();

    @Test
    void aLogInGivesACookieThatOpensTheDoor() throws IOException {
        HttpResponse<String> logIn = logIn(FakeHub.TOKEN);

        assertThat(logIn.statusCode()).isEqualTo(200);
        assertThat(OpenApiContractTest.documented()).contains("POST /api/v1/session");
        assertThat(OpenApiContractTest.violations("POST /api/v1/session", logIn)).isEmpty();
        assertThat(logIn.body()).doesNotContain(FakeHub.TOKEN).doesNotContain(cookie(logIn).split("=")[1]);
        assertThat(logIn.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
        HttpResponse<String> session = hub.send(hub.request("/api/v1/session").header("Cookie", cookie(logIn)));
        assertThat(session.body()).isEqualTo(logIn.body());
        assertThat(hub.send(hub.request("/api/v1/hub").header("Cookie", cookie(logIn))).statusCode()).isEqualTo(200);
    }

    @Test
    void aCallThatChangesSomethingNeedsTheCsrfValue() {
        HttpResponse<String> logIn = logIn(FakeHub.TOKEN);
        String run = "/api/v1/schedules/his/daily-summary/run";

        HttpResponse<String> without = hub.send(post(run, "").header("Cookie", cookie(logIn)));
        HttpResponse<String> wrong = hub.send(post(run, "").header("Cookie", cookie(logIn)).header("X-Yuzui-Csrf", "x"));
        HttpResponse<String> with = hub.send(post(run, "").header("Cookie", cookie(logIn)).header("X-Yuzui-Csrf", csrf(logIn)));

        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(FakeHub.json(without).path("code").asText()).isEqualTo("csrf");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(with.statusCode()).isEqualTo(200);
    }

    @Test
    void loggingOutEndsIt() {
        HttpResponse<String> logIn = logIn(FakeHub.TOKEN);

        HttpResponse<String> logOut = hub.send(hub.request("/api/v1/session").DELETE().header("Cookie", cookie(logIn))
                .header("X-Yuzui-Csrf", csrf(logIn)));

        assertThat(logOut.statusCode()).isEqualTo(204);
        assertThat(logOut.headers().firstValue("Set-Cookie").orElseThrow()).contains("yuzui-session=;", "Expires=Thu, 01 Jan 1970");
        assertThat(hub.send(hub.request("/api/v1/hub").header("Cookie", cookie(logIn))).statusCode()).isEqualTo(401);
    }

    @Test
    void itEndsByItselfAndWithItsToken() {
        hub.tokens.add("second");
        String first = cookie(logIn(FakeHub.TOKEN));
        String second = cookie(logIn("second"));

        hub.tokens.remove("second");
        assertThat(hub.send(hub.request("/api/v1/hub").header("Cookie", second)).statusCode()).isEqualTo(401);
        assertThat(hub.send(hub.request("/api/v1/hub").header("Cookie", first)).statusCode()).isEqualTo(200);

        hub.clock.advance(Duration.ofHours(12));
        assertThat(hub.send(hub.request("/api/v1/hub").header("Cookie", first)).statusCode()).isEqualTo(401);
    }

    @Test
    void whoTriesTokensHasToWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(logIn("guess " + i).statusCode()).isEqualTo(401);
        }
        assertThat(logIn(FakeHub.TOKEN).statusCode()).isEqualTo(429);

        hub.clock.advance(Duration.ofSeconds(61));

        assertThat(logIn(FakeHub.TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void aFormOfAForeignPageIsNoLogIn() {
        HttpResponse<String> response = hub.send(hub.request("/api/v1/session").header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + FakeHub.TOKEN + "\"}")));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    private HttpResponse<String> logIn(String token) {
        return hub.send(post("/api/v1/session", "{\"token\":\"" + token + "\"}"));
    }

    private HttpRequest.Builder post(String path, String body) {
        return hub.request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String cookie(HttpResponse<String> logIn) {
        return logIn.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private static String csrf(HttpResponse<String> logIn) {
        JsonNode session = FakeHub.json(logIn);
        return session.path("csrf").asText();
    }
}
