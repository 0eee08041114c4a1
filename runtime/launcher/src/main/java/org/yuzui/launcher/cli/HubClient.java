package org.yuzui.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.yuzui.kernel.Problem;
import org.yuzui.launcher.Hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Calls a running hub. Every failure comes out as a {@link Failure} with its exit code.
 *
 * <p>{@code HttpURLConnection} makes its first call after some 50 ms where {@code java.net.http} needs several hundred,
 * most of it for TLS that a call to 127.0.0.1 does not use; a command makes one call and ends.
 * It knows no PATCH, which is why settings are changed by a POST.
 */
final class HubClient {

    static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    static final String JAR = "application/java-archive";

    private static final int CONNECT_MILLIS = 5_000;
    /** Longer than any schedule's own timeout: the hub ends a run, not the client. */
    private static final int ANSWER_MILLIS = 3_600_000;

    /** Of a line on which there is a heartbeat every 15 seconds. */
    private static final int SILENT_MILLIS = 45_000;

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

    /** Writes what a call sends. */
    private interface Sending {
        void to(HttpURLConnection connection) throws IOException;
    }

    HubClient(String url, String token, Messages messages) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.token = token;
        this.messages = messages;
    }

    /** The body of a GET; see {@link #query}. */
    byte[] get(String path, Map<String, ?> parameters) {
        return send("GET", path + query(parameters), c -> { });
    }

    byte[] get(String path) {
        return get(path, Map.of());
    }

    byte[] post(String path, Map<String, ?> body) {
        return post(path, Map.of(), "application/json", body);
    }

    /** @param body anything that Jackson writes */
    byte[] post(String path, Map<String, ?> parameters, String type, Object body) {
        byte[] bytes;
        try {
            bytes = JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This can't be written as JSON: " + body, e);
        }
        return send("POST", path + query(parameters), c -> write(c, type, bytes));
    }

    /** Writes what a GET answers to a file, piece by piece; the file is as it was unless the hub gives all of it. */
    void download(String path, Map<String, ?> parameters, Path file) {
        HttpURLConnection connection = connection(path + query(parameters));
        Answer answer;
        try {
            answer = exchange(connection, "GET", c -> { }, in -> {
                try {
                    save(in, connection.getContentLengthLong(), file);
                } catch (IOException e) {
                    throw new Failure(ExitCode.FAILED, messages.text("error.download", file, e.getMessage()));
                }
                return new byte[0];
            });
        } catch (IOException e) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, messages.text("error.unreachable", url));
        } finally {
            connection.disconnect();
        }
        if (answer.status() / 100 != 2) {
            throw refusal(answer);
        }
    }

    /** Hears what the hub tells. */
    @FunctionalInterface
    interface Listener {
        /** @return whether it wants to hear more */
        boolean hears(String event, JsonNode data);
    }

    /**
     * Listens to the hub's events.
     *
     * @return whether the listener has heard enough; else there was no line, or it ended
     */
    boolean listen(Listener listener) {
        HttpURLConnection connection = connection("/api/v1/events");
        boolean[] enough = {false};
        try {
            exchange(connection, "GET", c -> {
                c.setRequestProperty("Accept", "text/event-stream, application/json");
                c.setReadTimeout(SILENT_MILLIS);
            }, in -> {
                enough[0] = hear(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), listener);
                connection.disconnect(); // else closing it would wait for more
                return new byte[0];
            });
        } catch (IOException e) {
            return enough[0];
        } finally {
            connection.disconnect();
        }
        return enough[0];
    }

    private static boolean hear(BufferedReader lines, Listener listener) throws IOException {
        String event = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ") && !listener.hears(event, parse(line.substring("data: ".length()).getBytes(StandardCharsets.UTF_8)))) {
                return true;
            }
        }
        return false;
    }

    /** @param length bytes; below 0 when it is not known. The library does not say that less came */
    private static void save(InputStream in, long length, Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe, or the terminal
            try (OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            return;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            long came = Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            if (length >= 0 && came != length) {
                throw new IOException(came + " / " + length + " bytes");
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A POST of a small file as it is. */
    byte[] post(String path, Map<String, ?> parameters, String type, byte[] body) {
        return send("POST", path + query(parameters), c -> write(c, type, body));
    }

    byte[] delete(String path, Map<String, ?> parameters) {
        return send("DELETE", path + query(parameters), c -> { });
    }

    /**
     * Sends a file as it is, piece by piece, once the hub has said that it will have it.
     *
     * @param headers those without a value are left out
     */
    byte[] upload(String path, Map<String, ?> parameters, Path file, String type, Map<String, String> headers) {
        return send("POST", path + query(parameters), c -> {
            c.setDoOutput(true);
            c.setFixedLengthStreamingMode(Files.size(file));
            c.setRequestProperty("Content-Type", type);
            c.setRequestProperty("Expect", "100-continue");
            headers.forEach((name, value) -> {
                if (value != null) {
                    c.setRequestProperty(name, value);
                }
            });
            try (OutputStream out = c.getOutputStream()) {
                Files.copy(file, out);
            } catch (ProtocolException e) {
                // refused before it was sent: the answer says why
            }
        });
    }

    private static void write(HttpURLConnection connection, String type, byte[] body) throws IOException {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", type);
        connection.getOutputStream().write(body);
    }

    /** Parameters without a value are left out; one with several is repeated. */
    private static String query(Map<String, ?> parameters) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach((name, value) -> {
            for (Object one : value instanceof Collection<?> several ? several : Collections.singletonList(value)) {
                if (one != null) {
                    query.add(encode(name) + "=" + encode(one.toString()));
                }
            }
        });
        return query.toString();
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

    private byte[] send(String method, String pathAndQuery, Sending sending) {
        HttpURLConnection connection = connection(pathAndQuery);
        Answer answer;
        try {
            answer = exchange(connection, method, sending);
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

    private Answer exchange(HttpURLConnection connection, String method, Sending sending) throws IOException {
        return exchange(connection, method, sending, InputStream::readAllBytes);
    }

    /** Reads what a call is answered with when it is served. */
    private interface Reading {
        byte[] of(InputStream in) throws IOException;
    }

    private Answer exchange(HttpURLConnection connection, String method, Sending sending, Reading reading) throws IOException {
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(ANSWER_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "yuzui-cli/" + Hub.VERSION);
        if (token != null) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        sending.to(connection);
        int status = connection.getResponseCode();
        String type = connection.getContentType();
        try (InputStream in = status / 100 == 2 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, type == null ? "" : type,
                    in == null ? new byte[0] : status / 100 == 2 ? reading.of(in) : in.readAllBytes());
        }
    }

    private Failure refusal(Answer answer) {
        ExitCode code = ExitCode.ofStatus(answer.status());
        if (answer.status() != 401 && !answer.type().startsWith("application/problem+json") || answer.body().length == 0) {
            return new Failure(code, withoutReason(answer.status()));
        }
        JsonNode problem = parse(answer.body());
        if (problem.path("code").asText().equals("plan-not-accepted")) {
            code = ExitCode.NOT_ACCEPTED;
        }
        // A place in a file helps; a place in the call is the command's own business.
        return new Failure(code, answer.status() == 401 ? withoutReason(401) : messages.say(new Problem(problem.path("code").asText(),
                answer.status() == 422 ? problem.path("place").textValue() : null, problem.path("detail").asText(),
                problem.path("cure").textValue())), answer.body());
    }

    /** An upload that is refused before it is sent has a status only: the library closes the connection over the rest. */
    private String withoutReason(int status) {
        return switch (status) {
            case 401 -> messages.text(token == null ? "error.no-token" : "error.bad-token");
            case 413 -> messages.text("error.too-large");
            case 429 -> messages.text("error.busy");
            default -> messages.text("error.status", status, url);
        };
    }
}
