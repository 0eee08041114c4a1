package org.yuzui.plugin.vehicle;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;
import org.yuzui.testkit.TestCertificate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The door of the base data with a certificate that is made for the test. */
class IntakeTlsTest {

    private static final Site SITE = new Site();
    private static final String CAR = """
            {"unit": "510104-V01", "plate": "川A00001", "terminal": "19900000001", "colour": 1, "status": "active", "updatedAt": "2026-03-02T09:00:00+08:00"}""";

    @TempDir
    static Path folder;
    private static TestCertificate door;
    private static HubExtension hub;

    @BeforeAll
    static void start() throws Exception {
        door = TestCertificate.make(folder, "door");
        hub = SITE.hub("""
                listen: {port: %d}
                platforms: {port: %d}
                http: {port: %d, token: %s, certificate: "CERTIFICATE", key: "KEY"}
                """.replace("CERTIFICATE", door.certificate().toString()).replace("KEY", door.key().toString()));
        hub.beforeAll(null);
    }

    @AfterAll
    static void stop() throws Exception {
        hub.afterAll(null);
    }

    @Test
    void whatComesByHttpsIsDurable() throws Exception {
        HttpResponse<String> answer = HttpClient.newBuilder().sslContext(door.trusted()).build().send(car("https"), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(hub.hub().records().store().find(RecordQuery.of("vehicle.car.v1"))).extracting(r -> r.body().path("plate").asText())
                .containsExactly("川A00001");
    }

    @Test
    void whoSpeaksWithoutTlsOrDoesNotTrustTheCertificateGetsNoAnswer() {
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(car("http"), HttpResponse.BodyHandlers.ofString())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(car("https"), HttpResponse.BodyHandlers.ofString())).isInstanceOf(IOException.class);
    }

    private static HttpRequest car(String scheme) {
        return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + SITE.http + "/cars")).version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + Site.TOKEN).POST(HttpRequest.BodyPublishers.ofString(CAR)).build();
    }
}
