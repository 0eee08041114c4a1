package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginRequest;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.web.Patience.await;

/** Plugins are changed: what reaches the container, and how its answers and refusals come back. */
class PluginChangesTest {

    private static final int LIMIT = 1 << 20;
    private static final byte[] JAR = "PK a jar".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path uploads;
    private FakeHub hub;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(uploads.resolve("plugin-1.upload"), "left behind by a hub that was killed");
        hub = new FakeHub(WebSettings.of("127.0.0.1", 0).withUploads(uploads, LIMIT));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aJarIsHandedOnWithItsNameItsSignatureAndWhatIsAccepted() throws IOException {
        HttpResponse<String> response = hub.send(jar("?fileName=his-0.2.0.jar&accept=contracts:a.v1&accept=contracts:b.v1", JAR)
                .header("X-Yuzui-Signature", Base64.getEncoder().encodeToString("signed 签".getBytes(StandardCharsets.UTF_8))));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(OpenApiContractTest.violations("POST /api/v1/plugins", response)).isEmpty();
        assertThat(FakeHub.json(response).path("outcome").asText()).isEqualTo("DONE");
        PluginRequest.Install install = (PluginRequest.Install) hub.plugins.asked;
        assertThat(install.fileName()).isEqualTo("his-0.2.0.jar");
        assertThat(install.signature()).isEqualTo("signed 签");
        assertThat(hub.plugins.jar).isEqualTo(JAR);
        assertThat(hub.plugins.mandate.who()).isEqualTo("bootstrap");
        assertThat(hub.plugins.mandate.door()).isEqualTo("api");
        assertThat(hub.plugins.mandate.accepted()).containsExactlyInAnyOrder("contracts:a.v1", "contracts:b.v1");
        assertNothingLeft();
    }

    @Test
    void aNewPluginIsCreated() throws IOException {
        hub.plugins.action = PluginAction.INSTALL;

        HttpResponse<String> response = hub.send(jar("", JAR));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(OpenApiContractTest.violations("POST /api/v1/plugins", response)).isEmpty();
        assertThat(((PluginRequest.Install) hub.plugins.asked).fileName()).isEqualTo("upload.jar");
        assertThat(((PluginRequest.Install) hub.plugins.asked).signature()).isNull();
    }

    @Test
    void theCommandLineIsADoorOfItsOwn() {
        hub.send(jar("", JAR).header("User-Agent", "yuzui-cli/0.1.0"));

        assertThat(hub.plugins.mandate.door()).isEqualTo("cli");
    }

    @Test
    void aDryRunIsThePlanAndNothingElse() throws IOException {
        hub.plugins.trouble = new Problem("incompatible-contract", "contracts/his.visit.v1.schema.json", "/bed is gone.", "Keep it.");

        HttpResponse<String> response = hub.send(jar("?dryRun=true", JAR));

        assertThat(response.statusCode()).as("a plan with problems is a plan").isEqualTo(200);
        assertThat(OpenApiContractTest.violations("POST /api/v1/plugins", response)).isEmpty();
        JsonNode plan = FakeHub.json(response);
        assertThat(plan.at("/problems/0/code").asText()).isEqualTo("incompatible-contract");
        assertThat(plan.at("/pauses/0/lastTime").asText()).isEqualTo("PT0.042S");
        assertThat(hub.plugins.mandate).isNull();
        assertNothingLeft();
    }

