package org.yuzui.plugin.his;

import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.his.Patience.await;

/** A line on which nothing more comes is ended when its time is over, with the reason in the ledger. */
class SilentLineTest extends CamelTestSupport {

    private final FakeHub hub = new FakeHub();
    private int port;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        testConfiguration().withUseRouteBuilder(false);
        port = PluginFixture.freePort();
        return PluginFixture.context(hub, PluginFixture.settings("""
                listen: {port: %d}
                readTimeout: 500
                idleTimeout: 5000
                maxConnections: 120
                facilities: {SCSY: {unit: 510104-H01}}
                """.formatted(port)), "receive-visit");
    }

    @BeforeEach
    void start() {
        context.start();
    }

    @Test
    void aFrameThatStopsHalfwayIsGivenUpAfterReadTimeout() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            sender.raw(new byte[] {0x0B, 'M', 'S', 'H', '|'});

            assertThat(new String(sender.answer(), StandardCharsets.UTF_8)).contains("MSA|AE||truncated-frame: ");
            assertThat(sender.answer()).isNull();
        }
        assertThat(hub.refused).singleElement().satisfies(r -> assertThat(r.source()).startsWith("mllp 127.0.0.1:"));
        BadLineTest.assertGoodMessageIsAccepted(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "MSH|^~\\&|HIS|SCSY\r", "\u0000\u0001\u0002"})
    void bytesOutsideAFrameAreKeptAndEndTheLine(String bytes) throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            sender.raw(bytes.getBytes(StandardCharsets.UTF_8));
            await().until(() -> hub.refused.size() == 1);
            while (sender.answer() != null) {
                continue;
            }
        }
        assertThat(hub.refused.get(0).code()).isEqualTo("bytes-outside-frame");
        BadLineTest.assertGoodMessageIsAccepted(port);
    }

    @Test
    void aHundredIdleConnectionsBlockNobodyAndAreClosedWithAReason() throws Exception {
        List<MllpSender> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                idle.add(new MllpSender(port));
            }
            BadLineTest.assertGoodMessageIsAccepted(port);

            for (MllpSender sender : idle) {
                assertThat(sender.answer()).isNull();
            }
        } finally {
            for (MllpSender sender : idle) {
                sender.close();
            }
        }
        await().until(() -> hub.refused.size() == 100);
        assertThat(hub.refused).extracting(FakeHub.Noted::code).containsOnly("silent-connection");
        BadLineTest.assertGoodMessageIsAccepted(port);
    }

    @Test
    void aConnectionThatHasSentSomethingMayEndQuietly() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(Messages.adt("A01", "C1", "ZY1"))).contains("MSA|AA|C1");
            assertThat(sender.answer()).isNull();
        }
        assertThat(hub.refused).isEmpty();
    }
}
