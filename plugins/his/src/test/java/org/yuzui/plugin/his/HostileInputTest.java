package org.yuzui.plugin.his;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
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

    private static final int ROUNDS = 9_000;

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
            Messages.oru("L1").getBytes(StandardCharsets.UTF_8)};
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