    @Test
    void whatTouchesOthersIsAnsweredWithThePlanUntilItIsAccepted() throws IOException {
        hub.plugins.outside = List.of(FakePlugins.EFFECT);

        HttpResponse<String> refused = hub.send(jar("", JAR));
        JsonNode problem = FakeHub.json(refused);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(OpenApiContractTest.violations("POST /api/v1/plugins", refused)).isEmpty();
        assertThat(problem.path("code").asText()).isEqualTo("plan-not-accepted");
        assertThat(problem.at("/plan/outside/0/id").asText()).isEqualTo("contracts:his.visit.v1");
        assertThat(hub.send(jar("?accept=contracts:his.visit.v1", JAR)).statusCode()).isEqualTo(200);
        assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "bad-yaml             | 422",
            "unknown-key          | 422",
            "port-in-use          | 422",
            "jar-too-large        | 413",
            "unknown-version      | 404",
            "nothing-to-do        | 409",
            "hub-starting         | 503",
            "store-unreachable    | 503"})
    void aRefusalKeepsItsPlaceAndCure(String code, int status) {
        hub.plugins.trouble = new Problem(code, "his.jar!HUB-INF/plugin.yaml:3", "It is wrong.", "Mend it.");

        HttpResponse<String> response = hub.send(jar("", JAR));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(FakeHub.json(response).path("code").asText()).isEqualTo(code);
        assertThat(FakeHub.json(response).path("place").asText()).isEqualTo("his.jar!HUB-INF/plugin.yaml:3");
        assertThat(FakeHub.json(response).path("cure").asText()).isEqualTo("Mend it.");
    }

    @Test
    void aLargeJarPassesAlthoughOtherBodiesMayNotBeAsLarge() {
        byte[] large = new byte[LIMIT];

        assertThat(hub.send(jar("", large)).statusCode()).isEqualTo(200);
        assertThat(hub.plugins.jar).isEqualTo(large);
        assertThat(hub.send(json("/rollback", "{\"version\":\"" + "1".repeat(1 << 20) + "\"}")).statusCode()).isEqualTo(413);
    }

    @Test
    void aJarThatIsTooLargeIsRefusedWhetherItsSizeIsSaidOrNot() throws IOException {
        String head = "POST /api/v1/plugins HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + FakeHub.TOKEN
                + "\r\nContent-Type: application/java-archive\r\nConnection: close\r\n";

        assertThat(raw(head + "Expect: 100-continue\r\nContent-Length: " + (LIMIT + 1) + "\r\n\r\n"))
                .as("before a byte of it is sent").startsWith("HTTP/1.1 413").contains("jar-too-large", "1 MB");
        assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(LIMIT + 1) + "\r\n" + "x".repeat(LIMIT + 1)))
                .startsWith("HTTP/1.1 413").contains("jar-too-large");
        assertThat(hub.plugins.asked).isNull();
        assertNothingLeft();
    }

    @Test
    void anUploadThatBreaksOffChangesNothing() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", hub.port())) {
            socket.getOutputStream().write(("POST /api/v1/plugins HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + FakeHub.TOKEN
                    + "\r\nContent-Type: application/java-archive\r\nContent-Length: 1000\r\n\r\nPK half").getBytes(StandardCharsets.US_ASCII));
            await().untilAsserted(() -> assertThat(files()).as("it has begun").hasSize(1));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).doesNotContain(" 200 ");
        }
        await().untilAsserted(this::assertNothingLeft);
        assertThat(hub.plugins.asked).isNull();
        assertThat(hub.send(jar("", JAR)).statusCode()).as("the next one").isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "?fileName=..%2Fhis.jar   | application/java-archive  | x  |     | 400 | bad-file-name",
            "?fileName=.his           | application/java-archive  | x  |     | 400 | bad-file-name",
            "?fileNam=his.jar         | application/java-archive  | x  |     | 400 | unknown-parameter",
            "?dryRun=1                | application/java-archive  | x  |     | 400 | bad-flag",
            "?dryRun=true&dryRun=true | application/java-archive  | x  |     | 400 | repeated-parameter",
            "''                       | application/json          | {} |     | 415 | not-a-jar",
            "''                       | multipart/form-data       | x  |     | 415 | not-a-jar",
            "''                       | application/octet-stream  | '' |     | 400 | bad-upload",
            "''                       | application/java-archive  | x  | §§  | 400 | bad-signature-header"})
    void aMistakeInTheCallIsNamed(String query, String type, String body, String signature, int status, String code) {
        HttpRequest.Builder call = hub.authorized("/api/v1/plugins" + query).header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        HttpResponse<String> response = hub.send(signature == null ? call : call.header("X-Yuzui-Signature", "*not base64*"));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(FakeHub.json(response).path("code").asText()).isEqualTo(code);
        assertThat(hub.plugins.asked).isNull();
    }

    @Test
    void withoutATokenNothingIsTakenIn() throws IOException {
        HttpResponse<String> response = hub.send(hub.request("/api/v1/plugins").header("Content-Type", "application/java-archive")
                .POST(BodyPublishers.ofByteArray(JAR)));

        assertThat(response.statusCode()).isEqualTo(401);
        assertNothingLeft();
    }

    @Test
    void theOtherChangesReachTheContainer() {
        assertAsked(json("/rollback?accept=x", "{\"version\":\"0.0.9\"}"), new PluginRequest.Rollback("his", "0.0.9"));
        assertThat(hub.plugins.mandate.accepted()).containsExactly("x");
        assertAsked(json("/rollback", ""), new PluginRequest.Rollback("his", null));
        assertAsked(json("/rollback", "{\"version\":null}"), new PluginRequest.Rollback("his", null));
        assertAsked(json("/stop", ""), new PluginRequest.Stop("his"));
        assertAsked(json("/start", ""), new PluginRequest.Start("his"));
        assertAsked(json("/settings/restore", "{\"revision\":2}"), new PluginRequest.RestoreSettings("his", 2L));
        assertAsked(json("/settings/restore", ""), new PluginRequest.RestoreSettings("his", null));
        assertAsked(hub.authorized("/api/v1/plugins/his").DELETE(), new PluginRequest.Remove("his"));
        assertThat(hub.plugins.mandate.who()).isEqualTo("bootstrap");
    }

    @Test
    void settingsAreAMergePatch() throws IOException {
        HttpRequest.Builder patch = hub.authorized("/api/v1/plugins/his/settings").header("Content-Type", "application/merge-patch+json")
                .POST(BodyPublishers.ofString("{\"listen\":{\"port\":2576},\"password\":\"s3cret\",\"old\":null}"));

        HttpResponse<String> response = hub.send(patch);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(OpenApiContractTest.violations("POST /api/v1/plugins/{id}/settings", response)).isEmpty();
        JsonNode changes = ((PluginRequest.Configure) hub.plugins.asked).changes();
        assertThat(changes.at("/listen/port").asInt()).isEqualTo(2576);
        assertThat(changes.path("old").isNull()).isTrue();
        assertThat(response.body()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/rollback          | {\"version\":1}          | 400 | body /version",
            "/rollback          | {\"versoin\":\"0.1.0\"}  | 400 | body /versoin",
            "/settings/restore  | {\"revision\":\"2\"}     | 400 | body /revision",
            "/settings/restore  | {\"revision\":0}         | 400 | body /revision",
            "/settings/restore  | {\"revision\":1.5}       | 400 | body /revision",
            "/settings          | {\"a\":1}                | 415 | header Content-Type"})
    void aBodyIsReadStrictly(String path, String body, int status, String place) {
        HttpResponse<String> response = hub.send(json(path, body));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(FakeHub.json(response).path("place").asText()).isEqualTo(place);
        assertThat(hub.plugins.asked).isNull();
    }

    @Test
    void historyIsReadPageByPage() {
        JsonNode first = FakeHub.json(hub.get("/api/v1/plugins/his/history?limit=5"));
        JsonNode second = FakeHub.json(hub.get("/api/v1/plugins/his/history?limit=5&before=" + first.path("next").asText()));

        assertThat(first.path("events").findValuesAsText("number")).containsExactly("7", "6", "5", "4", "3");
        assertThat(second.path("events").findValuesAsText("number")).containsExactly("2", "1");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(FakeHub.json(hub.get("/api/v1/plugins/his/history/3")).at("/plan/id").asText()).isEqualTo("0123456789ab");
        assertThat(hub.get("/api/v1/plugins/other/history/3").statusCode()).as("an entry of another plugin").isEqualTo(404);
    }

    @Test
    void aPluginIsShownWithTheJarThatItRunsFrom() {
        JsonNode plugin = FakeHub.json(hub.get("/api/v1/plugins/his"));

        assertThat(plugin.at("/installed/version").asText()).isEqualTo("0.1.0");
        assertThat(plugin.at("/installed/sha256").asText()).hasSize(64);
        assertThat(FakeHub.json(hub.get("/api/v1/plugins/broken.jar")).path("installed").isNull()).isTrue();
    }

    private void assertAsked(HttpRequest.Builder call, PluginRequest expected) {
        assertThat(hub.send(call).statusCode()).isEqualTo(200);
        assertThat(hub.plugins.asked).isEqualTo(expected);
    }

    private HttpRequest.Builder jar(String query, byte[] bytes) {
        return hub.authorized("/api/v1/plugins" + query).header("Content-Type", "application/java-archive")
                .POST(BodyPublishers.ofByteArray(bytes));
    }

    private HttpRequest.Builder json(String path, String body) {
        return hub.authorized("/api/v1/plugins/his" + path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", hub.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(uploads)) {
            return files.toList();
        }
    }

    private void assertNothingLeft() throws IOException {
        assertThat(files()).isEmpty();
    }
}
