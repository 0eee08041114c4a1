package org.yuzui.plugin.vehicle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.testkit.HubExtension;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is sent to the door of the base data is taken or refused: nothing is answered as if the hub were to blame. The seed is fixed. */
@Timeout(300)
class HostileCallsTest {

    private static final int CALLS = 400;
    private static final Map<String, String> SOUND = Map.of(
            "cars", """
                    {"unit": "510104-V01", "plate": "川A00001", "terminal": "19900000001", "colour": 1, "status": "active",
                     "updatedAt": "2026-03-02T09:00:00+08:00"}""",
            "drivers", """
                    [{"unit": "510104-V01", "driver": "D1", "name": "测试司机", "status": "active", "updatedAt": "2026-03-02T09:00:00+08:00"}]""",
            "dispatches", """
                    {"unit": "510104-V01", "order": "PC1", "vehicle": "川A00001", "from": "2026-03-07T09:00:00+08:00",
                     "until": "2026-03-07T12:00:00+08:00", "status": "approved", "updatedAt": "2026-03-06T17:00:00+08:00"}""",
            "refuels", """
                    {"unit": "510104-V01", "plate": "川A00001", "at": "2026-03-02T10:00:00+08:00", "litres": 41.5, "amount": 320.37}""");
    private static final List<String> PIECES = List.of("[", "]", "{", "}", "\"", ",", ":", "null", "1e999999999", "-0", "\\u0000", "99999999999999999999",
            "[[[[[[[[", "\"day\":7,", "\"driver\": {},", "+999999999-01-01T00:00:00Z", "2026-02-30");
    private static final Site SITE = new Site();

    @RegisterExtension
    static final HubExtension HUB = SITE.hub("""
            listen: {port: %d}
            platforms: {port: %d}
            http: {port: %d, token: %s}
            """);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(20261128);

    @Test
    void itIsTakenOrRefused() throws Exception {
        List<String> kinds = SOUND.keySet().stream().sorted().toList();
        int taken = 0;
        for (int i = 0; i < CALLS; i++) {
            String kind = kinds.get(i % kinds.size());
            byte[] sent = mutated(SOUND.get(kind).getBytes(StandardCharsets.UTF_8));
            HttpResponse<String> answer = post(kind, sent);
            assertThat(answer.statusCode()).as("%s %s: %s", kind, new String(sent, StandardCharsets.UTF_8), answer.body()).isIn(200, 400, 422);
            taken += answer.statusCode() == 200 ? 1 : 0;
        }
        assertThat(taken).as("some are still sound").isLessThan(CALLS - CALLS / 10);
        assertThat(post("cars", SOUND.get("cars").getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(String kind, byte[] body) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SITE.http + "/" + kind)).version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + Site.TOKEN).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private byte[] mutated(byte[] sound) {
        byte[] bytes = sound.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 2 -> {
                    byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
                    System.arraycopy(piece, 0, bytes, at, Math.min(piece.length, bytes.length - at));
                }
                default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }
}
