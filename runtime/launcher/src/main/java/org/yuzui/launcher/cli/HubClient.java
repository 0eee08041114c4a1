package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;

/** Calls a running hub. Every failure comes out as a {@link Failure} with its exit code. */
final class HubClient {

    static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than any schedule's own timeout: the hub ends a run, not the client. */
    private static final Duration ANSWER = Duration.ofHours(1);

    private final String url;
    private final String token;
    private final Messages messages;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

    HubClient(String url, String token, Messages messages) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.token = token;
        this.messages = messages;
    }

    /** The body of a GET; parameters without a value are left out. */
    byte[] get(String path, Map<String, ?> parameters) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach((name, value) -> {
            if (value != null) {
                query.add(encode(name) + "=" + encode(value.toString()));
            }
        });
        return send(request(path + query).GET().build());
    }

    byte[] get(String path) {
        return get(path, Map.of());
    }

    byte[] post(String path, Map<String, ?> body) {
        try {
            return send(request(path).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))).build());
        } catch (IOException e) {
            throw new IllegalArgumentException("This can't be written as JSON: " + body, e);
        }
    }

    /** One segment of a path. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The answer is not JSON: " + e.getMessage());
        }
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(url + pathAndQuery));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, messages.text("error.url", url));
        }
        return (token == null ? request : request.header("Authorization", "Bearer " + token))
                .header("Accept", "application/json").timeout(ANSWER);
    }

    private byte[] send(HttpRequest request) {
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, messages.text("error.unreachable", url));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, messages.text("error.interrupted"));
        }
        if (answer.statusCode() / 100 == 2) {
            return answer.body();
        }
        throw refusal(answer);
    }

    private Failure refusal(HttpResponse<byte[]> answer) {
        ExitCode code = ExitCode.ofStatus(answer.statusCode());
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
            return new Failure(code, messages.text("error.status", answer.statusCode(), url));
        }
        JsonNode problem = parse(answer.body());
        StringJoiner sentence = new StringJoiner(" ");
        if (answer.statusCode() == 401) {
            sentence.add(messages.text(token == null ? "error.no-token" : "error.bad-token"));
        } else {
            for (String part : new String[] {"detail", "cure"}) {
                if (problem.path(part).isTextual()) {
                    sentence.add(problem.path(part).asText());
                }
            }
        }
        return new Failure(code, sentence.toString(), answer.body());
    }
}
