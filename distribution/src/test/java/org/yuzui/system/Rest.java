package org.yuzui.system;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The hub's REST interface as a stranger's program calls it. */
final class Rest {

    /** Decimals as they are: money adds up to the fen. */
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String token;

    Rest(String url, String token) {
        this.url = url;
        this.token = token;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path, token);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** Installs a plugin; the hub must say that it is done. */
    JsonNode upload(String fileName, byte[] jar) throws IOException, InterruptedException {
        return change("/api/v1/plugins?fileName=" + fileName, "application/octet-stream", HttpRequest.BodyPublishers.ofByteArray(jar));
    }

    JsonNode post(String path, String json) throws IOException, InterruptedException {
        return change(path, "application/json", HttpRequest.BodyPublishers.ofString(json));
    }

    private JsonNode change(String path, String type, HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(to(path).header("Content-Type", type)
                .header("Authorization", "Bearer " + token).POST(body).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    /** Any call, with whatever the hub answers. {@code body} may be null. */
    Answer call(String method, String path, String type, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(to(path).header("Content-Type", type)
                .header("Authorization", "Bearer " + token).method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    Answer install(String fileName, byte[] jar, String parameters) throws IOException, InterruptedException {
        return call("POST", "/api/v1/plugins?fileName=" + fileName + parameters, "application/octet-stream", jar);
    }

    record Answer(int status, JsonNode body) {
    }

    /** What the hub tells to whoever listens, line by line, until the reader is closed. */
    Stream<String> events() throws IOException, InterruptedException {
        return http.send(to("/api/v1/events").header("Authorization", "Bearer " + token)
                .build(), HttpResponse.BodyHandlers.ofLines()).body();
    }

    /** Waits until a plugin is in a state, and gives its status. */
    JsonNode awaitState(String plugin, String state) {
        return Awaitility.await(plugin + " is " + state).atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> call("GET", "/api/v1/plugins/" + plugin, "application/json", null).body().path("plugin"),
                        p -> p.path("state").asText().equals(state));
    }

    int status(String path, String bearer) throws IOException, InterruptedException {
        return send(path, bearer).statusCode();
    }

    /** The total of a form for a day, as it stands right after the run that makes it. */
    JsonNode total(String form, String day, String unit) throws IOException, InterruptedException {
        return get("/api/v1/reports/" + form + "/" + day + "?unit=" + unit).path("total");
    }

    /** All flows of a contract, page by page, with all that was acknowledged before the call. */
    List<JsonNode> flows(String contract) throws IOException, InterruptedException {
        Awaitility.await("the ledger holds all hops").atMost(Site.PATIENCE) // some hundred thousand hops take a busy machine minutes
                .until(() -> get("/api/v1/hub").path("ledgerLag").asLong() == 0);
        List<JsonNode> flows = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/api/v1/records?limit=500&contract=" + contract + cursor);
            page.path("records").forEach(flows::add);
            cursor = page.path("next").isNull() ? null
                    : "&cursor=" + URLEncoder.encode(page.path("next").asText(), StandardCharsets.UTF_8);
        } while (cursor != null);
        return flows;
    }

    /** A hub that hangs fails the test that asks, not the whole run. */
    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Site.PATIENCE);
    }

    private HttpResponse<String> send(String path, String bearer) throws IOException, InterruptedException {
        HttpRequest.Builder request = to(path);
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
