package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.launcher.cli.CommandLineInterface;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.testkit.Patience.await;

/** A plugin's life through the REST interface of a real hub: it comes, changes, is set, stops, goes back, and goes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginLifeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTRACT = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "title": "A reading",
             "required": ["unit", "meter"], "properties": {"unit": {"type": "string"}, "meter": {"type": "string"}%s},
             "x-key": ["/unit", "/meter"], "x-unit": "/unit"}
            """;
    private static final String FLOOR = ", \"floor\": {\"type\": \"integer\"}";
    private static final String SETTINGS = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false,
             "properties": {"password": {"type": "string", "x-secret": true},
                            "period": {"type": "integer", "default": 50, "minimum": 10}}}
            """;
    private static final String ROUTE = """
            - route:
                id: read
                from:
                  uri: direct:%s
                  steps:
                    - to: record:meter.reading.v1
            """;
    private static final String SITE_ROUTE = """
            - route:
                id: watch
                from:
                  uri: record:meter.reading.v1?subscription=watch
                  steps:
                    - log: seen
            """;

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of();

    private final HttpClient http = HttpClient.newHttpClient();

    private static PluginJar meters(String version, String furtherFields) {
        return PluginJar.of("meters", version).file("settings.schema.json", SETTINGS)
                .file("contracts/meter.reading.v1.schema.json", CONTRACT.formatted(furtherFields))
                .file("routes/read.camel.yaml", ROUTE.formatted("readings"));
    }

    @Test
    @Order(1)
    void aJarIsLookedAtThenInstalled() {
        byte[] jar = meters("1.0.0", "").bytes();

        JsonNode plan = ok(upload(jar, "?dryRun=true&fileName=meters-1.0.0.jar"), 200);
        assertThat(plan.path("action").asText()).isEqualTo("INSTALL");
        assertThat(plan.path("problems")).isEmpty();
        assertThat(plan.path("changes").findValuesAsText("id")).contains("meter.reading.v1");
        assertThat(call("GET", "/plugins/meters", null, null).statusCode()).as("nothing happened").isEqualTo(404);

        JsonNode event = ok(upload(jar, "?fileName=meters-1.0.0.jar"), 201);
        assertThat(event.path("outcome").asText()).isEqualTo("DONE");
        assertThat(event.path("door").asText()).isEqualTo("api");
        assertThat(event.path("sha256").asText()).isEqualTo(plan.path("sha256").asText());
        assertRuns("1.0.0");
        assertThat(ok("/plugins/meters").at("/installed/sha256").asText()).isEqualTo(event.path("sha256").asText());
        assertThat(jarsInTheFolder()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void anUpdateSaysWhatItChangesAndTakesThePlaceOfWhatRan() {
        byte[] next = meters("1.1.0", FLOOR).bytes();

        JsonNode plan = ok(upload(next, "?dryRun=true"), 200);
        assertThat(plan.path("action").asText()).isEqualTo("UPDATE");
        assertThat(plan.path("fromVersion").asText()).isEqualTo("1.0.0");
        assertThat(change(plan, "contracts", "meter.reading.v1").path("action").asText()).isEqualTo("CHANGE");
        assertThat(change(plan, "routes", "read").path("action").asText()).isEqualTo("KEEP");
        assertRuns("1.0.0");

        ok(upload(next, ""), 200);
        assertRuns("1.1.0");
        assertThat(jarsInTheFolder()).as("the folder says the same").isEqualTo(1);
    }

    @Test
    @Order(3)
    void aFaultyUpdateIsRefusedWithItsPlaceAndTheVersionBeforeGoesOn() {
        HttpResponse<String> refused = upload(meters("1.2.0", FLOOR).file("routes/read.camel.yaml", "- route: {from: nonsense").bytes(), "");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(json(refused).path("place").asText()).contains("read.camel.yaml");
        assertRuns("1.1.0");
        JsonNode newest = ok("/plugins/meters/history").at("/events/0");
        if (newest.path("outcome").asText().equals("FAILED")) { // when it came as far as a switch
            assertThat(newest.path("problem").isObject()).isTrue();
        }
    }

    @Test
    @Order(4)
    void whatRanBeforeCanBeGoneBackTo() {
        assertThat(ok("/plugins/meters/versions").path("versions").findValuesAsText("version")).contains("1.0.0", "1.1.0");

        assertThat(ok(call("POST", "/plugins/meters/rollback?dryRun=true", null, ""), 200).path("toVersion").asText()).isEqualTo("1.0.0");
        ok(call("POST", "/plugins/meters/rollback", null, ""), 200);
        assertRuns("1.0.0");
        ok(call("POST", "/plugins/meters/rollback", "application/json", "{\"version\":\"1.1.0\"}"), 200);
        assertRuns("1.1.0");
        HttpResponse<String> unknown = call("POST", "/plugins/meters/rollback", "application/json", "{\"version\":\"9.9.9\"}");
        assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(404);
        assertThat(json(unknown).path("code").asText()).isEqualTo("unknown-version");
        assertThat(ok("/plugins/meters/history").path("events").findValuesAsText("action"))
                .startsWith("ROLLBACK", "ROLLBACK").contains("UPDATE", "INSTALL");
    }

    @Test
    @Order(5)
    void aSecretIsEncryptedAndNeverShownAgain() throws IOException {
        Path file = HUB.home().resolve("config/plugins/meters.yaml");
        String patch = "{\"password\":\"open-sesame\",\"period\":60}";

        assertThat(call("POST", "/plugins/meters/settings?dryRun=true", "application/merge-patch+json", patch).body())
                .doesNotContain("open-sesame");
        HttpResponse<String> done = call("POST", "/plugins/meters/settings", "application/merge-patch+json", patch);
        ok(done, 200);

        assertThat(done.body()).doesNotContain("open-sesame");
        assertThat(Files.readString(file)).contains("${secret:", "60").doesNotContain("open-sesame");
        HttpResponse<String> settings = call("GET", "/plugins/meters/settings", null, null);
        assertThat(settings.body()).doesNotContain("open-sesame");
        assertThat(json(settings).at("/written/password").asText()).isEqualTo("***");
        assertThat(json(settings).at("/effective/period").asInt()).isEqualTo(60);
        assertThat(call("GET", "/plugins/meters/history", null, null).body()).doesNotContain("open-sesame");

        HttpResponse<String> wrong = call("POST", "/plugins/meters/settings", "application/merge-patch+json", "{\"period\":1}");
        assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(422);
        assertThat(ok("/plugins/meters/settings").at("/effective/period").asInt()).isEqualTo(60);

        ok(call("POST", "/plugins/meters/settings", "application/merge-patch+json", "{\"period\":70}"), 200);
        ok(call("POST", "/plugins/meters/settings/restore", null, ""), 200);
        assertThat(ok("/plugins/meters/settings").at("/effective/period").asInt()).isEqualTo(60);
        assertRuns("1.1.0");
    }

    @Test
    @Order(6)
    void aStoppedPluginStaysStoppedAcrossARestart() {
        ok(call("POST", "/plugins/meters/stop", null, ""), 200);
        assertThat(state()).isEqualTo("STOPPED");

        HUB.stop();
        HUB.start();

        assertThat(state()).isEqualTo("STOPPED");
        ok(call("POST", "/plugins/meters/start", null, ""), 200);
        assertRuns("1.1.0");
        HUB.stop();
        HUB.start();
        assertRuns("1.1.0");
    }

    @Test
    @Order(7)
    void whatTouchesOthersMustBeAccepted() {
        HUB.write("routes/watch.camel.yaml", SITE_ROUTE);
        await().untilAsserted(() -> assertThat(ok("/routes").path("routes")).filteredOn(r -> r.path("id").asText().equals("watch"))
                .extracting(r -> r.path("state").asText()).containsExactly("Started"));

        HttpResponse<String> refused = call("DELETE", "/plugins/meters", null, null);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        JsonNode outside = json(refused).at("/plan/outside/0");
        assertThat(outside.path("owner").asText()).isEqualTo("site");
        assertThat(outside.path("place").asText()).contains("watch.camel.yaml");
        assertRuns("1.1.0");

        JsonNode plan = ok(call("DELETE", "/plugins/meters?dryRun=true", null, null), 200);
        String accept = String.join("", plan.path("outside").findValuesAsText("id").stream().map(id -> "&accept=" + id).toList());
        ok(call("DELETE", "/plugins/meters?dryRun=false" + accept, null, null), 200);
        assertThat(call("GET", "/plugins/meters", null, null).statusCode()).isEqualTo(404);
        assertThat(jarsInTheFolder()).isZero();
    }

    @Test
    @Order(8)
    void aRemovedPluginIsRememberedAndCanComeBack() {
        assertThat(ok("/plugins/meters/history").at("/events/0/action").asText()).isEqualTo("REMOVE");
        assertThat(ok("/plugins/meters/versions").path("versions")).isNotEmpty();
        JsonNode entry = ok("/plugins/meters/history/" + ok("/plugins/meters/history").at("/events/0/number").asLong());
        assertThat(entry.at("/plan/action").asText()).isEqualTo("REMOVE");

        ok(call("POST", "/plugins/meters/rollback", null, ""), 200);
        assertThat(state()).isEqualTo("RUNNING");
    }

    /** The hub refuses by the header alone; the sender must hear that, and not of a broken connection. */
    @Test
    @Order(9)
    void theCommandLineIsToldWhyAJarIsNotEvenReceived() throws IOException {
        Path jar = Files.write(HUB.home().resolve("meters-2.jar"), meters("2.0.0", FLOOR).bytes());
        assertThat(yuzui(jar, "wrong")).as("denied").isEqualTo(7);

        Path huge = HUB.home().resolve("huge.jar");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength((256L << 20) + 1);
        }
        assertThat(yuzui(huge, token())).as("refused").isEqualTo(2);
        assertThat(yuzui(jar, token())).as("done").isZero();
        assertRuns("2.0.0");
        assertThat(ok("/plugins/meters/history").at("/events/0/door").asText()).isEqualTo("cli");
        try (Stream<Path> left = Files.list(HUB.home().resolve("data/uploads"))) {
            assertThat(left).isEmpty();
        }
    }

    private static int yuzui(Path jar, String token) {
        return CommandLineInterface.execute("plugin", "install", jar.toString(), "--url",
                "http://127.0.0.1:" + HUB.hub().webPort(), "--token", token, "--lang", "en");
    }

    private static JsonNode change(JsonNode plan, String kind, String id) {
        for (JsonNode change : plan.path("changes")) {
            if (change.path("kind").asText().equals(kind) && change.path("id").asText().equals(id)) {
                return change;
            }
        }
        throw new AssertionError("no change of " + kind + " " + id + " in " + plan);
    }

    private void assertRuns(String version) {
        await().untilAsserted(() -> {
            JsonNode plugin = ok("/plugins/meters").path("plugin");
            assertThat(plugin.path("version").asText()).isEqualTo(version);
            assertThat(plugin.path("state").asText()).isEqualTo("RUNNING");
        });
    }

    private String state() {
        return ok("/plugins/meters").at("/plugin/state").asText();
    }

    private static long jarsInTheFolder() {
        try (Stream<Path> files = Files.list(HUB.home().resolve("plugins"))) {
            return files.filter(f -> f.toString().endsWith(".jar")).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode ok(String path) {
        return ok(call("GET", path, null, null), 200);
    }

    private static JsonNode ok(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return json(response);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    private HttpResponse<String> upload(byte[] jar, String query) {
        return send(request("/plugins" + query).header("Content-Type", "application/java-archive")
                .POST(BodyPublishers.ofByteArray(jar)));
    }

    private HttpResponse<String> call(String method, String path, String type, String body) {
        HttpRequest.Builder request = request(path)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return send(type == null ? request : request.header("Content-Type", type));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + HUB.hub().webPort() + "/api/v1" + path))
                .header("Authorization", "Bearer " + token());
    }

    private static String token() {
        try {
            return Files.readString(HUB.home().resolve("data/bootstrap-token")).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
