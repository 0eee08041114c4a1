package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.plugin.his.mllp.Tls;
import org.yuzui.testkit.TestCertificate;

import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.plugin.his.Patience.await;

/** Secured lines, in and out, with certificates of this test. */
class TlsTest {

    @TempDir
    private static Path folder;
    private static TestCertificate hospital;
    private static TestCertificate hubs;
    private static TestCertificate stranger;

    private final FakeHub hub = new FakeHub();
    private CamelContext context;

    @BeforeAll
    static void certificates() throws Exception {
        hospital = TestCertificate.make(folder, "hospital", "EC");
        hubs = TestCertificate.make(folder, "hub", "RSA");
        stranger = TestCertificate.make(folder, "stranger", "EC");
    }

    @AfterEach
    void stop() throws Exception {
        if (context != null) {
            context.close();
        }
    }

    @Test
    void aMessageComesOverASecuredLineAndOneInTheClearIsNoted() throws Exception {
        int port = listen("certificate: " + hubs.certificate() + ", key: " + hubs.key());

        try (MllpSender sender = new MllpSender(client(null).getSocketFactory().createSocket("127.0.0.1", port))) {
            assertThat(sender.send(Messages.adt("A01", "C1", "ZY1"))).contains("MSA|AA|C1");
            assertThat(sender.send(Messages.adt("A01", "C2", "ZY2"))).contains("MSA|AA|C2");
        }
        try (MllpSender clear = new MllpSender(port)) {
            clear.raw(MllpSender.framed(Messages.adt("A01", "C3", "ZY3").getBytes()));
            assertThat(clear.answer()).isNull();
        }
        await().until(() -> hub.refused.size() == 1);
        assertThat(hub.refused.get(0).code()).isEqualTo("tls-handshake");
        assertThat(hub.published).hasSize(2);
    }

    @Test
    void whoMustShowACertificateShowsOneThatIsKnown() throws Exception {
        int port = listen("certificate: " + hubs.certificate() + ", key: " + hubs.key() + ", clientCa: " + hospital.certificate());

        try (MllpSender known = new MllpSender(client(hospital).getSocketFactory().createSocket("127.0.0.1", port))) {
            assertThat(known.send(Messages.adt("A01", "C1", "ZY1"))).contains("MSA|AA|C1");
        }
        for (TestCertificate other : new TestCertificate[] {null, stranger}) {
            try (MllpSender sender = new MllpSender(client(other).getSocketFactory().createSocket("127.0.0.1", port))) {
                assertThatThrownBy(() -> {
                    if (sender.send(Messages.adt("A01", "C2", "ZY2")) == null) {
                        throw new IOException("closed without an answer");
                    }
                }).isInstanceOf(IOException.class);
            }
        }
        await().until(() -> hub.refused.size() == 2);
        assertThat(hub.refused).extracting(FakeHub.Noted::code).containsOnly("tls-handshake");
        assertThat(hub.published).hasSize(1);
    }

    @Test
    void theHubSendsOverASecuredLineAndShowsItsCertificate() throws Exception {
        SSLContext theirs = Tls.context(hospital.certificate(), hospital.key(), hubs.certificate());
        try (StandIn them = new StandIn(theirs.getServerSocketFactory(), 0)) {
            send(them, "127.0.0.1", "{ca: " + hospital.certificate() + ", certificate: " + hubs.certificate() + ", key: " + hubs.key() + "}");

            assertThat(hub.deliver(context, "his.order.v1", order())).isNull();
            assertThat(them.received).hasSize(1);
        }
    }

    @Test
    void anotherSideThatIsNotKnownOrNotTheOneThatWasMeantGetsNothing() throws Exception {
        SSLContext theirs = Tls.context(hospital.certificate(), hospital.key(), null);
        for (String[] wrong : new String[][] {{"127.0.0.1", "{ca: " + stranger.certificate() + "}"}, {"localhost", "{ca: " + hospital.certificate() + "}"}}) {
            try (StandIn them = new StandIn(theirs.getServerSocketFactory(), 0)) {
                send(them, wrong[0], wrong[1]);
                CompletableFuture<Exception> delivery = CompletableFuture.supplyAsync(() -> hub.deliver(context, "his.order.v1", order()));
                await().until(() -> them.connections() > 1);

                context.getRoute("send-x").getConsumer().stop();
                await().until(delivery::isDone);
                assertThat(them.received).isEmpty();
            }
        }
        try (StandIn them = new StandIn(theirs.getServerSocketFactory(), 0)) {
            send(them, "localhost", "{ca: " + hospital.certificate() + ", verifyHost: false}");
            assertThat(hub.deliver(context, "his.order.v1", order())).as("told not to look at the name").isNull();
        }
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws Exception {
        Path none = Files.writeString(folder.resolve("none.pem"), "hello");
        Path old = Files.writeString(folder.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");

        assertThatThrownBy(() -> Tls.context(none, hubs.key(), null)).hasMessageContaining("none.pem");
        assertThatThrownBy(() -> Tls.context(hubs.certificate(), old, null)).hasMessageContaining("openssl pkcs8 -topk8");
        assertThatThrownBy(() -> Tls.context(hubs.certificate(), hubs.key(), folder.resolve("missing.crt"))).hasMessageContaining("missing.crt");
        assertThatThrownBy(() -> listen("certificate: " + none + ", key: " + hubs.key())).hasStackTraceContaining("none.pem");
    }

    private int listen(String tls) throws Exception {
        int port = PluginFixture.freePort();
        context = PluginFixture.context(hub, PluginFixture.settings("""
                listen: {port: %d, tls: {%s}}
                facilities: {SCSY: {unit: 510104-H01}}
                """.formatted(port, tls)), "receive-visit");
        context.start();
        return port;
    }

    private void send(StandIn to, String host, String tls) throws Exception {
        stop();
        context = PluginFixture.context(hub, PluginFixture.settings("""
                listen: {port: %d}
                send: {x: {host: %s, port: %d, contract: his.order.v1, connectTimeout: 20000, answerTimeout: 60000, tls: %s}}
                """.formatted(PluginFixture.freePort(), host, to.port(), tls)), "receive-visit", "send");
        context.start();
    }

    private static SSLContext client(TestCertificate own) {
        return Tls.context(own == null ? null : own.certificate(), own == null ? null : own.key(), hubs.certificate());
    }

    private static JsonNode order() {
        try {
            return new ObjectMapper().readTree(Path.of("examples/order/expect.json").toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
