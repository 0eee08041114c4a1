package org.yuzui.plugin.kindergarten;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.testkit.HubExtension;
import org.yuzui.testkit.TestCertificate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The door with a certificate that is made for the test. */
class TlsTest {

    private static final int PORT = PluginUnderTest.freePort();

    @TempDir
    static Path folder;
    private static TestCertificate door;
    private static HubExtension hub;

    @BeforeAll
    static void start() throws Exception {
        door = TestCertificate.make(folder, "door");
        hub = Sites.hub("http: {port: %d, certificate: \"%s\", key: \"%s\"}%n".formatted(PORT, door.certificate(), door.key()));
        hub.beforeAll(null);
    }

    @AfterAll
    static void stop() throws Exception {
        hub.afterAll(null);
    }

    @Test
    void platformsCallByHttps() throws Exception {
        HttpResponse<String> answer = HttpClient.newBuilder().sslContext(door.trusted()).build().send(HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + PORT + "/openapi.json")).GET().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("/v1/visits");
    }
}
