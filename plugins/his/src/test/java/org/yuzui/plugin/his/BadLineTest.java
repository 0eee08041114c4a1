package org.yuzui.plugin.his;

import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.plugin.his.Patience.await;

/**
 * Whatever comes over the line: an answer or an end, the reason in the ledger, and the next good message is accepted. What does not come
 * is another test's, {@link SilentLineTest}: here a line may be silent for long, since a busy machine is.
 */
class BadLineTest extends CamelTestSupport {

    private static final int MAX_CONNECTIONS = 120;

    private final FakeHub hub = new FakeHub();
    private int port;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        testConfiguration().withUseRouteBuilder(false);
        port = PluginFixture.freePort();
        return PluginFixture.context(hub, PluginFixture.settings("""
                listen: {port: %d}
                readTimeout: 60000
                idleTimeout: 60000
                maxMessageBytes: 2000000
                maxConnections: %d
                facilities: {SCSY: {unit: 510104-H01}}
                """.formatted(port, MAX_CONNECTIONS)), "receive-visit");
    }

    @BeforeEach
    void start() {
        context.start();
    }

    @Test
    void aMessageOverTheLimitIsRefusedAndTheLineGoesOn() throws Exception {
        String large = Messages.adt("A01", "BIG", "ZY1") + "NTE|1||" + "x".repeat(2_500_000) + "\r";
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(large)).contains("MSA|AE|BIG|too-large: ");
            assertThat(sender.send(Messages.adt("A01", "C2", "ZY2"))).contains("MSA|AA|C2");
        }
        assertThat(hub.refused).singleElement().satisfies(r -> {
            assertThat(r.code()).isEqualTo("too-large");
            assertThat(r.sourceId()).isEqualTo("BIG");
            assertThat(r.remark()).startsWith(large.getBytes(StandardCharsets.UTF_8).length + " bytes, the first 65536");
        });
        assertThat(hub.published).hasSize(1);
    }

    @Test
    void aMessageFarOverTheLimitEndsTheLine() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    sender.raw(MllpSender.framed(new byte[20_000_000]));
                } catch (IOException closedWhileSending) {
                    assertThat(closedWhileSending).isNotNull();
                }
            });
            await().until(() -> hub.refused.size() == 1);
            sending.join();
        }
        assertThat(hub.refused.get(0).code()).isEqualTo("too-large");
        assertGoodMessageIsAccepted();
    }

    @Test
    void aMessageJustUnderTheLimitIsAccepted() throws Exception {
        String message = Messages.adt("A01", "C1", "ZY1");
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(message + "NTE|1||" + "x".repeat(1_990_000) + "\r")).contains("MSA|AA|C1");
        }
    }

    @Test
    void aFrameThatIsCutOffByTheSenderIsKept() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            byte[] framed = MllpSender.framed(Messages.adt("A01", "C1", "ZY1").getBytes(StandardCharsets.UTF_8));
            sender.raw(Arrays.copyOf(framed, 200));
            sender.endOutput();

            assertThat(new String(sender.answer(), StandardCharsets.UTF_8)).contains("MSA|AE|C1|truncated-frame: ");
            assertThat(sender.answer()).isNull();
        }
        assertThat(hub.refused).singleElement().satisfies(r -> {
            assertThat(r.code()).isEqualTo("truncated-frame");
            assertThat(r.sourceId()).isEqualTo("C1");
            assertThat(r.bytes()).isEqualTo(199);
        });
        assertGoodMessageIsAccepted();
    }

    @Test
    void aNewFrameInsideAnotherEndsTheFirstOne() throws Exception {
        byte[] good = MllpSender.framed(Messages.adt("A01", "C2", "ZY2").getBytes(StandardCharsets.UTF_8));
        try (MllpSender sender = new MllpSender(port)) {
            sender.raw(join(new byte[] {0x0B, 'M', 'S'}, good));

            assertThat(new String(sender.answer(), StandardCharsets.UTF_8)).contains("MSA|AE||truncated-frame: ");
            assertThat(new String(sender.answer(), StandardCharsets.UTF_8)).contains("MSA|AA|C2");
        }
    }

    @Test
    void bytesBeforeAFrameAreKeptAndTheFrameIsRead() throws Exception {
        byte[] good = MllpSender.framed(Messages.adt("A01", "C1", "ZY1").getBytes(StandardCharsets.UTF_8));
        try (MllpSender sender = new MllpSender(port)) {
            sender.raw(join("garbage".getBytes(StandardCharsets.US_ASCII), good));

            assertThat(new String(sender.answer(), StandardCharsets.UTF_8)).contains("MSA|AA|C1");
        }
        assertThat(hub.refused).singleElement().satisfies(r -> assertThat(r.bytes()).isEqualTo(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X", "MSH", "MSH|", "hello", "PID|1||ZY1\rMSH|^~\\&|HIS", "MSH|||||", "MSHxxxxxxxxx"})
    void aFrameWithoutAUsableHeaderIsAnsweredAr(String content) throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(content)).startsWith("MSH|^~\\&|YUZUI|").containsPattern("MSA\\|AR\\|\\|(no|bad)-header: ");
            assertThat(sender.send(Messages.adt("A01", "C2", "ZY2"))).contains("MSA|AA|C2");
        }
        assertThat(hub.refused).hasSize(1);
    }

    @Test
    void framesMayComeTogetherInPiecesOrWithoutTheLastByte() throws Exception {
        byte[] one = MllpSender.framed(Messages.adt("A01", "C1", "ZY1").getBytes(StandardCharsets.UTF_8));
        byte[] two = MllpSender.framed(Messages.adt("A01", "C2", "ZY2").getBytes(StandardCharsets.UTF_8));
        try (MllpSender sender = new MllpSender(port)) {
            sender.raw(join(one, two));
            assertThat(new String(sender.answer(), StandardCharsets.UTF_8)).contains("MSA|AA|C1");
            assertThat(new String(sender.answer(), StandardCharsets.UTF_8)).contains("MSA|AA|C2");

            for (byte b : one) {
                sender.raw(new byte[] {b});
            }
            assertThat(new String(sender.answer(), StandardCharsets.UTF_8)).contains("MSA|AA|C1");

            sender.raw(Arrays.copyOf(two, two.length - 1));
            assertThat(new String(sender.answer(), StandardCharsets.UTF_8)).contains("MSA|AA|C2");
        }
        assertThat(hub.refused).isEmpty();
    }

    @Test
    void oneConnectionTooManyIsTurnedAwayAndNoted() throws Exception {
        List<MllpSender> all = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_CONNECTIONS; i++) {
                MllpSender sender = new MllpSender(port);
                all.add(sender);
                assertThat(sender.send(Messages.adt("A01", "C" + i, "ZY" + i))).contains("MSA|AA|C" + i);
            }
            try (MllpSender oneMore = new MllpSender(port)) {
                assertThat(oneMore.answer()).isNull();
            }
        } finally {
            for (MllpSender sender : all) {
                sender.close();
            }
        }
        await().until(() -> hub.refused.size() == 1);
        assertThat(hub.refused.get(0).code()).isEqualTo("too-many-connections");
        await().untilAsserted(this::assertGoodMessageIsAccepted);
    }

    @Test
    void aRouteThatStopsEndsItsLinesAndFreesThePort() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(Messages.adt("A01", "C1", "ZY1"))).contains("MSA|AA|C1");

            context.getRouteController().stopRoute("receive-visit");

            assertThat(sender.answer()).isNull();
            assertThatThrownBy(() -> new MllpSender(port)).isInstanceOf(ConnectException.class);
        }
        context.getRouteController().startRoute("receive-visit");
        assertGoodMessageIsAccepted();
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        context.getRouteController().stopRoute("receive-visit");
        try (ServerSocket other = new ServerSocket()) {
            await().ignoreExceptions().until(() -> {
                other.bind(new InetSocketAddress("127.0.0.1", port));
                return true;
            });
            assertThatThrownBy(() -> context.getRouteController().startRoute("receive-visit"))
                    .hasStackTraceContaining("Can't listen on 127.0.0.1:" + port).hasStackTraceContaining("listen.port");
        }
    }

    private void assertGoodMessageIsAccepted() throws Exception {
        assertGoodMessageIsAccepted(port);
    }

    static void assertGoodMessageIsAccepted(int port) throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(Messages.adt("A01", "GOOD", "ZY9"))).contains("MSA|AA|GOOD");
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
