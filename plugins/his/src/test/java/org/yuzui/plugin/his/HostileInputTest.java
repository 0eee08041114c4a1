package org.yuzui.plugin.his;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.yuzui.plugin.his.hl7.Answer;
import org.yuzui.plugin.his.hl7.Refusal;
import org.yuzui.plugin.his.mllp.Listener;
import org.yuzui.spi.Settings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever bytes a message is made of, they are read or refused with a reason; nothing else ever comes out. */
class HostileInputTest {

    private static final int ROUNDS = 24_000;

    private final CamelContext context = new DefaultCamelContext();
    private final Settings settings = PluginFixture.settings("facilities: {SCSY: {unit: 510104-H01}}");
    private final MessageReader reader = new MessageReader(settings);
    private final Answers answers = new Answers(settings);

    @Test
    void mutatedMessagesAreReadOrRefused() {
        Random random = new Random(20261122);
        byte[][] seeds = {
            Messages.adt("A01", "C1", "ZY1").getBytes(StandardCharsets.UTF_8),
            Messages.adt("A08", "C2", "ZY1").replace("UNICODE UTF-8", "GB 18030-2000").getBytes(Charset.forName("GB18030")),
            Messages.oru("L1").getBytes(StandardCharsets.UTF_8),
            seed("ORM^O01", "PID|1||P1", "PV1|1|I|0201&内科", "ORC|NW|4469415|F1||IP|||20260302081500", "OBR|1|4469415||S1^血常规|4",
                    "RXO|M1^阿司匹林|100||mg"),
            seed("SIU^S12", "SCH|P1|F1|||||Z01^复诊||30|MIN|^^^20260310090000^20260310093000", "PID|1||P1", "AIS|1||US^超声|20260310|||30|MIN"),
            seed("DFT^P03", "PID|1||P1", "FT1|1|F1||20260305091000|20260305180000|CG|X^诊查费|||2|24.00&CNY|12.00|0201^内科"),
            seed("ADT^A36", "EVN|A36|20260302081500", "PID|1||P1|||||||||||||||ACC1", "MRG|P2||ACC2||V2", "PV1|1|I" + "|".repeat(17) + "V1"),
            seed("ADT^A17", "EVN|A17|20260302081500", "PID|1||P1", "PV1|1|I" + "|".repeat(17) + "V1", "PID|2||P2", "PV1|1|I" + "|".repeat(17) + "V2")};
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            read += readOrRefused(mutated(seeds[i % seeds.length], random)) ? 1 : 0;
        }
        assertThat(read).as("mutations that leave a message readable").isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(20261123);
        for (int i = 0; i < ROUNDS / 3; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (i % 2 == 0 && bytes.length > 3) {
                bytes[0] = 'M';
                bytes[1] = 'S';
                bytes[2] = 'H';
            }
            readOrRefused(bytes);
        }
    }

    @Test
    void whateverIsAnsweredIsAnAnswerOrNone() {
        Random random = new Random(20261129);
        byte[] seed = "MSH|^~\\&|THEM|X|YUZUI|Y|20260302||ACK^O01|A1|P|2.5\rMSA|AE|Y1|missing-field\rERR|||101^Required|E|||x|y\r"
                .getBytes(StandardCharsets.UTF_8);
        int answers = 0;
        for (int i = 0; i < ROUNDS / 4; i++) {
            byte[] bytes = i % 5 == 0 ? new byte[random.nextInt(100)] : mutated(seed, random);
            if (i % 5 == 0) {
                random.nextBytes(bytes);
            }
            answers += Answer.read(bytes, StandardCharsets.UTF_8).map(a -> a.isAccepted() && a.isRefused() ? 1_000_000 : 1).orElse(0);
        }
        assertThat(answers).isBetween(ROUNDS / 20, ROUNDS / 4);
    }

    private boolean readOrRefused(byte[] bytes) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(bytes);
        exchange.getMessage().setHeader(Listener.PEER, "10.0.0.1:1");
        boolean read;
        try {
            reader.process(exchange);
            answers.accept(exchange);
            read = true;
        } catch (Refusal refusal) {
            assertThat(refusal.code()).isNotBlank();
            assertThat(refusal.getMessage()).isNotBlank();
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, refusal);
            answers.refuse(exchange);
            read = false;
        } catch (RuntimeException e) {
            throw new AssertionError("not read and not refused: " + Arrays.toString(bytes), e);
        }
        String answer = new String(exchange.getProperty("CamelMllpAcknowledgement", byte[].class), StandardCharsets.ISO_8859_1);
        assertThat(answer).startsWith("MSH").containsPattern("\rMSA.A" + (read ? "A" : "[ER]"));
        return read;
    }

    private static byte[] seed(String type, String... segments) {
        return ("MSH|^~\\&|HIS|SCSY|HUB|JGSWJ|20260302083000||" + type + "|C1|P|2.4||||||UNICODE UTF-8\r" + String.join("\r", segments)
                + "\r").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 2 -> bytes[at] = (byte) "|^~\\&\r\n\"".charAt(random.nextInt(8));
                case 3 -> System.arraycopy(seed, random.nextInt(seed.length / 2), bytes, 0, Math.min(bytes.length, seed.length / 2));
                case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
                default -> bytes[random.nextInt(Math.min(bytes.length, 120))] ^= 1 << random.nextInt(8);
            }
        }
        return bytes;
    }
}
