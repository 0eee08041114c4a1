package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is sent, reading it ends soon, with items or with a refusal. */
@Timeout(300)
class HostileInputTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int ROUNDS = 60_000;
    private static final List<String> SOUND = List.of(
            "[{\"visit\": \"V1\", \"unit\": \"510104-K01\", \"arrivedAt\": \"2026-03-03T09:00:00+08:00\", \"status\": \"in\", \"name\": \"测试一号\"}]",
            "{\"method\": \"patrol.position.record\", \"info\": {\"recordId\": 11, \"swipeTime\": \"2026-03-03 08:15:30\", \"channelId\": \"1$2\", \"stat\": 2}}",
            "{\"day\": \"2026-03-03\", \"kind\": \"lunch\", \"heads\": 120, \"dishes\": [{\"name\": \"米饭\", \"ingredients\": [{\"ingredient\": \"大米\", \"grams\": 6e1}]}]}",
            "{\"asset\": \"A1\", \"location\": null, \"scannedAt\": \"2026-03-03T09:00:00Z\", \"day\": 7}");
    private static final List<byte[]> PIECES = List.of("[", "]", "{", "}", "\"", "\\u0000", "\\ud800", ",", ":", "null", "1e999999999", "-0", "\u0000", "99999999999999999999",
            "[[[[[[[[", "\"unit\":", "\"method\":1", "2026-02-30 08:00:00", "+99:99", "\r\n").stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();

    private final Items items = new Items(ZONE);
    private final Random random = new Random(20260303);

    @Test
    void whateverIsSentIsItemsOrRefused() {
        int taken = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] sent = mutate(SOUND.get(random.nextInt(SOUND.size())).getBytes(StandardCharsets.UTF_8));
            try {
                JsonNode json = Items.json(sent);
                for (ObjectNode item : Items.items(json)) {
                    for (Items.Kind kind : Items.Kind.values()) {
                        items.complete(kind, item, "510104-K01");
                    }
                }
                taken++;
            } catch (RefusedException e) {
                assertThat(e.code()).isNotBlank();
                assertThat(e.getMessage()).as("says nothing of what was sent").doesNotContain("测试").doesNotContain("visit");
            }
        }
        assertThat(taken).as("some are still sound").isBetween(100, ROUNDS - 100);
    }

    @Test
    void whateverIsShownIsNoSignatureButTheRightOne() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        String right = Signature.of("secret", "POST", "/v1/visits", "1795600000", "", body);
        for (int i = 0; i < ROUNDS; i++) {
            String shown = new String(mutate(right.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
            boolean same = shown.equalsIgnoreCase(right) && shown.startsWith("v1=");
            assertThat(Signature.fits(shown, "secret", "POST", "/v1/visits", "1795600000", "", body)).as(shown).isEqualTo(same);
        }
        assertThat(Signature.fits(null, "secret", "POST", "/v1/visits", "1795600000", "", body)).isFalse();
        assertThat(right).as("as openssl makes it").isEqualTo("v1=" + EXPECTED);
    }

    /** printf 'POST\n/v1/visits\n1795600000\n\n{}' | openssl dgst -sha256 -hmac secret */
    private static final String EXPECTED = "a72a03851866529b298dbb7ced04d4f960d76523bb6fe7b7f28ea11d072c3d86";

    private byte[] mutate(byte[] sound) {
        byte[] sent = sound;
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(sent.length + 1);
            int end = Math.min(sent.length, at + random.nextInt(6));
            byte[] piece = switch (random.nextInt(3)) {
                case 0 -> PIECES.get(random.nextInt(PIECES.size()));
                case 1 -> new byte[] {(byte) random.nextInt(256)};
                default -> new byte[0];
            };
            byte[] next = new byte[at + piece.length + sent.length - end];
            System.arraycopy(sent, 0, next, 0, at);
            System.arraycopy(piece, 0, next, at, piece.length);
            System.arraycopy(sent, end, next, at + piece.length, sent.length - end);
            sent = next;
        }
        return sent;
    }
}
