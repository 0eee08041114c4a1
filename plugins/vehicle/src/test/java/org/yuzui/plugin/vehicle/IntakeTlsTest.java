package org.yuzui.plugin.vehicle;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The door of the base data with a certificate that is made for the test. */
class IntakeTlsTest {

    private static final char[] PASSWORD = "only-in-this-test".toCharArray();
    private static final Site SITE = new Site();
    private static final String CAR = """
            {"unit": "510104-V01", "plate": "川A00001", "terminal": "19900000001", "colour": 1, "status": "active", "updatedAt": "2026-03-02T09:00:00+08:00"}""";

    @TempDir
    static Path folder;
    private static KeyStore keys;
    private static HubExtension hub;

    @BeforeAll
    static void start() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "door",
                "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", new String(PASSWORD)).inheritIO().start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Path certificate = pem("CERTIFICATE", keys.getCertificate("door").getEncoded());
        Path key = pem("PRIVATE KEY", keys.getKey("door", PASSWORD).getEncoded());
        hub = SITE.hub("""
                listen: {port: %d}
                platforms: {port: %d}
                http: {port: %d, token: %s, certificate: "CERTIFICATE", key: "KEY"}
                """.replace("CERTIFICATE", certificate.toString()).replace("KEY", key.toString()));
        hub.beforeAll(null);
    }

    @AfterAll
    static void stop() throws Exception {
        hub.afterAll(null);
    }

    private static Path pem(String what, byte[] bytes) throws IOException {
        return Files.writeString(folder.resolve(what.charAt(0) + ".pem"), "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n");
    }

    @Test
    void whatComesByHttpsIsDurable() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("door", keys.getCertificate("door"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        HttpResponse<String> answer = HttpClient.newBuilder().sslContext(tls).build().send(car("https"), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(hub.hub().records().store().find(new RecordQuery("vehicle.car.v1", null, null, null, null, List.of(),
                RecordQuery.Among.LATEST, RecordQuery.Give.MATCHES))).extracting(r -> r.body().path("plate").asText()).containsExactly("川A00001");
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
