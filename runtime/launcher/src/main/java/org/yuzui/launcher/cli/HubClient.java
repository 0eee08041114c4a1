package org.yuzui.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Calls a running hub. Every failure comes out as a {@link Failure} with its exit code.
 *
 * <p>{@code HttpURLConnection} makes its first call after some 50 ms where {@code java.net.http} needs several hundred,
 * most of it for TLS that a call to 127.0.0.1 does not use; a command makes one call and ends.
 */
final class HubClient {

    static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final int CONNECT_MILLIS = 5_000;
    /** Longer than any schedule's own timeout: the hub ends a run, not the client. */
    private static final int ANSWER_MILLIS = 3_600_000;

    static {
        // A POST that got no answer may have been carried out: it is not for a library to send it again.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final String url;
    private final String token;
    private final Messages messages;

    /** An answer that is there, whatever its status. */
    private record Answer(int status, String type, byte[] body) {
    }

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
        return send(path + query, null, null);
    }

    byte[] get(String path) {
        return get(path, Map.of());
    }

    byte[] post(String path, Map<String, ?> body) {
        try {
            return send(path, "application/json", JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This can't be written as JSON: " + body, e);
        }
    }

    /** The answer to a POST of bytes; the path may have parameters. */
    byte[] upload(String pathAndQuery, String type, byte[] body) {
        return send(pathAndQuery, type, body);
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

    private byte[] send(String pathAndQuery, String type, byte[] posted) {
        HttpURLConnection connection = connection(pathAndQuery);
        Answer answer;
        try {
            answer = exchange(connection, type, posted);
        } catch (IOException e) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, messages.text("error.unreachable", url));
        } finally {
            connection.disconnect();
        }
        if (answer.status() / 100 == 2) {
            return answer.body();
        }
        throw refusal(answer);
    }

    private HttpURLConnection connection(String pathAndQuery) {
        try {
            if (URI.create(url + pathAndQuery).toURL().openConnection() instanceof HttpURLConnection connection) {
                return connection;
            }
        } catch (IllegalArgumentException | IOException e) {
            throw new Failure(ExitCode.USAGE, messages.text("error.url", url));
        }
        throw new Failure(ExitCode.USAGE, messages.text("error.url", url));
    }

    private Answer exchange(HttpURLConnection connection, String posting, byte[] posted) throws IOException {
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(ANSWER_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept", "application/json");
        if (token != null) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        if (posted != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", posting);
            connection.getOutputStream().write(posted);
        }
        int status = connection.getResponseCode();
        String type = connection.getContentType();
        try (InputStream in = status / 100 == 2 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, type == null ? "" : type, in == null ? new byte[0] : in.readAllBytes());
        }
    }

    private Failure refusal(Answer answer) {
        ExitCode code = ExitCode.ofStatus(answer.status());
        if (!answer.type().startsWith("application/problem+json")) {
            return new Failure(code, messages.text("error.status", answer.status(), url));
        }
        JsonNode problem = parse(answer.body());
        StringJoiner sentence = new StringJoiner(" ");
        if (answer.status() == 401) {
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
