package org.yuzui.launcher.demo.jt808;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The door for base data of the hub of a home: where it is and what opens it, its vehicle plugin's settings say. */
public final class BaseDataDoor {

    private static final String SETTINGS = "config/plugins/vehicle.yaml";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file|generated):([^}]+)}");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int DEFAULT_PORT = 7880;
    private static final int TURNED_AWAY = 401;

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI uri;
    private final String token;

    private BaseDataDoor(URI uri, String token) {
        this.uri = uri;
        this.token = token;
    }

    /** Empty when the settings name no token, one that only the hub can read, or TLS. */
    public static Optional<BaseDataDoor> of(Path home, String host) {
        JsonNode http = YamlDocument.read(home.resolve(SETTINGS), SETTINGS).root().path("http");
        String token = token(http.path("token").asText(), home.resolve(SETTINGS).getParent());
        return token.isEmpty() || http.has("certificate") ? Optional.empty()
                : Optional.of(new BaseDataDoor(URI.create("http://" + host + ":" + http.path("port").asInt(DEFAULT_PORT) + "/"), token));
    }

    /** How a call was answered. */
    public record Sent(int items, int accepted) {
    }

    /**
     * Sends items to a path.
     *
     * @param path {@code drivers, dispatches, refuels}
     * @throws IOException when they were not answered one by one
     */
    public Sent send(String path, List<ObjectNode> items) throws IOException {
        if (items.isEmpty()) {
            return new Sent(0, 0);
        }
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(items))).build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = json.readTree(answer.body());
            if (answer.statusCode() == TURNED_AWAY || !body.path("accepted").isInt()) {
                throw new IOException(uri.resolve(path) + " answered " + answer.statusCode() + " " + body.path("code").asText());
            }
            return new Sent(items.size(), body.path("accepted").asInt());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String token(String written, Path folder) {
        Matcher m = REFERENCE.matcher(written);
        if (!m.matches()) {
            return written.contains("${") ? "" : written;
        }
        if (m.group(1).equals("env")) {
            return Optional.ofNullable(System.getenv(m.group(2))).orElse("");
        }
        try {
            return Files.readString(folder.resolve(m.group(2))).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
