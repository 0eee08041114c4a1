package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** A kindergarten's platform: signs what it sends, as openapi.yaml says. */
final class Caller {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final String key;
    private final String secret;

    Caller(int port, String key, String secret) {
        this.port = port;
        this.key = key;
        this.secret = secret;
    }

    /** What was answered. */
    record Answer(int status, JsonNode body, HttpResponse<byte[]> response) {
        int number(String field) {
            return body.path(field).asInt();
        }
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return post(path, json, "");
    }

    Answer post(String path, String json, String request) throws IOException, InterruptedException {
        String now = Long.toString(Instant.now().getEpochSecond());
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder call = call(path, body, now, Signature.of(secret, "POST", path, now, request, body));
        if (!request.isEmpty()) {
            call.header(Signature.IDEMPOTENCY_KEY, request);
        }
        return send(call);
    }

    HttpRequest.Builder call(String path, byte[] body, String timestamp, String signature) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(60))
                .header(Signature.KEY, key).header(Signature.TIMESTAMP, timestamp).header(Signature.SIGNATURE, signature)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    static Answer send(HttpRequest.Builder call) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = HTTP.send(call.build(), HttpResponse.BodyHandlers.ofByteArray());
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(response.statusCode(), type.contains("json") ? JSON.readTree(response.body()) : JSON.createObjectNode(), response);
    }
}
