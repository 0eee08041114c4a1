package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.his.Patience.await;

/** A listener that takes a message and does not answer it is waited for a moment only: on a busy machine it may be asked more often than it was silent. */
class SilentReceiverTest extends CamelTestSupport {

    private final FakeHub hub = new FakeHub();
    private StandIn them;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        testConfiguration().withUseRouteBuilder(false);
        them = new StandIn(PluginFixture.freePort());
        return PluginFixture.context(hub, PluginFixture.settings("""
                listen: {port: %d}
                send:
                  lab: {host: 127.0.0.1, port: %d, contract: his.order.v1, connectTimeout: 20000, answerTimeout: 300, patience: 60000}
                  hasty: {host: 127.0.0.1, port: %d, contract: his.result.v1, connectTimeout: 20000, answerTimeout: 300, patience: 1500}
                """.formatted(PluginFixture.freePort(), them.port(), them.port())), "receive-visit", "send");
    }

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void end() throws Exception {
        them.close();
    }

    @Test
    void whatIsNotAnsweredIsSentAgainWithTheSameControlIdAndBytes() throws Exception {
        them.plan.add(StandIn.Move.SILENCE);

        assertThat(hub.deliver(context, "his.order.v1", record("order"))).isNull();
        assertThat(them.received).hasSizeGreaterThan(1).containsOnly(them.received.get(0));
    }

    @Test
    void whatIsTakenAndNeverAnsweredIsGivenUpAfterAWhileAndTheNextOneFollows() throws Exception {
        them.silent = true;
        assertThat(hub.deliver(context, "his.result.v1", record("laboratory-report")))
                .isInstanceOfSatisfying(RefusedException.class, r -> assertThat(r.code()).isEqualTo("no-answer"));

        them.silent = false;
        await().until(() -> hub.deliver(context, "his.result.v1", record("laboratory-report")) == null);
    }

    private static JsonNode record(String example) throws IOException {
        JsonNode expected = new ObjectMapper().readTree(Path.of("examples", example, "expect.json").toFile());
        return expected.isArray() ? expected.get(0) : expected;
    }
}
