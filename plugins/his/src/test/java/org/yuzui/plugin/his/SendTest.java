package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.plugin.his.StandIn.Move;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.his.Patience.await;

/**
 * The routes under the setting {@code send}, towards a listener that answers, refuses and breaks the line, and has as much time for it
 * as a busy machine may need. Where it keeps silent: {@link SilentReceiverTest}.
 */
class SendTest extends CamelTestSupport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeHub hub = new FakeHub();
    private StandIn them;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        testConfiguration().withUseRouteBuilder(false);
        them = new StandIn(PluginFixture.freePort());
        return PluginFixture.context(hub, PluginFixture.settings("""
                listen: {port: %d}
                send:
                  lab: {host: 127.0.0.1, port: %d, contract: his.order.v1, application: LIS, facility: LAB, connectTimeout: 20000,
                        answerTimeout: 60000, patience: 60000, units: [510104-H01]}
                  other-hospital: {host: 127.0.0.1, port: %d, contract: his.result.v1, charset: GB18030, version: "2.5.1", answerTimeout: 60000}
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
    void anOrderIsDoneWhenItWasAccepted() throws Exception {
        assertThat(deliver(order("A1"))).isNull();

        assertThat(them.received).singleElement().asString().startsWith("MSH|^~\\&|YUZUI|510104-H01|LIS|LAB|20260303085947+0800||ORM^O01|Y")
                .contains("|P|2.4||||||UNICODE UTF-8\r", "\rORC|NW|A1|", "\rOBR|1|A1||270300002^内镜组织活检检查与诊断|R|");
        assertThat(them.controlIds().get(0)).hasSize(20);
    }

    @Test
    void recordsOfOtherUnitsAreNotSent() throws Exception {
        assertThat(deliver(order("A1").put("unit", "510302-H01"))).isNull();

        assertThat(them.received).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"AE, answered-ae, missing-field: ORC-2", "AR, answered-ar, lab answered AR"})
    void whatIsRefusedThereGoesToTheDeadLettersWithTheReason(Move move, String code, String text) throws Exception {
        them.plan.add(move);

        assertThat(deliver(order("A1"))).isInstanceOfSatisfying(RefusedException.class, r -> assertThat(r.code()).isEqualTo(code))
                .hasMessageContaining(text);
        assertThat(deliver(order("A2"))).as("the next one").isNull();
        assertThat(them.received).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BREAK", "GARBAGE", "TRY_AGAIN"})
    void whatIsNotAnsweredIsSentAgainWithTheSameControlIdAndBytes(String move) throws Exception {
        them.plan.add(Move.valueOf(move));

        assertThat(deliver(order("A1"))).isNull();
        assertThat(them.received).hasSize(2);
        assertThat(them.received.get(1)).isEqualTo(them.received.get(0));
    }

    @Test
    void anAnswerThatComesLateIsNeverTakenForAnotherMessages() throws Exception {
        them.plan.add(Move.OTHERS_ANSWER_FIRST);

        assertThat(deliver(order("A1"))).isNull();
        assertThat(them.received).hasSize(1);
    }

    @Test
    void aLineThatWasClosedWhileIdleIsOpenedAgain() throws Exception {
        them.plan.add(Move.BREAK_AFTER_ANSWER);

        assertThat(deliver(order("A1"))).isNull();
        assertThat(deliver(order("A2"))).isNull();
        assertThat(them.controlIds()).doesNotHaveDuplicates();
        assertThat(them.connections()).isEqualTo(2);
    }

    @Test
    void oneLineServesManyMessages() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(deliver(order("A" + i))).isNull();
        }
        assertThat(them.connections()).isEqualTo(1);
        assertThat(them.received).hasSize(50);
    }

    @Test
    void whileNobodyListensItWaitsAndGoesOnByItself() throws Exception {
        int port = them.port();
        them.close();
        CompletableFuture<Exception> delivery = CompletableFuture.supplyAsync(() -> deliver(order("A1")));
        await().until(() -> context.getInflightRepository().size("send-lab") == 1);

        them = new StandIn(port);
        await().until(delivery::isDone);
        assertThat(delivery.join()).isNull();
        assertThat(them.received).hasSize(1);
    }

    @Test
    void aStopCutsTheWaitingShort() throws Exception {
        them.close();
        CompletableFuture<Exception> delivery = CompletableFuture.supplyAsync(() -> deliver(order("A1")));
        await().until(() -> context.getInflightRepository().size("send-lab") == 1);

        context.getRoute("send-lab").getConsumer().stop();

        await().until(delivery::isDone);
        assertThat(delivery.join()).as("to be delivered again, not a refusal").isInstanceOf(InterruptedIOException.class);
    }

    @ParameterizedTest
    @CsvSource({"his.visit.v1, admission", "his.visit.v1, discharge-gb18030", "his.visit.v1, pre-admission", "his.result.v1, laboratory-report",
            "his.order.v1, order", "his.order.v1, order-cancelled-gb18030", "his.appointment.v1, appointment", "his.charge.v1, charges"})
    void whatIsSentReadsAsTheRecordThatItWasMadeOf(String contract, String example) throws Exception {
        Path file = Path.of("examples", example, "expect.json");
        JsonNode expected = JSON.readTree(file.toFile());
        for (JsonNode record : expected.isArray() ? expected : List.of(expected)) {
            for (String charset : List.of("UTF-8", "GB18030")) {
                ObjectNode sent = record.deepCopy();
                byte[] message = sent(contract, charset, sent);
                Header header = Header.read(message);
                JsonNode read = reader(contract).read(header, Message.parse(new String(message, charset)), record.path("unit").asText()).get(0);
                ((ObjectNode) sent.path("patient")).remove(List.of("name", "idNumber")); // masked, and not sent on
                assertThat(JSON.readTree(read.toString())).as(new String(message, charset)).isEqualTo(JSON.readTree(sent.toString()));
            }
        }
    }

    @Test
    void noTextOfARecordCanEndASegmentOrAFrame() throws Exception {
        ObjectNode order = order("A1\rORC|CA|A2");
        ((ObjectNode) order.path("items").get(0)).put("name", "x\u001c\r\u000bMSH|^~\\&|EVIL\n");

        String message = new String(sent("his.order.v1", "UTF-8", order), StandardCharsets.UTF_8);

        assertThat(message.split("\r")).hasSize(5).noneMatch(s -> s.startsWith("ORC|CA")).noneMatch(s -> s.startsWith("MSH|^~\\&|EVIL"));
        assertThat(message).doesNotContain("\u001c", "\u000b", "\n");
        Header header = Header.read(message.getBytes(StandardCharsets.UTF_8));
        assertThat(reader("his.order.v1").read(header, Message.parse(message), "510104-H01").get(0).path("order").asText())
                .isEqualTo("A1\rORC|CA|A2");
    }

    private static byte[] sent(String contract, String charset, JsonNode record) throws Exception {
        Settings settings = PluginFixture.settings("send: {x: {host: h, port: 1, contract: %s, charset: %s}}".formatted(contract, charset));
        return org.yuzui.plugin.his.send.Written.of(settings, record);
    }

    private static RecordReader reader(String contract) {
        return switch (contract) {
            case "his.visit.v1" -> new VisitReader(Reading.ZONE, Reading.NONE);
            case "his.result.v1" -> new ResultReader(Reading.ZONE, Reading.NONE);
            case "his.order.v1" -> new OrderReader(Reading.ZONE, Reading.NONE);
            case "his.appointment.v1" -> new AppointmentReader(Reading.ZONE, Reading.NONE);
            default -> new ChargeReader(Reading.ZONE, Reading.NONE);
        };
    }

    private Exception deliver(JsonNode order) {
        return hub.deliver(context, "his.order.v1", order);
    }

    private static ObjectNode order(String number) {
        try {
            ObjectNode order = (ObjectNode) JSON.readTree(Files.readString(Path.of("examples/order/expect.json"), StandardCharsets.UTF_8));
            return order.put("order", number);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
