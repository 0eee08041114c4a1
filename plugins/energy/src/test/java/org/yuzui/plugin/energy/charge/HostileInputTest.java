package org.yuzui.plugin.energy.charge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever an operator sends, signed rightly or not, becomes an order, or is answered with a code; and soon. The seed is fixed. */
@Timeout(300)
class HostileInputTest {

    private static final int ROUNDS = 20_000;
    private static final String KEY = "1234567890abcdef";
    private static final byte[] ORDER = """
            {"StartChargeSeq": "A1", "ConnectorID": "C-1", "StartTime": "2026-03-01 23:30:00", "EndTime": "2026-03-02 00:40:00",
             "TotalPower": 20.5, "TotalMoney": "12.30",}""".getBytes(StandardCharsets.UTF_8);
    private static final String[] PIECES = {"[", "]", "{", "}", "\"", ",", ":", "null", "1e999999999", "-0", "\\u0000", "99999999999999999999", "[[[[[[[[",
        "\"TotalPower\":", "+999999999-01-01 00:00:00", "2026-02-30 08:00:00"};

    private final Random random = new Random(102_4);
    private final Charging charging = new Charging(Settings.of(new ObjectMapper().readTree("""
            {"charging": {"operators": {"123456789": {"secret": "s", "dataSecret": "1234567890abcdef", "dataSecretIv": "1234567890abcdef",
              "sigSecret": "1234567890abcdef"}}, "piles": {"C-1": {"unit": "510104-G01"}}}}""")));
    private final Operator operator = charging.operator("123456789").orElseThrow();

    HostileInputTest() throws JsonProcessingException {
    }

    @Test
    void whateverTheEnvelopeIsItIsOpenedOrAnsweredWithACode() throws Exception {
        byte[] sound = envelope(ORDER).toString().getBytes(StandardCharsets.UTF_8);
        int opened = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try {
                operator.open(ChargingConsumer.envelope(mutated(sound)));
                opened++;
            } catch (BadCall e) {
                assertThat(e.ret()).isIn(BadCall.SIGNATURE, BadCall.ENVELOPE);
            }
        }
        assertThat(opened).as("some changes touch nothing that is signed").isLessThan(ROUNDS / 2);
    }

    @Test
    void whateverIsInsideIsAnOrderOrRefused() throws Exception {
        int orders = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try {
                ObjectNode record = charging.record(operator, operator.open(envelope(mutated(ORDER))));
                assertThat(record.path("unit").asText()).isEqualTo("510104-G01");
                orders++;
            } catch (BadCall e) {
                assertThat(e.ret()).isEqualTo(BadCall.ENVELOPE);
            } catch (RefusedException e) {
                assertThat(e.code()).isIn("unknown-pile", "bad-time", "bad-number");
            }
        }
        assertThat(orders).as("some are still sound").isBetween(ROUNDS / 100, ROUNDS - ROUNDS / 10);
    }

    private byte[] mutated(byte[] sound) {
        byte[] bytes = sound.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 2 -> {
                    byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
                    System.arraycopy(piece, 0, bytes, at, Math.min(piece.length, bytes.length - at));
                }
                default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }

    private static ObjectNode envelope(byte[] data) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        byte[] key = KEY.getBytes(StandardCharsets.US_ASCII);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(key));
        String sealed = Base64.getEncoder().encodeToString(cipher.doFinal(data));
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(key, "HmacMD5"));
        return Operator.JSON.createObjectNode().put("OperatorID", "123456789").put("Data", sealed).put("TimeStamp", "20260302120000").put("Seq", "0001")
                .put("Sig", HexFormat.of().withUpperCase().formatHex(mac.doFinal(("123456789" + sealed + "20260302120000" + "0001")
                        .getBytes(StandardCharsets.UTF_8))));
    }
}
